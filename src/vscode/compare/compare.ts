/** The command "Compare with and without docs": one instruction, two answers, side by side in the editor's own diff. */
import * as vscode from "vscode";
import { failureOf, isAbort } from "../../core/failure";
import type { Passage } from "../../core/search/passage";
import type { TextDocuments } from "../documents/textDocuments";
import { showFailure } from "../failures";
import { placeIn, unitOf } from "../generate/editorPlace";
import { createInstructionInput } from "../generate/instructionInput";
import { localised } from "../localised";
import type { Log } from "../log";
import type { KeptProposal } from "../pending/pendingChange";
import {
  checkComparison,
  newComparison,
  runComparison,
  type ComparedPlace,
  type Comparison,
  type ComparedSide,
  type ComparisonProps,
} from "./comparison";
import { createComparisonDocuments } from "./comparisonDocuments";
import { comparisonMarkdown, comparisonTitle, type ReportedSide } from "./comparisonReport";

export interface CompareProps extends ComparisonProps {
  readonly workspaceState: vscode.Memento;
  readonly texts: TextDocuments;
  readonly listSources: (passages: readonly Passage[]) => Promise<void>;
  readonly pending: { propose(proposal: KeptProposal): Promise<boolean> };
  readonly log: Log;
}

export interface Compare {
  readonly commands: {
    /** Resolves when both answers are there, or it was left. `instruction` spares the question. */
    compare(instruction: unknown): Promise<void>;
    compareSummary(): Promise<void>;
    compareSources(): Promise<void>;
    /** Makes the answer with the documents a pending change. */
    takeCompared(): Promise<void>;
  };
  dispose(): void;
}

export function createCompare(props: CompareProps): Compare {
  const { settings, texts, listSources, pending, log } = props;
  const input = createInstructionInput(props.workspaceState);
  const documents = createComparisonDocuments();

  const compare = async (given?: string): Promise<void> => {
    const place = placeOfCaret();
    const instruction = given ?? (await input.ask(vscode.l10n.t("Compare with and without docs")));
    if (instruction === undefined) return;
    await input.remember(instruction);
    const comparison = newComparison(instruction, settings().model, place);
    const shown = documents.open(comparison);
    try {
      await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t("With and without docs"),
          cancellable: true,
        },
        async (progress, token) => {
          const controller = new AbortController();
          token.onCancellationRequested(() => controller.abort());
          const started = Date.now();
          let doing = vscode.l10n.t("without docs");
          const tell = () =>
            progress.report({ message: `${doing} (${Math.round((Date.now() - started) / 1_000)} s)` });
          const clock = setInterval(tell, 1_000);
          tell();
          try {
            const changed = (side: ComparedSide) => {
              doing = side.withDocuments ? vscode.l10n.t("with docs") : vscode.l10n.t("without docs");
              shown.update();
            };
            await runComparison(props, comparison, changed, controller.signal);
            doing = vscode.l10n.t("checking both answers");
            await checkComparison(props, comparison, controller.signal);
          } finally {
            clearInterval(clock);
          }
        },
      );
    } catch (error) {
      await shown.close();
      if (isAbort(error)) return;
      const failure = failureOf(error);
      log.error(`compare: ${JSON.stringify(failure)}`);
      void showFailure(failure, () => compare(instruction));
      return;
    }
    const title = comparisonTitle(reported(comparison), localised);
    const inSight = await shown.finish(title);
    // Not awaited: the message waits for a click.
    void tellResult(comparison, inSight ? undefined : () => shown.show(title));
  };

  const summary = (comparison: Comparison) =>
    texts.open(
      vscode.l10n.t("Comparison"),
      `comparison-${documents.idOf(comparison)}`,
      comparisonMarkdown(reported(comparison), localised),
    );
  const tellResult = async (comparison: Comparison, show: (() => Promise<void>) | undefined) => {
    const { passages } = comparison.with.attempt;
    const ways = [
      ...(show ? [{ title: vscode.l10n.t("Show"), run: show }] : []),
      { title: vscode.l10n.t("Summary"), run: () => summary(comparison) },
      ...(passages.length > 0 ? [{ title: vscode.l10n.t("Sources"), run: () => listSources(passages) }] : []),
    ];
    const message = comparisonTitle(reported(comparison), localised);
    await (await vscode.window.showInformationMessage(message, ...ways))?.run();
  };
  const withShown = (run: (comparison: Comparison) => Promise<void>) => async () => {
    const comparison = documents.active();
    if (comparison) await run(comparison);
    else
      void vscode.window.showInformationMessage(
        vscode.l10n.t("There is no comparison yet: run “Compare with and without docs” first."),
      );
  };
  const take = async ({ place, instruction, model, with: side }: Comparison) => {
    if (!place) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("The comparison was made for no file; copy what you like from it."),
      );
      return;
    }
    const { uri, languageId, start, end, unit } = place;
    const { answer, passages, mark } = side.attempt;
    await pending.propose({
      ...{ uri, languageId, start, end, unit, instruction, model, answer, passages, complete: true },
      ...(mark !== undefined && { mark }),
    });
  };

  return {
    commands: {
      compare: (instruction) => compare(typeof instruction === "string" ? instruction : undefined),
      compareSummary: withShown(summary),
      compareSources: withShown(({ with: { attempt } }) => listSources(attempt.passages)),
      takeCompared: withShown(take),
    },
    dispose: () => documents.dispose(),
  };
}

/** Where the person is, in a text of their own; undefined elsewhere: then the instruction stands alone. */
function placeOfCaret(): ComparedPlace | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || vscode.workspace.fs.isWritableFileSystem(editor.document.uri.scheme) === undefined) {
    return undefined;
  }
  const { document, selection } = editor;
  return { document, range: selection, ...placeIn(document, selection, unitOf(editor)) };
}

function reported({ instruction, model, without, with: withDocs }: Comparison) {
  return { instruction, model, without: reportedSide(without), with: reportedSide(withDocs) };
}

function reportedSide({ withDocuments, attempt, result, loaded, findings, why }: ComparedSide): ReportedSide {
  return {
    ...{ withDocuments, loaded },
    answer: attempt.answer,
    passages: attempt.passages,
    ...(result && { timings: result.timings }),
    ...(findings && { findings }),
    ...(why !== undefined && { why }),
    ...(attempt.mark !== undefined && { mark: attempt.mark }),
  };
}
