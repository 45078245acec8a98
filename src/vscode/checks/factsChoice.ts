import * as vscode from "vscode";
import type { CheckRequest } from "../../core/checks/checkReport";
import type { Settings } from "../settings";

/** What goes with every check: the person's own facts, from a path that may be relative to the workspace folder. */
export function factsChoice({ factsFile }: Settings): Pick<CheckRequest, "factsFile"> {
  if (factsFile === undefined) return {};
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const isAbsolute = /^(?:[\\/]|[a-zA-Z]:)/.test(factsFile);
  return { factsFile: isAbsolute || !folder ? factsFile : vscode.Uri.joinPath(folder, factsFile).fsPath };
}
