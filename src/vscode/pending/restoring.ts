/** Takes up what an earlier run of the editor left pending, and offers it. */
import * as vscode from "vscode";
import { textOf } from "./documentTexts";
import type { KeptProposal, PendingChange } from "./pendingChange";

/** What an earlier run of the editor left, as far as it had come. */
export async function takeUp(
  change: PendingChange,
  proposal: KeptProposal,
  settle: (change: PendingChange) => Promise<void>,
): Promise<void> {
  if (!proposal.complete) {
    change.fail({
      kind: "unexpected",
      cause: vscode.l10n.t("The editor was closed while the model wrote."),
    });
  }
  if (proposal.files) await change.takeKept(proposal.files, textOf);
  else await settle(change);
}

/** Asks what to do with it; nothing is decided until the person answers. */
export function offer(change: PendingChange, show: () => Promise<void>, discard: () => Promise<void>): void {
  const showIt = vscode.l10n.t("Show");
  const discardIt = vscode.l10n.t("Discard");
  const name = vscode.workspace.asRelativePath(change.main.uri);
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t("A pending change for {0} was kept from the last time.", name),
      showIt,
      discardIt,
    )
    .then(async (chosen) => {
      if (chosen === showIt) await show();
      else if (chosen === discardIt) await discard();
    });
}
