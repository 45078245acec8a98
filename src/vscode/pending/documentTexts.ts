import * as vscode from "vscode";
import type { PendingFile } from "./pendingFile";

/** The file's text as it is in the editor, or on disk when it is not open; undefined when it is gone, empty when it is still to come. */
export async function textOf({ uri, isNew }: PendingFile): Promise<string | undefined> {
  if (isNew) return "";
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

export function positionAt(document: vscode.TextDocument, offset: number): vscode.Position {
  const perLine = document.eol === vscode.EndOfLine.CRLF;
  if (!perLine) return document.positionAt(offset);
  const before = document.getText().replaceAll("\r\n", "\n").slice(0, offset);
  const line = before.split("\n").length - 1;
  return new vscode.Position(line, offset - (before.lastIndexOf("\n") + 1));
}
