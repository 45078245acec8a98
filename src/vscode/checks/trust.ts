/** Says once a workspace that checking runs parts of the project. */
import * as vscode from "vscode";
import { settingsSection } from "../settings";

const toldKey = "docwright.checks.told";

/** Not awaited by anybody: the message waits for a click. In an untrusted workspace nothing of the project runs, so nothing is said. */
export function tellOfTrust(workspaceState: vscode.Memento): void {
  if (!vscode.workspace.isTrusted || workspaceState.get(toldKey) === true) return;
  void workspaceState.update(toldKey, true);
  const off = vscode.l10n.t("Do not check");
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t(
        "Docwright compiles generated code with this project's JDK and class path before you read it. For that the project's own Maven and annotation processors may run, because you trust this workspace.",
      ),
      vscode.l10n.t("OK"),
      off,
    )
    .then((chosen) =>
      chosen === off
        ? vscode.workspace
            .getConfiguration(settingsSection)
            .update("checks", "off", vscode.ConfigurationTarget.Workspace)
        : undefined,
    );
}
