import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import * as vscode from "vscode";

/** True for a document that cannot be changed: its provider or its file says so. An untitled one always can. */
export async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === "untitled") return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return true;
  if (uri.scheme === "file") return !(await isWritableFile(uri.fsPath));
  const { permissions } = await vscode.workspace.fs.stat(uri);
  return permissions === vscode.FilePermission.Readonly;
}

/** The mode counts beside the access: root may write to all files, but one without any write bit is meant to stay. */
async function isWritableFile(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return ((await stat(path)).mode & 0o222) !== 0;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT";
  }
}

/** True for a file that no code can go into; the person is told. */
export async function refuseReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (!(await isReadOnly(uri))) return false;
  void vscode.window.showErrorMessage(
    vscode.l10n.t("{0} is read-only, so no code can go into it.", vscode.workspace.asRelativePath(uri)),
  );
  return true;
}
