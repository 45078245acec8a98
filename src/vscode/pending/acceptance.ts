/** Puts accepted hunks into their files: one workspace edit, so one undo takes all of it back, and all of it or nothing is there. */
import * as vscode from "vscode";
import { applyEdits } from "../../core/generate/textEdit";
import { positionAt } from "./documentTexts";
import type { PendingFile, PendingHunk } from "./pendingFile";
import { isReadOnly } from "./readOnly";

/** Hunks of one file that are accepted together. */
export interface AcceptedHunks {
  readonly file: PendingFile;
  readonly hunks: readonly PendingHunk[];
}

export type Acceptance =
  | { readonly accepted: true; readonly document: vscode.TextDocument; readonly caret: vscode.Range }
  /** Nothing was changed; why, in a sentence. */
  | { readonly accepted: false; readonly conflict: string };

export async function applyHunks(accepted: readonly AcceptedHunks[]): Promise<Acceptance> {
  const edit = new vscode.WorkspaceEdit();
  for (const { file, hunks } of accepted) {
    const conflict = file.isNew ? await createInto(edit, file, hunks) : await replaceInto(edit, file, hunks);
    if (conflict !== undefined) return { accepted: false, conflict };
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    return {
      accepted: false,
      conflict: vscode.l10n.t("The editor did not take the change; nothing was changed."),
    };
  }
  const [first] = accepted;
  if (!first) return { accepted: false, conflict: vscode.l10n.t("There is nothing left to accept.") };
  const document = await vscode.workspace.openTextDocument(first.file.uri);
  return { accepted: true, document, caret: caretAfter(document, first.hunks) };
}

async function replaceInto(
  edit: vscode.WorkspaceEdit,
  { uri }: PendingFile,
  hunks: readonly PendingHunk[],
): Promise<string | undefined> {
  if (await isReadOnly(uri)) {
    return vscode.l10n.t("{0} is read-only now; nothing was changed.", nameOf(uri));
  }
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    return vscode.l10n.t("{0} is gone; nothing was changed.", nameOf(uri));
  }
  for (const { range, text } of hunks) {
    edit.replace(
      uri,
      new vscode.Range(positionAt(document, range.start), positionAt(document, range.end)),
      text,
    );
  }
  return undefined;
}

async function createInto(
  edit: vscode.WorkspaceEdit,
  { uri }: PendingFile,
  hunks: readonly PendingHunk[],
): Promise<string | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
    return vscode.l10n.t("{0} exists by now; nothing was changed.", nameOf(uri));
  } catch {
    const edits = hunks.map(({ range, text }) => ({ start: range.start, end: range.end, text }));
    const eol = vscode.workspace.getConfiguration("files", uri).get("eol") === "\r\n" ? "\r\n" : "\n";
    const contents = new TextEncoder().encode(applyEdits("", edits).replaceAll("\n", eol));
    edit.createFile(uri, { contents, overwrite: false });
    return undefined;
  }
}

/** After the last word of the largest hunk. */
function caretAfter(document: vscode.TextDocument, hunks: readonly PendingHunk[]): vscode.Range {
  const main = [...hunks].sort((left, right) => right.text.length - left.text.length)[0];
  if (!main) return new vscode.Range(0, 0, 0, 0);
  const shift = hunks
    .filter(({ range }) => range.start < main.range.start)
    .reduce((sum, { range, text }) => sum + text.length - (range.end - range.start), 0);
  const caret = positionAt(document, main.range.start + shift + main.text.trimEnd().length);
  return new vscode.Range(caret, caret);
}

const nameOf = (uri: vscode.Uri) => vscode.workspace.asRelativePath(uri);
