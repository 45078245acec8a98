/** What was accepted from pending changes: noted as it happens, listed by a command, shown beside the lines where that is wanted. */
import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { Passage } from "../../core/search/passage";
import type { Log } from "../log";
import type { AcceptedHunks } from "../pending/acceptance";
import type { PendingChange } from "../pending/pendingChange";
import { settingsSection, type Settings } from "../settings";
import { showAccepted } from "./acceptedList";
import { createAcceptedStore } from "./acceptedStore";
import { createKeptMarks } from "./keptMarks";

export interface AcceptedHistory {
  /** To be called when hunks are in their files. */
  note(change: PendingChange, accepted: readonly AcceptedHunks[]): void;
  show(listSources: (passages: readonly Passage[]) => Promise<void>): Promise<void>;
  dispose(): void;
}

export interface AcceptedHistoryProps {
  readonly context: vscode.ExtensionContext;
  readonly settings: () => Settings;
  readonly log: Log;
}

export function createAcceptedHistory({ context, settings, log }: AcceptedHistoryProps): AcceptedHistory {
  const store = createAcceptedStore(context.storageUri ?? context.globalStorageUri, log);
  /** Changes are numbered anew in each window. */
  const session = randomUUID();
  const wanted = new vscode.EventEmitter<void>();
  const subscriptions = vscode.Disposable.from(
    store,
    wanted,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.keepMarks`)) wanted.fire();
    }),
    createKeptMarks({
      ...{ store, extensionUri: context.extensionUri },
      isWanted: () => settings().keepMarks,
      onDidChangeWanted: wanted.event,
    }),
  );
  return {
    note(change, accepted) {
      const { instruction, model, mark, passages } = change.attempt;
      const files = accepted.map(({ file, hunks }) => {
        const texts = hunks.map(({ text }) => text);
        const own = new Set(texts.flatMap((text) => text.split("\n").map((line) => line.trim())));
        return {
          ...{ uri: file.uri.toString(), texts },
          origins: [...file.origins].filter(([line]) => own.has(line)),
        };
      });
      void store.add({
        ...{ instruction, passages, files },
        id: `${session}:${change.id}:${change.alternatives.shown}`,
        at: new Date().toISOString(),
        ...(model !== undefined && { model }),
        ...(mark !== undefined && { mark }),
      });
    },
    show: (listSources) => showAccepted(store, listSources),
    dispose: () => void subscriptions.dispose(),
  };
}
