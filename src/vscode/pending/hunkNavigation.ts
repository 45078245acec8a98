/** From hunk to hunk of a pending change, through all its files. */
import * as vscode from "vscode";
import type { Found } from "./pendingChange";
import type { PendingFile, Rendered } from "./pendingFile";
import type { Previews } from "./previews";

/** Ids of the hunk that the caret is in, or else of the next one below it; the first where the preview is not shown. */
export function caretHunk(previews: Previews, { file }: Found): readonly number[] {
  const rendered = previews.rendered(file);
  if (!rendered) return file.hunks.slice(0, 1).map(({ id }) => id);
  const line = caretLine(file) ?? 0;
  const at = rendered.preview.hunks.findIndex(({ end }) => end > line);
  return rendered.hunkIds[at < 0 ? rendered.hunkIds.length - 1 : at] ?? [];
}

/** Goes a hunk on or back, round at the ends; 0 stays where a hunk is, or goes to the next one. */
export async function goToHunk(previews: Previews, { change, file }: Found, by: -1 | 0 | 1): Promise<void> {
  const stops = change.files.flatMap((each) => stopsOf(each, previews.rendered(each)));
  if (stops.length === 0) return;
  const line = caretLine(file) ?? -1;
  const index = change.files.indexOf(file);
  const fileOf = (stop: Stop) => change.files.indexOf(stop.file);
  const isAfter = (stop: Stop) => fileOf(stop) > index || (fileOf(stop) === index && stop.line > line);
  const isHere = (stop: Stop) => stop.file === file && stop.line <= line && line < stop.end;
  const isBefore = (stop: Stop) => fileOf(stop) < index || (fileOf(stop) === index && stop.end <= line);
  const target =
    by < 0
      ? (stops.findLast(isBefore) ?? stops.at(-1))
      : ((by === 0 ? stops.find(isHere) : undefined) ?? stops.find(isAfter) ?? stops[0]);
  if (!target) return;
  await previews.show(target.file, false, target.line);
  const editor = vscode.window.activeTextEditor;
  const range = new vscode.Range(target.line, 0, Math.max(target.line, target.end - 1), 0);
  editor?.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

interface Stop {
  readonly file: PendingFile;
  readonly line: number;
  readonly end: number;
}

function stopsOf(file: PendingFile, rendered: Rendered | undefined): readonly Stop[] {
  if (!rendered) return file.hunks.length > 0 ? [{ file, line: 0, end: 1 }] : [];
  return rendered.preview.hunks.map(({ start, end }) => ({ file, line: start, end }));
}

function caretLine({ previewUri }: PendingFile): number | undefined {
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === previewUri.toString(),
  );
  return editor?.selection.active.line;
}
