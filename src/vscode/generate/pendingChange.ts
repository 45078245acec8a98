/**
 * A proposal for one place of one document, from the first token until Accept or Discard.
 *
 * Why it lives outside the document: text in place would be written by auto-save, copied by hot exit and compiled by the language server
 * while it is half a class, and taking it out again before each save races with all three. VS Code's own diff editor is safe too, but it
 * renders side by side unless a setting of the person is changed, and realigns its rows while code streams in. So the proposal is a
 * read-only preview of the file at the place where the person was: the document stays as it is until Accept, which is one edit and one
 * undo stop. A save, a crash or a closed editor has nothing of ours to write.
 */
import * as vscode from "vscode";
import type { AnswerEvent, AnswerStatus } from "../../core/answer/answer";
import { createCodeStream, type CodeStream } from "../../core/answer/codeStream";
import type { AnswerConfidence } from "../../core/reask/confidence";
import type { Failure } from "../../core/failure";
import { createAnswerCodeCollector, type AnswerCodeCollector } from "../../core/generate/answerCode";
import type { IndentUnit } from "../../core/generate/indentation";
import { place } from "../../core/generate/place";
import { compareWhole, previewOf, type Preview } from "../../core/generate/preview";
import type { TextEdit } from "../../core/generate/textEdit";
import { track, type TrackedRange } from "../../core/generate/trackedRange";
import type { Passage } from "../../core/search/passage";
import { compareByLine } from "./lineDiff";

export const pendingScheme = "docwright-pending";

export type Phase =
  | { readonly kind: "working"; readonly status: AnswerStatus; readonly since: number }
  | { readonly kind: "ready"; readonly truncated: boolean }
  /** Broken off in the middle; what had come is kept. */
  | { readonly kind: "failed"; readonly failure: Failure };

/** What is kept on disk of a proposal that nobody decided about yet. */
export interface KeptProposal {
  readonly uri: string;
  readonly languageId: string;
  /** Offsets in the document's text with `\n` line ends. */
  readonly start: number;
  readonly end: number;
  readonly unit: IndentUnit;
  readonly instruction: string;
  readonly answer: string;
  readonly passages: readonly Passage[];
  /** False when the documents were asked and do not answer. */
  readonly answered?: boolean;
  readonly mark?: string;
  /** True when the answer is whole. */
  readonly complete: boolean;
}

export interface Rendered {
  readonly preview: Preview;
  readonly edits: readonly TextEdit[];
  readonly notes: readonly string[];
  /** Line of the preview where the proposal is, from 0. */
  readonly line: number;
}

export interface PendingChangeProps {
  readonly id: number;
  readonly proposal: KeptProposal;
}

export class PendingChange {
  readonly uri: vscode.Uri;
  readonly previewUri: vscode.Uri;
  readonly languageId: string;
  readonly unit: IndentUnit;
  instruction: string;
  phase: Phase = { kind: "working", status: "retrieving", since: Date.now() };
  passages: readonly Passage[];
  answered: boolean;
  leftOut: readonly string[] = [];
  /** How sure the model is of it, when that was asked for. */
  confidence: AnswerConfidence | undefined;
  mark: string | undefined;
  /** Counts the answers that were asked for; the seed of the next one. */
  attempt = 0;
  /** Ends the request that is under way. */
  abort = new AbortController();
  private range: TrackedRange;
  private answer = "";
  private stream: CodeStream = createCodeStream();
  private collector: AnswerCodeCollector = createAnswerCodeCollector();
  private readonly changed = new vscode.EventEmitter<PendingChange>();
  readonly onDidChange = this.changed.event;

  constructor({ id, proposal }: PendingChangeProps) {
    this.uri = vscode.Uri.parse(proposal.uri);
    const name = this.uri.path.slice(this.uri.path.lastIndexOf("/") + 1);
    this.previewUri = vscode.Uri.from({
      scheme: pendingScheme,
      path: `/${vscode.l10n.t("Pending: {0}", name)}`,
      query: String(id),
    });
    this.languageId = proposal.languageId;
    this.unit = proposal.unit;
    this.instruction = proposal.instruction;
    this.passages = proposal.passages;
    this.answered = proposal.answered ?? true;
    this.mark = proposal.mark;
    this.range = { start: proposal.start, end: proposal.end, touched: false };
    this.receive(proposal.answer);
    if (proposal.complete) this.finish(false);
  }

  get touched(): boolean {
    return this.range.touched;
  }

  /** The whole answer with what did not fit into the prompt, as Markdown. */
  get report(): string {
    if (this.leftOut.length === 0) return this.answer;
    const items = this.leftOut.map((what) => `- ${what}`);
    return [this.answer, "", "---", "", vscode.l10n.t("Left out of the prompt:"), "", ...items, ""].join(
      "\n",
    );
  }

  get hasCode(): boolean {
    return this.chosen().code.trim() !== "";
  }

  get code(): string {
    return this.chosen().code;
  }

  /** Start of the place in the document's text with `\n` line ends. */
  get place(): { readonly start: number; readonly end: number } {
    return { start: this.range.start, end: this.range.end };
  }

  /** Begins anew; the old answer goes when the first event of the new one comes. */
  restart(instruction: string): void {
    this.instruction = instruction;
    this.attempt++;
    this.abort = new AbortController();
    this.answer = "";
    this.passages = [];
    this.answered = true;
    this.leftOut = [];
    this.confidence = undefined;
    this.stream = createCodeStream();
    this.collector = createAnswerCodeCollector();
    this.enter({ kind: "working", status: "retrieving", since: Date.now() });
  }

  take(event: AnswerEvent): void {
    switch (event.type) {
      case "status":
        this.enter({ kind: "working", status: event.status, since: Date.now() });
        break;
      case "passages":
        this.passages = event.passages;
        this.answered = event.answered;
        this.changed.fire(this);
        break;
      case "left-out":
        this.leftOut = event.what;
        this.changed.fire(this);
        break;
      case "token":
        this.receive(event.text);
        this.changed.fire(this);
        break;
      case "thinking":
        break; // never into code
    }
  }

  finish(truncated: boolean): void {
    this.collector.push(this.stream.end());
    this.enter({ kind: "ready", truncated });
  }

  fail(failure: Failure): void {
    this.collector.push(this.stream.end());
    this.enter({ kind: "failed", failure });
  }

  /** Follows the edits of others, so that the place stays the place. */
  follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const perLine = document.eol === vscode.EndOfLine.CRLF ? 1 : 0;
    for (const { range, rangeOffset, rangeLength, text } of contentChanges) {
      this.range = track(this.range, {
        start: rangeOffset - perLine * range.start.line,
        removed: rangeLength - perLine * (range.end.line - range.start.line),
        inserted: text.replaceAll("\r\n", "\n").length,
      });
    }
    if (contentChanges.length > 0) this.changed.fire(this);
  }

  render(documentText: string): Rendered {
    const text = documentText.replaceAll("\r\n", "\n");
    const start = Math.min(this.range.start, text.length);
    const { edits, notes } = place({
      text,
      start,
      end: Math.min(this.range.end, text.length),
      code: this.chosen().code,
      languageId: this.languageId,
      path: this.uri.path,
      unit: this.unit,
    });
    const preview = previewOf(text, edits, this.phase.kind === "working" ? compareWhole : compareByLine);
    const line = firstWords(preview, mainLine(preview)) ?? text.slice(0, start).split("\n").length - 1;
    return { preview, edits, notes, line };
  }

  /** Languages of the answer's code blocks that are not part of the change. */
  get otherBlocks(): readonly string[] {
    return this.chosen().others;
  }

  toKept(): KeptProposal {
    return {
      uri: this.uri.toString(),
      languageId: this.languageId,
      ...this.place,
      unit: this.unit,
      instruction: this.instruction,
      answer: this.answer,
      passages: this.passages,
      ...(!this.answered && { answered: false }),
      ...(this.mark !== undefined && { mark: this.mark }),
      complete: this.phase.kind === "ready",
    };
  }

  dispose(): void {
    this.abort.abort();
    this.changed.dispose();
  }

  private chosen() {
    return this.collector.choose(this.languageId, this.uri.path);
  }

  private receive(text: string): void {
    this.answer += text;
    this.collector.push(this.stream.push(text));
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.changed.fire(this);
  }
}

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
