/**
 * A proposal for one place of one document, and for what else it needs, from the first token until every hunk is accepted or discarded.
 *
 * Why it lives outside the document: text in place would be written by auto-save, copied by hot exit and compiled by the language server
 * while it is half a class, and taking it out again before each save races with all three. VS Code's own diff editor is safe too, but it
 * renders side by side unless a setting of the person is changed, realigns its rows while code streams in, and shows no lenses unless
 * another setting is changed; it is one title action away (`showDiff`). So the proposal is a read-only preview of the file at the place
 * where the person was, old lines above new ones: the document stays as it is until Accept, which is one edit and one undo stop. A save,
 * a crash or a closed editor has nothing of ours to write.
 */
import * as vscode from "vscode";
import type { AnswerEvent } from "../../core/answer/answer";
import type { Failure } from "../../core/failure";
import type { AnswerCode } from "../../core/generate/answerCode";
import { unitOf, type IndentUnit } from "../../core/generate/indentation";
import type { Passage } from "../../core/search/passage";
import { Attempt, type KeptAttempt, type Phase, type Revisions } from "./attempt";
import type { Placing } from "../../core/generate/placing";
import { PendingFile, type FilePlace, type KeptFile, type PendingHunk, type Rendered } from "./pendingFile";
import type { FilePlan } from "../../core/generate/filePlan";

/** What is kept on disk of a proposal that nobody decided about yet. */
export interface KeptProposal extends KeptAttempt {
  readonly uri: string;
  readonly languageId: string;
  /** Offsets in the document's text with `\n` line ends. */
  readonly start: number;
  readonly end: number;
  readonly unit: IndentUnit;
  /** What is left to decide, once a part of it was decided; absent: all of the answer. */
  readonly files?: readonly KeptFile[];
}

type RemarkIcon =
  | "warning"
  | "error"
  | "info"
  | "pass"
  | "question"
  | "sync~spin"
  | "cloud-download"
  | "wrench"
  | "sparkle"
  | "book";

/** Words of another part (checks, confidence) that stand in the line of actions. */
export interface Remark {
  readonly icon: RemarkIcon;
  readonly text: string;
  readonly tooltip?: string;
  /** Name of a command without its prefix; it gets the preview's address. */
  readonly command?: string;
}

export class PendingChange {
  readonly id: number;
  /** The file where the person was. */
  readonly main: PendingFile;
  /** The main file, and what else the answer is for. */
  files: readonly PendingFile[];
  /** Ends the request that is under way. */
  abort = new AbortController();
  /** Remarks by their owner; `setRemarks` tells who shows them. */
  readonly remarks = new Map<string, readonly Remark[]>();
  private readonly attempts: Attempt[];
  private position = 0;
  /** Counts the answers that were asked for after the first; the seed of the next one. */
  asked = 0;
  /** True once a hunk was accepted or discarded by itself. */
  private decidedInPart = false;
  private decidedByHand = false;
  private left: readonly string[] = [];
  private readonly changed = new vscode.EventEmitter<PendingChange>();
  readonly onDidChange = this.changed.event;

  constructor(
    id: number,
    proposal: KeptProposal,
    private readonly placing: Placing,
  ) {
    this.id = id;
    const { uri, ...rest } = proposal;
    const place: FilePlace = { ...rest, placing, uri: vscode.Uri.parse(uri), isNew: false };
    this.main = new PendingFile(`${id}`, place);
    this.files = [this.main];
    this.attempts = [new Attempt(proposal)];
  }

  get attempt(): Attempt {
    const attempt = this.attempts[this.position];
    if (!attempt) throw new Error("a pending change has an answer at least under way");
    return attempt;
  }

  get phase(): Phase {
    return this.attempt.phase;
  }

  get passages(): readonly Passage[] {
    return this.attempt.passages;
  }

  /** Which of how many answers is shown, from 1. */
  get alternatives(): { readonly shown: number; readonly count: number } {
    return { shown: this.position + 1, count: this.attempts.length };
  }

  get touched(): boolean {
    return this.files.some((file) => file.touched);
  }

  get hasCode(): boolean {
    const { code, rest } = this.chosenCode;
    return code.trim() !== "" || rest.length > 0;
  }

  get code(): string {
    return this.chosenCode.code;
  }

  /** Languages of the answer's code blocks that are for no file. */
  get otherBlocks(): readonly string[] {
    return this.left;
  }

  /** What the answer has for the main file, and its other blocks. */
  get chosenCode(): AnswerCode {
    return this.attempt.codeFor(this.main.languageId, this.main.uri.path);
  }

  /** Where there is something to look at: the main file, unless all of the answer is for others. */
  get firstFile(): PendingFile {
    return this.files.find(({ hunks }) => hunks.length > 0) ?? this.main;
  }

  get hunkCount(): number {
    return this.files.reduce((sum, file) => sum + file.hunks.length, 0);
  }

  /** The whole answer with what did not fit into the prompt, as Markdown. */
  get report(): string {
    const { answer, leftOut } = this.attempt;
    if (leftOut.length === 0) return answer;
    const items = leftOut.map((what) => `- ${what}`);
    return [answer, "", "---", "", vscode.l10n.t("Left out of the prompt:"), "", ...items, ""].join("\n");
  }

  /** Asks anew beside the answers that are there; `turns` make it a refinement of one of them. */
  begin(instruction: string, turns: KeptAttempt["turns"] = []): void {
    this.abort = new AbortController();
    this.asked++;
    this.attempts.push(new Attempt({ instruction, turns, answer: "", passages: [], complete: false }));
    this.go(this.attempts.length - 1);
  }

  /** Gives up what is under way for the answer before it; false when there is none. */
  fallBack(): boolean {
    if (this.attempts.length < 2) return false;
    this.attempts.splice(this.position, 1);
    this.go(Math.max(0, this.position - 1));
    return true;
  }

  /** Shows another of the answers; the caller settles it. */
  step(by: 1 | -1): void {
    const { length } = this.attempts;
    this.go((this.position + by + length) % length);
  }

  take(event: AnswerEvent): void {
    if (this.attempt.take(event)) this.changed.fire(this);
  }

  finish(truncated: boolean): void {
    this.attempt.finish(truncated);
  }

  fail(failure: Failure): void {
    this.attempt.fail(failure);
  }

  /** Cuts what came into hunks; to be called when the answer ended, with the texts of the files. */
  async settle(plan: FilePlan, textOf: (file: PendingFile) => Promise<string | undefined>): Promise<void> {
    const texts = new Map<PendingFile, string>();
    this.files = [this.main];
    for (const { path, isNew, code } of plan.files) {
      const file = await this.otherFile({ uri: this.main.uri.with({ path }), isNew }, textOf, texts);
      if (file) file.settle(texts.get(file) ?? "", file.placement(texts.get(file) ?? "", code));
    }
    const text = await textOf(this.main);
    if (text !== undefined) this.main.settle(text, this.main.placement(text, plan.code));
    this.left = plan.left;
    await this.takeRevisions(textOf);
    this.changed.fire(this);
  }

  /** Texts that were made for files as they still are. */
  private async takeRevisions(textOf: (file: PendingFile) => Promise<string | undefined>): Promise<void> {
    for (const file of this.files) {
      const revision = this.attempt.revisions.get(file.uri.toString());
      const text = revision && (await textOf(file))?.replaceAll("\r\n", "\n");
      if (text === undefined || revision?.before !== text) continue;
      file.revise(text, revision.after);
      this.decidedInPart = true;
    }
  }

  /** Shows the answer with other texts, as another answer after the one that is shown; the caller settles it. */
  branch(revisions: Revisions, mended: readonly string[]): void {
    this.attempts.splice(this.position + 1, 0, this.attempt.revised(revisions, mended));
    this.attempt.mending = "as-written";
    this.go(this.position + 1);
  }

  /** Adds another answer after all that are there, and shows it if asked; the caller settles it. */
  add(attempt: Attempt, isShown: boolean): void {
    this.attempts.push(attempt);
    if (isShown) this.go(this.attempts.length - 1);
    else this.changed.fire(this);
  }

  /** True as long as nobody has decided about a part of it, or edited what it replaces; mending does not count. */
  get isUntouched(): boolean {
    return !this.decidedByHand && !this.touched;
  }

  /** True as long as no hunk was decided by itself. */
  get isWhole(): boolean {
    return !this.decidedInPart;
  }

  /** Takes up what was left to decide. */
  async takeKept(
    kept: readonly KeptFile[],
    textOf: (file: PendingFile) => Promise<string | undefined>,
  ): Promise<void> {
    this.decidedInPart = true;
    for (const { uri, isNew, hunks } of kept) {
      const parsed = vscode.Uri.parse(uri);
      const isMain = parsed.toString() === this.main.uri.toString();
      const file = isMain ? this.main : await this.otherFile({ uri: parsed, isNew }, textOf);
      const text = file && (await textOf(file));
      if (text !== undefined) file?.takeKept(text, hunks);
    }
    this.changed.fire(this);
  }

  /** Adds a file to the change; undefined when its text cannot be had. */
  private async otherFile(
    { uri, isNew }: { readonly uri: vscode.Uri; readonly isNew: boolean },
    textOf: (file: PendingFile) => Promise<string | undefined>,
    texts?: Map<PendingFile, string>,
  ): Promise<PendingFile | undefined> {
    const place = {
      placing: this.placing,
      uri,
      isNew,
      languageId: languageIdOf(uri.path),
      unit: this.main.unit,
      start: 0,
      end: 0,
    };
    const text = (await textOf(new PendingFile("", place)))?.replaceAll("\r\n", "\n");
    if (text === undefined) return undefined;
    const end = text.length;
    const unit = unitOf(text) ?? (place.languageId.includes("yaml") ? 2 : this.main.unit);
    const file = new PendingFile(`${this.id}:${uri.path}`, { ...place, unit, start: end, end });
    texts?.set(file, text);
    this.files = [...this.files, file];
    return file;
  }

  setRemarks(owner: string, remarks: readonly Remark[]): void {
    this.remarks.set(owner, remarks);
    this.changed.fire(this);
  }

  /** Gives a file of the change another text than the answer has for it. */
  revise(file: PendingFile, documentText: string, proposed: string): void {
    this.decidedInPart = true;
    const before = documentText.replaceAll("\r\n", "\n");
    const { attempt } = this;
    attempt.revisions = new Map([...attempt.revisions, [file.uri.toString(), { before, after: proposed }]]);
    file.revise(before, proposed);
    this.changed.fire(this);
  }

  /** Decided hunks leave the change. */
  decide(file: PendingFile, ids: readonly number[]): readonly PendingHunk[] {
    this.decidedInPart = true;
    this.decidedByHand = true;
    const taken = file.remove(ids);
    this.changed.fire(this);
    return taken;
  }

  /** Follows the edits of others in one of its files. */
  follow(event: vscode.TextDocumentChangeEvent): void {
    const file = this.files.find(({ uri }) => uri.toString() === event.document.uri.toString());
    if (!file) return;
    file.follow(event);
    if (event.contentChanges.length > 0) this.changed.fire(this);
  }

  render(file: PendingFile, documentText: string): Rendered {
    return file.render(documentText, this.code);
  }

  toKept(): KeptProposal {
    const { uri, languageId, unit, place } = this.main;
    const files = this.decidedInPart ? this.files.map((file) => file.toKept()) : undefined;
    return {
      ...this.attempt.toKept(),
      ...{ uri: uri.toString(), languageId, unit },
      ...place,
      ...(files && { files }),
    };
  }

  dispose(): void {
    this.abort.abort();
    this.changed.dispose();
  }

  private go(position: number): void {
    this.position = position;
    this.decidedInPart = false;
    this.decidedByHand = false;
    this.remarks.clear();
    this.files = [this.main];
    this.left = [];
    this.main.unsettle();
    this.changed.fire(this);
  }
}

/** As VS Code calls the language of a file by its name. */
function languageIdOf(path: string): string {
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? "";
  const ids: Readonly<Record<string, string>> = {
    kt: "kotlin",
    kts: "kotlin",
    yml: "yaml",
    gradle: "groovy",
  };
  return ids[extension] ?? (extension === "" || extension === "txt" ? "plaintext" : extension);
}

/** A change and the file of it that was asked for. */
export interface Found {
  readonly change: PendingChange;
  readonly file: PendingFile;
}
