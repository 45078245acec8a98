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
