/** Proposals that nobody decided about, on disk, so that a crash or a restart of the editor does not lose the model's work. */
import * as vscode from "vscode";
import type { Log } from "../log";
import type { KeptProposal, PendingChange } from "./pendingChange";

export interface KeptProposals {
  /** Replaces what is kept by these. */
  keep(changes: Iterable<PendingChange>): void;
  /** What an earlier run of the editor left, oldest first. */
  load(): Promise<readonly KeptProposal[]>;
  /** Resolves when all is written. */
  settled(): Promise<void>;
}

export function createKeptProposals(folder: vscode.Uri, log: Log): KeptProposals {
  const file = vscode.Uri.joinPath(folder, "pending.json");
  let writing: Promise<void> = Promise.resolve();

  const write = async (proposals: readonly KeptProposal[]) => {
    try {
      await vscode.workspace.fs.createDirectory(folder);
      const content = new TextEncoder().encode(JSON.stringify({ schema: 1, proposals }));
      await vscode.workspace.fs.writeFile(file, content);
    } catch (error) {
      log.warn(`could not keep pending changes: ${String(error)}`);
    }
  };

  return {
    keep(changes) {
      const proposals = [...changes].filter((change) => change.hasCode).map((change) => change.toKept());
      writing = writing.then(() => write(proposals));
    },
    async load() {
      try {
        const content: unknown = JSON.parse(
          new TextDecoder().decode(await vscode.workspace.fs.readFile(file)),
        );
        return isKept(content) ? content.proposals : [];
      } catch {
        return []; // none was kept, or it was cut off while it was written
      }
    },
    settled: () => writing,
  };
}

function isKept(content: unknown): content is { readonly proposals: readonly KeptProposal[] } {
  return (
    typeof content === "object" &&
    content !== null &&
    "schema" in content &&
    content.schema === 1 &&
    "proposals" in content &&
    Array.isArray(content.proposals)
  );
}
