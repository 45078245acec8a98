/**
 * A piece of an answer as the compiler can take it: whole files are cut apart, members without a type around them get one. Lines stay the
 * lines they were, so that what is found is found at its place.
 */
import { declaresMember, headerOf, typesOf } from "../../generate/jvmSource";
import type { TextEdit } from "../../generate/textEdit";
import type { Finding } from "../finding";

/** The type that is put around members. */
const wrapName = "Snippet";

export interface JavaSnippet {
  readonly text: string;
  /** Where the text stands in the code that it was cut from, an offset, and the line before it. */
  readonly start: number;
  readonly lineBefore: number;
  /** What was put around members; absent for whole types. */
  readonly wrap?: { readonly at: number; readonly before: string; readonly after: string };
}

/** Undefined for statements and expressions: without what stands around them nothing can be said. */
export function snippetsOf(code: string): readonly JavaSnippet[] | undefined {
  const parts = unitsOf(code);
  const snippets = parts.map(({ text, start }): JavaSnippet | undefined => {
    const place = { start, lineBefore: code.slice(0, start).split("\n").length - 1 };
    if (typesOf(text).some(({ depth }) => depth === 0) && !isLoose(text)) return { text, ...place };
    const at = bodyStart(text);
    if (text.slice(at).trim() === "") return { text, ...place };
    if (!declaresMember(text.slice(at))) return undefined;
    const wrap = { at, before: `class ${wrapName} { `, after: "\n}" };
    return { text: text.slice(0, at) + wrap.before + text.slice(at) + wrap.after, ...place, wrap };
  });
  return snippets.every((snippet) => snippet !== undefined) ? snippets : undefined;
}

/** A part of the code for each `package` line: models write several files into one block. */
function unitsOf(code: string): readonly { readonly text: string; readonly start: number }[] {
  const starts = [...code.matchAll(/^[ \t]*package\s+[\w.]+\s*;/gm)].map(({ index }) => index);
  const cuts = [0, ...starts.slice(1)];
  return cuts.map((start, index) => ({ text: code.slice(start, cuts[index + 1] ?? code.length), start }));
}

/** True when a member stands outside of the types: all of it is a body then. */
function isLoose(text: string): boolean {
  let rest = text.slice(bodyStart(text));
  for (const { start, close } of [...typesOf(rest)].filter(({ depth }) => depth === 0).reverse())
    rest = rest.slice(0, start) + rest.slice(close + 1);
  return declaresMember(rest) && /[({;]/.test(rest);
}

function bodyStart(text: string): number {
  const { end } = headerOf(text);
  const rest = text.slice(end);
  return end + (rest.length - rest.trimStart().length);
}

/** The finding at its place in the code; undefined for what only says that the code was cut out of something larger. */
export function findingInCode(finding: Finding, snippet: JavaSnippet): Finding | undefined {
  const { wrap, start, lineBefore } = snippet;
  if (wrap && isOfSurroundings(finding, snippet.text)) return undefined;
  const wrapLine = wrap ? snippet.text.slice(0, wrap.at).split("\n").length : 0;
  const shift = (line: number, column: number) =>
    wrap && line === wrapLine ? Math.max(1, column - wrap.before.length) : column;
  const moved = (edit: TextEdit): TextEdit => {
    const back = (offset: number) =>
      start + (wrap && offset > wrap.at ? Math.max(wrap.at, offset - wrap.before.length) : offset);
    return { ...edit, start: back(edit.start), end: back(edit.end) };
  };
  const { line, column, endLine, endColumn, fix, alternatives } = finding;
  return {
    ...finding,
    line: line + lineBefore,
    column: shift(line, column),
    ...(endLine !== undefined && { endLine: endLine + lineBefore }),
    ...(endLine !== undefined && endColumn !== undefined && { endColumn: shift(endLine, endColumn) }),
    ...(fix && { fix: { ...fix, edits: fix.edits.map(moved) } }),
    ...(alternatives && {
      alternatives: alternatives.map((each) => ({ ...each, edits: each.edits.map(moved) })),
    }),
  };
}

/** A field, a method or a supertype of the type that the members belong to, which is not there. */
function isOfSurroundings({ rule, evidence, message, line }: Finding, text: string): boolean {
  if (rule === "unknown-symbol" || (rule === "unknown-method" && evidence === undefined)) return true;
  // Of the wrap itself: what `this` has and what it can be taken for.
  if (new RegExp(`\\b${wrapName}\\b`).test(message)) return true;
  if (rule === "compile" && message.includes("does not override or implement")) return true;
  return evidence === "java.lang.Object" && /\bsuper\s*\./.test(text.split("\n")[line - 1] ?? "");
}

/** The code again, of snippets whose texts were mended. */
export function codeOf(snippets: readonly JavaSnippet[], texts: readonly string[]): string {
  return snippets
    .map(({ wrap, text }, index) => {
      const mended = texts[index] ?? text;
      if (!wrap) return mended;
      const at = mended.indexOf(wrap.before);
      return at < 0
        ? mended
        : mended.slice(0, at) + mended.slice(at + wrap.before.length, -wrap.after.length);
    })
    .join("");
}
