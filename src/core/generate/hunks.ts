/** A proposal cut into hunks: runs of lines that are looked at, accepted and discarded one by one. */
import { groupsOf, type CompareLines } from "./preview";
import type { TextEdit } from "./textEdit";

/** Changes with at most so many unchanged lines between them are one hunk: a brace or a blank line alone parts nothing. */
const nearLines = 1;

/**
 * Edits of whole lines, in order, none overlapping another, that together do what `edits` do; each is one hunk. Text has `\n` line ends.
 */
export function hunksOf(
  text: string,
  edits: readonly TextEdit[],
  compare: CompareLines,
): readonly TextEdit[] {
  const lines = text.split("\n");
  const starts = lineStarts(lines);
  const hunks: LineHunk[] = [];
  for (const group of groupsOf(text, edits)) {
    let at = group.from;
    for (const { kind, lines: part } of compare(group.before, group.after)) {
      if (kind !== "same" && part.length > 0) {
        const hunk = hunkAt(hunks, lines, at);
        if (kind === "added") hunk.lines.push(...part);
        else hunk.to = at + part.length;
      }
      if (kind !== "added") at += part.length;
    }
  }
  return hunks.map((hunk) => editOf(hunk, lines.length, starts, text.length));
}

interface LineHunk {
  readonly from: number;
  to: number;
  readonly lines: string[];
}

/** The last hunk with the unchanged lines up to here, when it is near; else a new one. */
function hunkAt(hunks: LineHunk[], lines: readonly string[], at: number): LineHunk {
  const last = hunks.at(-1);
  if (last && at - last.to <= nearLines) {
    last.lines.push(...lines.slice(last.to, at));
    last.to = at;
    return last;
  }
  const hunk = { from: at, to: at, lines: [] };
  hunks.push(hunk);
  return hunk;
}

function lineStarts(lines: readonly string[]): readonly number[] {
  let offset = 0;
  return lines.map((line) => {
    const start = offset;
    offset += line.length + 1;
    return start;
  });
}

/** The line end that a hunk at the end of the text cannot have is taken from the line before. */
function editOf(hunk: LineHunk, count: number, starts: readonly number[], length: number): TextEdit {
  const start = starts[hunk.from];
  const end = starts[hunk.to];
  if (start !== undefined && end !== undefined) {
    return { start, end, text: hunk.lines.map((line) => `${line}\n`).join("") };
  }
  if (hunk.from === 0) return { start: 0, end: length, text: hunk.lines.join("\n") };
  return {
    start: (starts[hunk.from] ?? length + 1) - 1,
    end: hunk.to >= count ? length : (end ?? length),
    text: hunk.lines.map((line) => `\n${line}`).join(""),
  };
}
