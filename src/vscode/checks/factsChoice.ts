import * as vscode from "vscode";
import type { CheckRequest } from "../../core/checks/checkReport";
import type { Settings } from "../settings";

/**
 * What goes with every check: the person's own facts. A relative path means the file of that name in the workspace folder, which not every
 * project needs to have; an absolute one has to be there.
 */
export async function factsChoice({ factsFile }: Settings): Promise<Pick<CheckRequest, "factsFile">> {
  if (factsFile === undefined) return {};
  if (/^(?:[\\/]|[a-zA-Z]:)/.test(factsFile)) return { factsFile };
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = folder && vscode.Uri.joinPath(folder, factsFile);
  const isThere =
    file &&
    (await vscode.workspace.fs.stat(file).then(
      () => true,
      () => false,
    ));
  return isThere ? { factsFile: file.fsPath } : {};
}
