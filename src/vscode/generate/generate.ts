/** The command "Generate with docs": from a place and an instruction to a pending change. */
import * as vscode from "vscode";
import type { AnswerEvent, AnswerRequest, AnswerResult, ChatTurn } from "../../core/answer/answer";
import type { Engine } from "../../core/engine";
import { failureOf, isAbort } from "../../core/failure";
import { instructionOf } from "../../core/generate/instruction";
import { positionOf } from "../../core/generate/textEdit";
import { showFailure } from "../failures";
import { errorsFound } from "../../core/reask/answerAttributes";
import type { LabelKeeper } from "../labels";
import type { Log } from "../log";
import type { ProjectVersions, VersionChoice } from "../projectVersion";
import { answerChoice, type Settings } from "../settings";
import { generateRequest, placeIn, unitOf } from "./editorPlace";
import { createInstructionInput } from "./instructionInput";
import type { PendingChange } from "../pending/pendingChange";
import type { PendingChanges } from "../pending/pendingChanges";
import { pendingScheme } from "../pending/pendingFile";
import { statusText } from "../pending/pendingLenses";
import { refuseReadOnly } from "../pending/readOnly";

/** How often a growing answer is written to disk, in milliseconds. */
const keepInterval = 2_000;

export interface GeneratorProps {
  readonly context: vscode.ExtensionContext;
  readonly engine: Engine;
  readonly settings: () => Settings;
  readonly versions: ProjectVersions;
  readonly pending: PendingChanges;
  readonly labels: LabelKeeper;
  readonly log: Log;
}

export interface Generator {
  /** Resolves when the change is ready to be decided about, or nothing came of it. `instruction` spares the question. */
  generate(instruction?: string): Promise<void>;
  /** Another answer to the same instruction; the answers that were there stay within reach. */
  regenerate(change: PendingChange): Promise<void>;
  /** Asks what should be different; the answer so far goes along. */
  refine(change: PendingChange, instruction?: string): Promise<void>;
}

export function createGenerator(props: GeneratorProps): Generator {
  const { context, pending } = props;
  const input = createInstructionInput(context.workspaceState);

  const ask = async (change: PendingChange): Promise<void> => {
    try {
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: "Docwright", cancellable: true },
        (progress, token) => {
          token.onCancellationRequested(() => change.abort.abort());
          return stream(props, change, (message) => progress.report({ message }));
        },
      );
      pending.keep();
    } catch (error) {
      if (isAbort(error) || change.abort.signal.aborted) return cancelled(change);
      const failure = failureOf(error);
      props.log.error(`generate: ${JSON.stringify(failure)}`);
      const { instruction } = change.attempt;
      const hasCode = change.hasCode;
      if (hasCode) {
        change.fail(failure);
        await pending.settle(change);
      } else await cancelled(change);
      pending.keep();
      void showFailure(failure, () => (hasCode ? regenerate(change) : generate(instruction)));
    }
  };

  /** An answer that is not wanted gives way to the one before it, if there is one. */
  const cancelled = async (change: PendingChange) => {
    if (change.fallBack()) await pending.settle(change);
    else await pending.discard(change);
  };

  const again = async (change: PendingChange, instruction: string, turns?: readonly ChatTurn[]) => {
    if (change.phase.kind === "working") return;
    change.begin(instruction, turns);
    await ask(change);
  };
  const regenerate = (change: PendingChange) => {
    const { instruction, turns } = change.attempt;
    return again(change, instruction, turns);
  };
  const refine = async (change: PendingChange, given?: string) => {
    if (change.phase.kind === "working") return;
    const instruction = given ?? (await input.askRefinement(change.attempt.instruction));
    if (instruction === undefined) return;
    await input.remember(instruction);
    await again(change, instruction, change.attempt.conversation);
  };

  const generate = async (given?: string): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Open a file and put the caret where the code should go."),
      );
      return;
    }
    const existing = pending.find(editor.document.uri);
    if (existing && editor.document.uri.scheme === pendingScheme) return refine(existing.change, given);
    if (existing?.file.uri.toString() === editor.document.uri.toString()) {
      if (!(await pending.makeRoom(editor.document.uri))) return;
    }
    const { document, selection } = editor;
    if (await refuseReadOnly(document.uri)) return;
    const unit = unitOf(editor);
    const { version } = document;
    const instruction = given ?? instructionOf(document.getText(selection)) ?? (await input.ask());
    if (instruction === undefined) return;
    await input.remember(instruction);
    // While the person typed the instruction nothing else had the focus; an edit by a tool in between moves the place.
    const range = document.version === version ? selection : editor.selection;
    const change = await pending.open({
      ...placeIn(document, range, unit),
      instruction,
      answer: "",
      passages: [],
      complete: false,
    });
    await ask(change);
  };

  return { generate, regenerate, refine };
}

/** Asks the engine and feeds the change; the preview opens with the first line of code. */
async function stream(
  { engine, settings, versions, pending, labels, log }: GeneratorProps,
  change: PendingChange,
  report: (message: string) => void,
): Promise<void> {
  const { signal } = change.abort;
  const { attempt } = change;
  const document = await vscode.workspace.openTextDocument(change.main.uri);
  const snapshot = settings();
  attempt.model = snapshot.model;
  const wasAway = awayWatch(document);
  let shown = change.alternatives.count > 1 ? Promise.resolve() : undefined;
  let keptAt = Date.now();
  const tell = () => report(`${statusText(change)} (${snapshot.model}, ${seconds(change)} s)`);
  tell();
  const clock = setInterval(tell, 1_000);

  const onEvent = (event: AnswerEvent) => {
    if (signal.aborted) return;
    change.take(event);
    if (event.type === "status") tell();
    if (event.type !== "token") return;
    if (!shown && change.hasCode) shown = showIfThere(pending, change, wasAway());
    if (Date.now() - keptAt > keepInterval) {
      keptAt = Date.now();
      pending.keep();
    }
  };
  const run = (choice: VersionChoice): Promise<AnswerResult> => {
    attempt.mark = choice.mark;
    const request = answerRequest(change, document, choice, snapshot);
    return engine.answer({ ...request, ...answerChoice(snapshot) }, onEvent, signal);
  };
  try {
    const result = await versions.withVersion(document, run, signal);
    signal.throwIfAborted();
    attempt.passages = result.passages;
    attempt.leftOut = result.leftOut;
    attempt.confidence = result.confidence;
    if (result.confidence && errorsFound(result.confidence.attributes) > 0) {
      const judged = { right: false, source: "checks", kind: "code", model: snapshot.model } as const;
      const { text: answer, confidence } = result;
      void labels.keep({ ...judged, question: attempt.instruction, answer, confidence });
    }
    change.finish(result.truncated);
    await pending.settle(change);
    log.info(`generate: ${JSON.stringify(result.timings)}`);
    await (shown ?? showIfThere(pending, change, wasAway()));
    await showWhereCodeIs(pending, change);
  } finally {
    clearInterval(clock);
  }
}

/** What the model is asked for the answer that is shown. */
export function answerRequest(
  change: PendingChange,
  document: vscode.TextDocument,
  choice: VersionChoice,
  settings: Settings,
): AnswerRequest {
  const { start, end } = rangeOf(document, change);
  const { instruction, turns } = change.attempt;
  return generateRequest({
    ...{ instruction, turns, choice, settings, withDocuments: true },
    place: { document, range: new vscode.Range(start, end) },
    ...(change.asked > 0 && { seed: change.asked }),
  });
}

/** Tells later whether the person went on working since now: typed or moved the caret in the document, or went to another one. */
function awayWatch(document: vscode.TextDocument): () => boolean {
  const { version } = document;
  const own = () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document === document ? editor.selection : undefined;
  };
  const selection = own();
  return () => {
    if (document.version !== version) return true;
    if (vscode.window.activeTextEditor === undefined) return false;
    const now = own();
    return now === undefined || (selection !== undefined && !now.isEqual(selection));
  };
}

/** Opens the preview where the person waits for it; who goes on working meanwhile keeps the caret and is told instead. */
async function showIfThere(pending: PendingChanges, change: PendingChange, away: boolean): Promise<void> {
  if (!away) return pending.show(change, false);
  const show = vscode.l10n.t("Show");
  const name = vscode.workspace.asRelativePath(change.main.uri);
  // Not awaited: the message waits for a click, the answer does not.
  void vscode.window
    .showInformationMessage(vscode.l10n.t("The change for {0} is on its way.", name), show)
    .then((chosen) => (chosen === show ? pending.show(change, false) : undefined));
}

/** When all of the answer turns out to be for another file than the one whose preview is open, that one is shown. */
async function showWhereCodeIs(pending: PendingChanges, { main, firstFile }: PendingChange): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  if (firstFile !== main && active === main.previewUri.toString())
    await pending.previews.show(firstFile, false);
}

function rangeOf(document: vscode.TextDocument, change: PendingChange) {
  const text = document.getText().replaceAll("\r\n", "\n");
  const at = (offset: number) => {
    const { line, character } = positionOf(text, offset);
    return new vscode.Position(line, character);
  };
  return { start: at(change.main.place.start), end: at(change.main.place.end) };
}

const seconds = ({ phase }: PendingChange) =>
  phase.kind === "working" ? Math.round((Date.now() - phase.since) / 1_000) : 0;
