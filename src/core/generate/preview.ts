/**
 * A file with a proposal in it, as one text that a read-only editor can show: unchanged lines, and at each place the old lines followed
 * by the new ones.
 */
import { applyEdits, inOrder, lineEnd, lineStart, type TextEdit } from "./textEdit";

/** Lines of the preview, from 0, end exclusive. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface Preview {
  readonly text: string;
  readonly added: readonly LineRange[];
  readonly removed: readonly LineRange[];
}

/** Compares the old and new lines of one place; the editor hands in a diff library's function. */
export type CompareLines = (
  before: readonly string[],
  after: readonly string[],
) => readonly { readonly kind: "same" | "added" | "removed"; readonly lines: readonly string[] }[];

interface Hunk {
  /** Lines of the file, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** All old lines, then all new ones, apart from what is the same at both ends: steady while the code is still coming. */
export const compareWhole: CompareLines = (before, after) => {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    { kind: "same", lines: before.slice(0, head) },
    { kind: "removed", lines: before.slice(head, before.length - tail) },
    { kind: "added", lines: after.slice(head, after.length - tail) },
    { kind: "same", lines: before.slice(before.length - tail) },
  ];
};

export function previewOf(text: string, edits: readonly TextEdit[], compare: CompareLines): Preview {
  const lines = text.split("\n");
  const shown: string[] = [];
  const marks = { added: [] as LineRange[], removed: [] as LineRange[] };
  let at = 0;
  for (const hunk of hunksOf(text, edits)) {
    shown.push(...lines.slice(at, hunk.from));
    for (const part of compare(hunk.before, hunk.after)) {
      const start = shown.length;
      shown.push(...part.lines);
      if (part.kind !== "same" && part.lines.length > 0) {
        marks[part.kind].push({ start, end: shown.length });
      }
    }
    at = hunk.to;
  }
  shown.push(...lines.slice(at));
  return { text: shown.join("\n"), ...marks };
}

/** Edits widened to whole lines; those that share a line become one hunk. */
function hunksOf(text: string, edits: readonly TextEdit[]): readonly Hunk[] {
  const groups: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of inOrder(edits)) {
    const start = lineStart(text, edit.start);
    const end = lineEnd(text, edit.end);
    const last = groups.at(-1);
    if (last && start <= last.end) {
      last.end = Math.max(last.end, end);
      last.edits.push(edit);
    } else groups.push({ start, end, edits: [edit] });
  }
  return groups.map((group) => {
    const before = text.slice(group.start, group.end);
    const moved = group.edits.map((edit) => ({
      start: edit.start - group.start,
      end: edit.end - group.start,
      text: edit.text,
    }));
    const from = text.slice(0, group.start).split("\n").length - 1;
    const old = before.split("\n");
    return { from, to: from + old.length, before: old, after: applyEdits(before, moved).split("\n") };
  });
}
