/** The part of the prompt that tells of the code: the selection, and as much of what stands around it as fits. */
import type { AnswerKind, SelectionContext } from "../answer/answer";
import type { PromptLanguage } from "./language";
import { surroundingsOf } from "./surroundings";

export interface PlaceProps {
  readonly kind: AnswerKind;
  readonly selection: SelectionContext;
  readonly language: PromptLanguage;
  /** Tokens for what stands around the selection. */
  readonly budget: number;
  readonly tokensOf: (text: string) => number;
}

export interface PlaceText {
  readonly text: string;
  /** In words, what did not fit. */
  readonly leftOut: readonly string[];
}

export function placeText({ kind, selection, language, budget, tokensOf }: PlaceProps): PlaceText {
  const leftOut: string[] = [];
  const beforeLines = linesOf(selection.before);
  const afterLines = linesOf(selection.after);
  const before = nearest([...beforeLines].reverse(), budget * 0.6, tokensOf);
  const after = nearest(afterLines, budget - before.tokens, tokensOf);
  const rest = {
    before: beforeLines.length - before.lines.length,
    after: afterLines.length - after.lines.length,
  };
  if (rest.before > 0) leftOut.push(`${rest.before} of ${beforeLines.length} lines before the selection`);
  if (rest.after > 0) leftOut.push(`${rest.after} of ${afterLines.length} lines after the selection`);

  const { packageLine, imports, enclosing } = surroundingsOf(
    language.fence,
    selection.before,
    selection.after,
  );
  const parts: string[] = [];
  if (selection.file) parts.push(`File: ${selection.file}${lineRange(selection)}`);
  if (rest.before > 0) {
    if (packageLine) parts.push(`Package: ${packageLine.replace(/^package\s+/, "").replace(";", "")}`);
    const kept = nearest(imports, budget * 0.3, tokensOf).lines;
    if (kept.length > 0) parts.push(`Imports there already:\n${kept.join("\n")}`);
    if (kept.length < imports.length)
      leftOut.push(`${imports.length - kept.length} of ${imports.length} imports`);
  }
  if (before.lines.length > 0) parts.push(block("Before it:", [...before.lines].reverse(), language));
  if (selection.text.trim() !== "") {
    const title = kind === "generate" ? "The selection, which your code replaces:" : "The selected code:";
    parts.push(block(title, [selection.text], language));
  }
  if (after.lines.length > 0) parts.push(block("After it:", after.lines, language));
  if (kind === "generate") parts.push(placeSentence(enclosing, selection));
  return { text: parts.join("\n\n"), leftOut };
}

/** Tokens of everything around the selection, for a window that may hold it whole. */
export function surroundingTokens(selection: SelectionContext, tokensOf: (text: string) => number): number {
  return tokensOf(selection.before) + tokensOf(selection.after);
}

function placeSentence(enclosing: readonly string[], selection: SelectionContext): string {
  const inner = enclosing.at(-1);
  if (inner !== undefined) return `The place is inside \`${inner}\`: write only what belongs there.`;
  return selection.before.trim() === "" && selection.after.trim() === ""
    ? "The file holds nothing else: write all of it."
    : "The place is at the top level of the file: repeat nothing that stands there already.";
}

function lineRange({ startLine, endLine }: SelectionContext): string {
  if (startLine === undefined) return "";
  return endLine === undefined || endLine === startLine
    ? `, line ${startLine}`
    : `, lines ${startLine}-${endLine}`;
}

function block(title: string, lines: readonly string[], language: PromptLanguage): string {
  return `${title}\n\`\`\`${language.fence}\n${lines.join("\n").replace(/^\n+|\s+$/g, "")}\n\`\`\``;
}

function linesOf(text: string): readonly string[] {
  return text.trim() === "" ? [] : text.replace(/^\n+|\s+$/g, "").split("\n");
}

/** The first lines that fit; the rest is left. */
function nearest(lines: readonly string[], budget: number, tokensOf: (text: string) => number) {
  let tokens = 0;
  let count = 0;
  for (const line of lines) {
    const more = tokensOf(`${line}\n`);
    if (tokens + more > budget) break;
    tokens += more;
    count++;
  }
  return { lines: lines.slice(0, count), tokens };
}
