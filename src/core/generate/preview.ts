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

/** One place of the proposal in the preview: its old and new lines, and what lies between them. */
export interface PreviewHunk extends LineRange {
  /** Positions of the edits that are shown here, mostly one; edits that came to share a line are shown together. */
  readonly edits: readonly number[];
}

export interface Preview {
  readonly text: string;
  readonly added: readonly LineRange[];
  readonly removed: readonly LineRange[];
  readonly hunks: readonly PreviewHunk[];
}

/** Compares the old and new lines of one place; the editor hands in a diff library's function. */
export type CompareLines = (
  before: readonly string[],
  after: readonly string[],
) => readonly { readonly kind: "same" | "added" | "removed"; readonly lines: readonly string[] }[];

/** Edits that touch the same lines, with these lines before and after. */
export interface EditGroup {
  /** Lines of the file, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Positions in the given edits. */
  readonly edits: readonly number[];
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
  const hunks: PreviewHunk[] = [];
  let at = 0;
  for (const group of groupsOf(text, edits)) {
    for (; at < group.from; at++) shown.push(lines[at] ?? "");
    let first: number | undefined;
    let end = shown.length;
    for (const part of compare(group.before, group.after)) {
      const start = shown.length;
      for (const line of part.lines) shown.push(line);
      if (part.kind === "same" || part.lines.length === 0) continue;
      end = shown.length;
      first ??= start;
      marks[part.kind].push({ start, end });
    }
    if (first !== undefined) hunks.push({ start: first, end, edits: group.edits });
    at = group.to;
  }
  for (; at < lines.length; at++) shown.push(lines[at] ?? "");
  return { text: shown.join("\n"), ...marks, hunks };
}

/** Line of the preview that shows a line of the file as it will be; both from 0. */
export function previewLineOf({ removed }: Preview, line: number): number {
  let shown = line;
  for (const { start, end } of removed) if (start <= shown) shown += end - start;
  return shown;
}

/** Edits widened to whole lines; those that share a line become one group. */
export function groupsOf(text: string, edits: readonly TextEdit[]): readonly EditGroup[] {
  const order = new Map(edits.map((edit, index) => [edit, index]));
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
  let from = 0;
  let counted = 0;
  return groups.map((group) => {
    from += newlines(text, counted, group.start);
    counted = group.start;
    const before = text.slice(group.start, group.end);
    const moved = group.edits.map((edit) => ({
      start: edit.start - group.start,
      end: edit.end - group.start,
      text: edit.text,
    }));
    const old = before.split("\n");
    return {
      from,
      to: from + old.length,
      before: old,
      after: applyEdits(before, moved).split("\n"),
      edits: group.edits.map((edit) => order.get(edit) ?? 0),
    };
  });
}

function newlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
