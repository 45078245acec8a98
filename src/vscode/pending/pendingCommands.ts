/** The commands of a pending change; a lens hands in the preview's address and its hunk, a key or a title action the active editor's. */
import * as vscode from "vscode";
import type { Passage } from "../../core/search/passage";
import type { TextDocuments } from "../documents/textDocuments";
import type { Attempt } from "./attempt";
import type { Discarded } from "./discarded";
import { caretHunk, goToHunk } from "./hunkNavigation";
import type { Found, PendingChange } from "./pendingChange";
import type { PendingChanges } from "./pendingChanges";
import type { LensArgument } from "./pendingLenses";

export interface PendingCommandsProps {
  readonly pending: PendingChanges;
  readonly discarded: Discarded;
  readonly generator: {
    regenerate(change: PendingChange): Promise<void>;
    refine(change: PendingChange): Promise<void>;
  };
  readonly texts: TextDocuments;
  readonly listSources: (passages: readonly Passage[]) => Promise<void>;
  /** A whole answer was accepted or discarded. */
  readonly decided: (attempt: Attempt, accepted: boolean) => void;
}

export function createPendingCommands({
  pending,
  discarded,
  generator,
  texts,
  listSources,
  decided,
}: PendingCommandsProps) {
  const withChange =
    (run: (found: Found, argument: LensArgument | undefined) => Promise<unknown>) =>
    async (argument: unknown): Promise<unknown> => {
      const lens = isLensArgument(argument) ? argument : undefined;
      const found = pending.find(lens?.uri ?? (argument instanceof vscode.Uri ? argument : undefined));
      if (found) return run(found, lens);
      void vscode.window.showInformationMessage(vscode.l10n.t("There is no pending change here."));
      return undefined;
    };
  /** Decides about one hunk and goes on to the next. */
  const decide = (by: (found: Found, ids: readonly number[]) => Promise<unknown>) =>
    withChange(async (found, lens) => {
      const ids = lens?.hunkIds ?? caretHunk(pending.previews, found);
      if (ids.length === 0) return;
      await by(found, ids);
      if (pending.find(found.file.previewUri)?.change !== found.change) return;
      await pending.previews.refresh(found.change);
      await goToHunk(pending.previews, found, 0);
    });
  const step = (by: 1 | -1) =>
    withChange(async ({ change }) => {
      if (change.phase.kind === "working") return;
      change.step(by);
      await pending.settle(change);
      pending.keep();
    });
  return {
    accept: withChange(async ({ change }) => {
      const { attempt } = change;
      if (await pending.accept(change)) decided(attempt, true);
    }),
    discard: withChange(async ({ change }) => {
      // Another answer under way gives way to the one before it.
      if (change.phase.kind === "working" && change.alternatives.count > 1) change.abort.abort();
      else {
        const { attempt, phase, touched } = change;
        discarded.keep(change);
        await pending.discard(change);
        if (phase.kind === "ready" && !touched) decided(attempt, false);
      }
    }),
    bringBack: () => discarded.bringBack((proposal) => pending.propose(proposal)),
    acceptHunk: decide((found, ids) => pending.acceptHunks(found, ids)),
    discardHunk: decide((found, ids) => pending.discardHunks(found, ids)),
    nextHunk: withChange((found) => goToHunk(pending.previews, found, 1)),
    previousHunk: withChange((found) => goToHunk(pending.previews, found, -1)),
    regenerate: withChange(({ change }) => generator.regenerate(change)),
    refine: withChange(({ change }) => generator.refine(change)),
    previousAlternative: step(-1),
    nextAlternative: step(1),
    showFile: withChange(({ file }) => pending.previews.show(file, false)),
    showDiff: withChange(({ file }) => pending.previews.showDiff(file)),
    showSources: withChange(({ change }) => listSources(change.passages)),
    showPending: withChange(({ change }) => pending.show(change, false)),
    showAnswer: withChange(({ change }) =>
      texts.open(vscode.l10n.t("Answer"), String(change.id), change.report),
    ),
  };
}

function isLensArgument(argument: unknown): argument is LensArgument {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "uri" in argument &&
    argument.uri instanceof vscode.Uri
  );
}
