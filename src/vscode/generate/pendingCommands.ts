/** The commands of a pending change; a lens hands in the preview's address, a key or a title action the active editor's. */
import * as vscode from "vscode";
import type { Passage } from "../../core/search/passage";
import type { TextDocuments } from "../documents/textDocuments";
import type { Generator } from "./generate";
import type { PendingChange } from "./pendingChange";
import type { PendingChanges } from "./pendingChanges";

export interface PendingCommandsProps {
  readonly pending: PendingChanges;
  readonly generator: Generator;
  readonly texts: TextDocuments;
  readonly listSources: (passages: readonly Passage[]) => Promise<void>;
}

export function createPendingCommands({ pending, generator, texts, listSources }: PendingCommandsProps) {
  const withChange =
    (run: (change: PendingChange) => Promise<unknown>) =>
    async (argument: unknown): Promise<unknown> => {
      const change = pending.find(argument instanceof vscode.Uri ? argument : undefined);
      if (change) return run(change);
      void vscode.window.showInformationMessage(vscode.l10n.t("There is no pending change here."));
      return undefined;
    };
  return {
    accept: withChange((change) => pending.accept(change)),
    discard: withChange((change) => pending.discard(change)),
    regenerate: withChange((change) => generator.regenerate(change)),
    showSources: withChange((change) => listSources(change.passages)),
    showPending: withChange((change) => pending.show(change, false)),
    showAnswer: withChange((change) =>
      texts.open(vscode.l10n.t("Answer"), change.previewUri.query, change.report),
    ),
  };
}
