/** Places code by lines and indentation alone; what knows a language's structure decides first and ends here. */
import { dedent, indentOf, reindent, type IndentUnit } from "./indentation";
import { lineEnd, lineStart, type TextEdit } from "./textEdit";
import type { Placement, PlaceRequest } from "./placement";

export function placeLines(request: PlaceRequest): Placement {
  const { text, start, end, code, unit } = request;
  if (text.trim() === "" || text.slice(start, end).trim() === text.trim()) {
    return { edits: [wholeText(text, dedent(code))], notes: [] };
  }
  const edit =
    start === end ? insertionAt({ text, at: start, code, unit }) : replacement(text, start, end, code, unit);
  return { edits: [edit], notes: [] };
}

/** The whole text becomes the code, with one line end at its end. */
export function wholeText(text: string, code: string): TextEdit {
  return { start: 0, end: text.length, text: `${code.trimEnd()}\n` };
}

export interface Insertion {
  readonly text: string;
  readonly at: number;
  readonly code: string;
  readonly unit: IndentUnit;
  /** Indentation of the code; absent: that of the line. */
  readonly indent?: string;
  /** Blank lines around, for members and types. */
  readonly spaced?: boolean;
}

/** Puts code on lines of its own: in the place of a blank line, before a line when the caret is at its start, else after it. */
export function insertionAt({ text, at, code, unit, indent, spaced = false }: Insertion): TextEdit {
  const from = lineStart(text, at);
  const to = lineEnd(text, at);
  const line = text.slice(from, to);
  const lines = reindent(code, indent ?? (line.trim() === "" ? text.slice(from, at) : indentOf(line)), unit);
  if (line.trim() === "") return { start: from, end: to, text: spaced ? airy(text, from, to, lines) : lines };
  const before = text.slice(from, at).trim() === "";
  if (before) return { start: from, end: from, text: `${spaced ? airy(text, from, from, lines) : lines}\n` };
  return { start: to, end: to, text: `\n${spaced ? airy(text, to + 1, to + 1, lines, true) : lines}` };
}

/** Replaces a selection: whole lines when nothing else is on them, else exactly the selected characters. */
export function replacement(
  text: string,
  start: number,
  end: number,
  code: string,
  unit: IndentUnit,
): TextEdit {
  const selected = text.slice(start, end);
  const first = start + (selected.length - selected.trimStart().length);
  const last = start + selected.trimEnd().length;
  const from = lineStart(text, first);
  const alone = text.slice(from, first).trim() === "" && text.slice(last, lineEnd(text, last)).trim() === "";
  const indent = indentOf(text.slice(from, first));
  if (alone) return { start: from, end: lineEnd(text, last), text: reindent(code, indent, unit) };
  return { start: first, end: last, text: reindent(code, indent, unit).slice(indent.length) };
}

/** A blank line before and after, where the neighbours are neither blank, nor braces, nor the comment that asked for the code. */
function airy(text: string, from: number, to: number, lines: string, afterLine = false): string {
  const previous =
    text
      .slice(0, Math.max(0, from - 1))
      .split("\n")
      .at(-1)
      ?.trim() ?? "";
  const next = (afterLine ? text.slice(to) : text.slice(to).replace(/^\n/, "")).split("\n")[0]?.trim() ?? "";
  const isFree = (line: string) => line === "" || line.endsWith("{") || isComment(line);
  const before = from === 0 || isFree(previous) ? "" : "\n";
  const after = next === "" || next.startsWith("}") ? "" : "\n";
  return before + lines + after;
}

const isComment = (line: string) => /^(\/\/|\/\*|\*)/.test(line) || line.endsWith("*/");
