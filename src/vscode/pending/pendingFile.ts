/** What a pending change does to one file: where, which hunks are left to decide, and how the file looks with them. */
import * as vscode from "vscode";
import { hunksOf } from "../../core/generate/hunks";
import type { IndentUnit } from "../../core/generate/indentation";
import { compareByLine } from "./lineDiff";
import type { Origins } from "./provenance";
import type { Placement } from "../../core/generate/placement";
import type { Placing } from "../../core/generate/placing";
import { compareWhole, previewOf, type Preview } from "../../core/generate/preview";
import { applyEdits, type TextEdit } from "../../core/generate/textEdit";
import { changeBetween, track, type TextChange, type TrackedRange } from "../../core/generate/trackedRange";

export const pendingScheme = "docwright-pending";

/** A hunk that nobody decided about yet. */
export interface PendingHunk {
  /** Unique within the change. */
  readonly id: number;
  /** Where it is in the document's text with `\n` line ends. */
  readonly range: TrackedRange;
  readonly text: string;
}

/** What is left to decide in a file, as it is kept on disk. */
export interface KeptFile {
  readonly uri: string;
  readonly languageId: string;
  readonly unit: IndentUnit;
  readonly isNew: boolean;
  readonly hunks: readonly KeptHunk[];
}

/** A hunk as it is kept on disk, with the lines that it replaces, so that a file that changed meanwhile is noticed. */
export interface KeptHunk extends TextEdit {
  readonly before: string;
}

export interface FilePlace {
  readonly placing: Placing;
  readonly uri: vscode.Uri;
  readonly languageId: string;
  readonly unit: IndentUnit;
  /** Offsets in the document's text with `\n` line ends. */
  readonly start: number;
  readonly end: number;
  /** True for a file that Accept creates. */
  readonly isNew: boolean;
}

export interface Rendered {
  readonly preview: Preview;
  /** Ids of the hunks of each `preview.hunks`; empty while the answer is coming. */
  readonly hunkIds: readonly (readonly number[])[];
  readonly notes: readonly string[];
  /** Line of the preview where the proposal is, from 0. */
  readonly line: number;
}

let nextHunkId = 1;

export class PendingFile {
  readonly uri: vscode.Uri;
  readonly previewUri: vscode.Uri;
  readonly languageId: string;
  readonly unit: IndentUnit;
  readonly isNew: boolean;
  notes: readonly string[] = [];
  /** What its new lines rest on; empty until the answer is whole. */
  origins: Origins = new Map();
  private readonly placing: Placing;
  private range: TrackedRange;
  /** Undefined as long as the answer comes: then the code is placed anew at each look. */
  private undecided: readonly PendingHunk[] | undefined;
  /** The text that `range` and the hunks speak of; undefined after edits that were followed one by one. */
  private known: string | undefined;

  /** `key` is unique among all files of all changes. */
  constructor(key: string, { placing, uri, languageId, unit, start, end, isNew }: FilePlace) {
    this.placing = placing;
    this.uri = uri;
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    this.previewUri = vscode.Uri.from({
      scheme: pendingScheme,
      path: `/${vscode.l10n.t("Pending: {0}", name)}`,
      query: key,
    });
    this.languageId = languageId;
    this.unit = unit;
    this.isNew = isNew;
    this.range = { start, end, touched: false };
  }

  /** Start and end of the person's place in the document's text with `\n` line ends. */
  get place(): { readonly start: number; readonly end: number } {
    return { start: this.range.start, end: this.range.end };
  }

  get hunks(): readonly PendingHunk[] {
    return this.undecided ?? [];
  }

  /** True when something that the proposal replaces was edited since. */
  get touched(): boolean {
    return this.undecided ? this.undecided.some(({ range }) => range.touched) : this.range.touched;
  }

  /** Follows the edits of others, so that the place stays the place. */
  follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const perLine = document.eol === vscode.EndOfLine.CRLF ? 1 : 0;
    for (const { range, rangeOffset, rangeLength, text } of contentChanges) {
      this.move({
        start: rangeOffset - perLine * range.start.line,
        removed: rangeLength - perLine * (range.end.line - range.start.line),
        inserted: text.replaceAll("\r\n", "\n").length,
      });
    }
    if (contentChanges.length > 0) this.known = undefined;
  }

  /** Where the code goes in a text as it is now. */
  placement(documentText: string, code: string): Placement {
    const text = this.sync(documentText);
    return this.placing.place({
      text,
      start: Math.min(this.range.start, text.length),
      end: Math.min(this.range.end, text.length),
      code,
      languageId: this.languageId,
      path: this.uri.path,
      unit: this.unit,
    });
  }

  /** The answer is whole: from here on its hunks stay as they are and follow the edits of others. */
  settle(documentText: string, { edits, notes }: Placement): void {
    this.notes = notes;
    this.undecided = hunksOf(this.sync(documentText), edits, compareByLine).map(({ start, end, text }) => ({
      id: nextHunkId++,
      range: { start, end, touched: false },
      text,
    }));
  }

  /** The hunks anew, so that the file becomes `proposed`, with `\n` line ends. */
  revise(documentText: string, proposed: string): void {
    const text = this.sync(documentText);
    const { touched, notes } = this;
    this.settle(text, { edits: [{ start: 0, end: text.length, text: proposed }], notes });
    this.undecided = this.undecided?.map((hunk) => ({ ...hunk, range: { ...hunk.range, touched } }));
  }

  /** Another answer begins. */
  unsettle(): void {
    this.undecided = undefined;
    this.notes = [];
    this.origins = new Map();
  }

  /** Takes hunks away: they are decided. */
  remove(ids: readonly number[]): readonly PendingHunk[] {
    const taken = this.hunks.filter(({ id }) => ids.includes(id));
    this.undecided = this.hunks.filter(({ id }) => !ids.includes(id));
    return taken;
  }

  /** Puts back what could not be applied after all. */
  restore(hunks: readonly PendingHunk[]): void {
    this.undecided = [...hunks, ...this.hunks].sort((left, right) => left.range.start - right.range.start);
  }

  /** The file with all that is still pending. */
  proposed(documentText: string): string {
    return applyEdits(this.sync(documentText), this.hunks.map(editOf));
  }

  /** `code` is what has come so far of an answer that is not settled. */
  render(documentText: string, code: string): Rendered {
    const text = this.sync(documentText);
    const { undecided } = this;
    const { edits, notes } = undecided
      ? { edits: undecided.map(editOf), notes: this.notes }
      : this.placement(text, code);
    const preview = previewOf(text, edits, undecided ? compareByLine : compareWhole);
    const hunkIds = preview.hunks.map((hunk) => hunk.edits.flatMap((at) => undecided?.[at]?.id ?? []));
    const start = Math.min(this.range.start, text.length);
    const line = firstWords(preview, mainLine(preview)) ?? text.slice(0, start).split("\n").length - 1;
    return { preview, hunkIds, notes, line };
  }

  toKept(): KeptFile {
    const { uri, languageId, unit, isNew, known } = this;
    const hunks = this.hunks.map((hunk) => ({
      ...editOf(hunk),
      before: known?.slice(hunk.range.start, hunk.range.end) ?? "",
    }));
    return { uri: uri.toString(), languageId, unit, isNew, hunks };
  }

  /** Takes hunks from disk; those whose lines are others now are marked as touched. */
  takeKept(documentText: string, kept: readonly KeptHunk[]): void {
    const text = this.sync(documentText);
    this.undecided = kept.map(({ start, end, text: after, before }) => ({
      id: nextHunkId++,
      range: {
        start: Math.min(start, text.length),
        end: Math.min(end, text.length),
        touched: text.slice(start, end) !== before,
      },
      text: after,
    }));
  }

  /** A document that was closed meanwhile may have changed unseen. */
  private sync(documentText: string): string {
    const text = documentText.replaceAll("\r\n", "\n");
    if (this.known !== undefined && this.known !== text) this.move(changeBetween(this.known, text));
    this.known = text;
    return text;
  }

  private move(change: TextChange): void {
    this.range = track(this.range, change);
    this.undecided = this.undecided?.map((hunk) => ({ ...hunk, range: track(hunk.range, change) }));
  }
}

const editOf = ({ range, text }: PendingHunk): TextEdit => ({ start: range.start, end: range.end, text });

/** A blank line that sets the proposal off is not where its actions belong. */
function firstWords({ text, added }: Preview, line: number | undefined): number | undefined {
  const range = added.find(({ start }) => start === line);
  if (line === undefined || !range) return line;
  const lines = text.split("\n");
  for (let at = range.start; at < range.end; at++) if (lines[at]?.trim() !== "") return at;
  return line;
}

/** The proposal's own lines are the longest run that is new; imports above are shorter. */
function mainLine({ added, removed }: Preview): number | undefined {
  const [longest] = [...added].sort((left, right) => right.end - right.start - (left.end - left.start));
  if (longest === undefined) return removed[0]?.start;
  return removed.find((range) => range.end === longest.start)?.start ?? longest.start;
}
