/**
 * The change that was discarded last. An Escape that was meant for a hover over the new lines discards them too: the editor hides the
 * hover before it looks for the key's command, so no condition of that key can tell. The model's work must not be lost by it.
 */
import * as vscode from "vscode";
import type { KeptProposal, PendingChange } from "./pendingChange";

const shownMilliseconds = 10_000;

export interface Discarded {
  /** Keeps it until the next one, where its answer was whole, and says for a while in the status bar how it comes back. */
  keep(change: PendingChange): void;
  /** Proposes it again where `propose` agrees. */
  bringBack(propose: (proposal: KeptProposal) => Promise<boolean>): Promise<void>;
  dispose(): void;
}

export function createDiscarded(): Discarded {
  const item = vscode.window.createStatusBarItem("docwright.discarded", vscode.StatusBarAlignment.Right, 99);
  item.name = vscode.l10n.t("Docwright: discarded change");
  item.text = `$(discard) ${vscode.l10n.t("Discarded: bring back")}`;
  item.command = "docwright.bringBack";
  let last: KeptProposal | undefined;
  let hiding: NodeJS.Timeout | undefined;
  const set = (proposal: KeptProposal | undefined) => {
    last = proposal;
    clearTimeout(hiding);
    item.hide();
    void vscode.commands.executeCommand("setContext", "docwright.discarded", proposal !== undefined);
  };
  return {
    keep(change) {
      if (!change.hasCode || change.phase.kind !== "ready") return;
      set(change.toKept());
      item.tooltip = vscode.l10n.t(
        "Proposes the discarded code for {0} again",
        vscode.workspace.asRelativePath(change.main.uri),
      );
      item.show();
      hiding = setTimeout(() => {
        item.hide();
      }, shownMilliseconds);
    },
    async bringBack(propose) {
      const proposal = last;
      if (proposal && (await propose(proposal))) set(undefined);
    },
    dispose() {
      clearTimeout(hiding);
      item.dispose();
    },
  };
}
