import * as vscode from "vscode";
import type { SelectionContext } from "../core/answer/answer";

/** The editor's selection with the whole text around it; the prompt takes from that what fits. */
export function selectionContext(editor: vscode.TextEditor): SelectionContext {
  return rangeContext(editor.document, editor.selection);
}

/** The same for any range of a document; an empty range is a caret. */
export function rangeContext(document: vscode.TextDocument, range: vscode.Range): SelectionContext {
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  const text = document.getText();
  // Whole lines are selected up to the start of the next one, which is not part of them.
  const endsBefore = range.end.character === 0 && range.end.line > range.start.line;
  return {
    text: text.slice(start, end),
    languageId: document.languageId,
    ...(document.uri.scheme !== "untitled" && { file: vscode.workspace.asRelativePath(document.uri, false) }),
    startLine: range.start.line + 1,
    endLine: range.end.line + (endsBefore ? 0 : 1),
    before: text.slice(0, start),
    after: text.slice(end),
  };
}
