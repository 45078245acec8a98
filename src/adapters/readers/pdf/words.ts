/** Joins the lines of a paragraph, a heading or a cell to flowing text, with code spans and mended hyphens. */
import { codeSpan } from "../html/inline";
import type { Run } from "./pageText";
import type { Typography } from "./typography";

/** One line of a paragraph or cell. */
export type TextLine = readonly Run[];

interface Token {
  text: string;
  readonly code: boolean;
}

/**
 * @param width of the column, to see a long name that was broken for want of room; points
 */
export function flowingText(lines: readonly TextLine[], width: number, typography: Typography): string {
  const tokens: Token[] = [];
  const push = (text: string, code: boolean, spaced: boolean) => {
    const last = tokens.at(-1);
    if (last?.code === code) {
      last.text += (spaced ? " " : "") + text;
      return;
    }
    // The space stands outside the code span.
    if (last && spaced && !last.code) last.text += " ";
    tokens.push({ text: last?.code && spaced ? ` ${text}` : text, code });
  };
  lines.forEach((line, lineIndex) => {
    line.forEach((run, runIndex) => {
      const code = typography.isCode(run);
      const before = runIndex === 0 ? lines[lineIndex - 1] : undefined;
      if (!before) push(run.text, code, runIndex > 0 && run.spaced);
      else {
        const joint = jointOf(before, line, width, typography);
        const last = tokens.at(-1);
        if (joint === "mend" && last) last.text = last.text.replace(/-$/, "");
        push(run.text, code, joint === "space");
      }
    });
  });
  return tokens
    .map(({ text, code }) => (code ? codeSpan(text.trim()) : text.replace(/\s+/g, " ")))
    .join("")
    .trim();
}

/** What stands between two lines: a space, nothing (after a hyphen that belongs there, or within a broken name), or a hyphen to remove. */
function jointOf(
  before: TextLine,
  line: TextLine,
  width: number,
  typography: Typography,
): "space" | "none" | "mend" {
  const last = before.at(-1);
  const [first] = line;
  if (!last || !first) return "space";
  const lastWord = /\S+$/.exec(last.text)?.[0] ?? "";
  const firstWord = /^\S+/.exec(first.text)?.[0] ?? "";
  if (/[\p{L}\p{N}]-$/u.test(lastWord) && /^[\p{L}\p{N}{<$]/u.test(firstWord)) {
    const head = /[\p{L}\p{N}]+-$/u.exec(lastWord)?.[0].slice(0, -1) ?? "";
    const tail = /^[\p{L}\p{N}]+/u.exec(firstWord)?.[0] ?? "";
    const joined = typography.wordCount(head + tail);
    return !typography.isCode(last) && joined > typography.wordCount(`${head}-${tail}`) ? "mend" : "none";
  }
  if (last.text.endsWith("\u00ad")) return "mend";
  // A name that is wider than its column is broken where the column ends.
  const start = before[0]?.x ?? last.x;
  const alone = before.length === 1 && !/\s/.test(last.text.trim());
  const advance = (last.right - last.x) / Math.max(1, last.text.length);
  const full = last.right - start + advance * 1.5 > width;
  return alone && full && typography.isCode(last) === typography.isCode(first) && lastWord.length > 8
    ? "none"
    : "space";
}
