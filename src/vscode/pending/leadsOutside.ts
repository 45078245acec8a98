import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import type * as vscode from "vscode";
import { isBelow } from "../../core/project/isBelow";

/**
 * Whether a file that an answer names would be written outside of the folder: links on its way are followed, which its name does not show.
 * Files of other schemes than `file` have no links that could be seen.
 */
export async function leadsOutside(file: vscode.Uri, folder: vscode.Uri): Promise<boolean> {
  if (file.scheme !== "file") return false;
  try {
    return !isBelow(path.relative(await realpath(folder.fsPath), await realPathOf(file.fsPath)));
  } catch {
    return true;
  }
}

/** Of a file that may be new: its nearest folder that is there, and the rest of the way as it is. */
async function realPathOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    const folder = path.dirname(file);
    if (folder === file || !isMissing(error)) throw error;
    if (await isThere(file)) throw error; // a link to what is not there yet, which would be made where it leads
    return path.join(await realPathOf(folder), path.basename(file));
  }
}

const isThere = (file: string) =>
  lstat(file).then(
    () => true,
    () => false,
  );

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";
