/** One answer to what was asked of a pending change; a change holds all that came, to go back and forth between them. */
import type { AnswerEvent, AnswerStatus, ChatTurn } from "../../core/answer/answer";
import { createCodeStream, type CodeStream } from "../../core/answer/codeStream";
import type { Failure } from "../../core/failure";
import {
  createAnswerCodeCollector,
  type AnswerCode,
  type AnswerCodeCollector,
} from "../../core/generate/answerCode";
import type { AnswerConfidence } from "../../core/reask/confidence";
import type { Passage } from "../../core/search/passage";

export type Phase =
  | { readonly kind: "working"; readonly status: AnswerStatus; readonly since: number }
  | { readonly kind: "ready"; readonly truncated: boolean }
  /** Broken off in the middle; what had come is kept. */
  | { readonly kind: "failed"; readonly failure: Failure };

/** Texts of files that are others than the answer has, by address. */
export type Revisions = ReadonlyMap<string, Revision>;

export interface Revision {
  /** The file that the text was made for, with `\n` line ends: for another one it does not count. */
  readonly before: string;
  readonly after: string;
}

/** An answer as it is kept on disk. */
export interface KeptAttempt {
  readonly instruction: string;
  /** What was asked and answered before, when it refines an earlier answer. */
  readonly turns?: readonly ChatTurn[];
  readonly answer: string;
  readonly passages: readonly Passage[];
  /** False when the documents were asked and do not answer. */
  readonly answered?: boolean;
  readonly mark?: string;
  readonly model?: string;
  /** True when the answer is whole. */
  readonly complete: boolean;
}

export class Attempt {
  readonly instruction: string;
  readonly turns: readonly ChatTurn[];
  phase: Phase = { kind: "working", status: "retrieving", since: Date.now() };
  passages: readonly Passage[];
  answered: boolean;
  leftOut: readonly string[] = [];
  /** How sure the model is of it, when that was asked for. */
  confidence: AnswerConfidence | undefined;
  mark: string | undefined;
  /** The model that answered, once known. */
  model: string | undefined;
  /** What the checks made of it: not looked at yet, nothing to mend, as the model wrote it beside a mended one, or mended. */
  mending: "open" | "settled" | "as-written" | "mended" = "open";
  /** What was mended, each in words for a person. */
  mended: readonly string[] = [];
  /** Set when the model was asked to mend what was found: how many findings there were, and are. */
  correction: { readonly before: number; readonly now: number } | undefined;
  revisions: Revisions = new Map();
  answer = "";
  private readonly stream: CodeStream = createCodeStream();
  private readonly collector: AnswerCodeCollector = createAnswerCodeCollector();

  constructor(kept: KeptAttempt) {
    this.instruction = kept.instruction;
    this.turns = kept.turns ?? [];
    this.passages = kept.passages;
    this.answered = kept.answered ?? true;
    this.mark = kept.mark;
    this.model = kept.model;
    this.receive(kept.answer);
    if (kept.complete) this.finish(false);
  }

  /** Takes what the engine says; false for what changes nothing that is shown. */
  take(event: AnswerEvent): boolean {
    switch (event.type) {
      case "status":
        this.phase = { kind: "working", status: event.status, since: Date.now() };
        return true;
      case "passages":
        this.passages = event.passages;
        this.answered = event.answered;
        return true;
      case "left-out":
        this.leftOut = event.what;
        return true;
      case "token":
        this.receive(event.text);
        return true;
      case "summary":
      case "thinking":
        return false; // never into code
    }
  }

  finish(truncated: boolean): void {
    this.collector.push(this.stream.end());
    this.phase = { kind: "ready", truncated };
  }

  fail(failure: Failure): void {
    this.collector.push(this.stream.end());
    this.phase = { kind: "failed", failure };
  }

  /** The code for a file among what has come so far. */
  codeFor(languageId: string, path: string): AnswerCode {
    return this.collector.choose(languageId, path);
  }

  /** The same answer with other texts. */
  revised(revisions: Revisions, mended: readonly string[]): Attempt {
    const copy = new Attempt({ ...this.toKept(), complete: false });
    copy.collector.push(copy.stream.end());
    copy.phase = this.phase;
    copy.leftOut = this.leftOut;
    copy.confidence = this.confidence;
    copy.model = this.model;
    copy.mending = "mended";
    copy.mended = mended;
    copy.revisions = revisions;
    return copy;
  }

  /** What a refinement of this answer sends along. */
  get conversation(): readonly ChatTurn[] {
    return [
      ...this.turns,
      { role: "user", text: this.instruction },
      { role: "assistant", text: this.answer },
    ];
  }

  toKept(): KeptAttempt {
    return {
      instruction: this.instruction,
      ...(this.turns.length > 0 && { turns: this.turns }),
      answer: this.answer,
      passages: this.passages,
      ...(!this.answered && { answered: false }),
      ...(this.mark !== undefined && { mark: this.mark }),
      ...(this.model !== undefined && { model: this.model }),
      complete: this.phase.kind === "ready",
    };
  }

  private receive(text: string): void {
    this.answer += text;
    this.collector.push(this.stream.push(text));
  }
}
