/** The editor that the chat works with: the last one that was active. Its selection goes along with questions, code is inserted into it. */
import * as vscode from "vscode";
import type { SelectionContext } from "../../core/answer/answer";
import type { AttachedCode } from "../../protocol/chat";
import { placeIn, unitOf, type EditorPlace } from "../generate/editorPlace";
import { selectionContext } from "../selection";
import { attachedCode, indentFurtherLines } from "./attachedCode";

export interface EditorTarget {
  readonly document: () => vscode.TextDocument | undefined;
  /** The selection as it goes along with a question, unless there is none or the person took it away. */
  readonly selection: () => SelectionContext | undefined;
  /** The same for showing; its text may be shortened. */
  readonly attached: () => AttachedCode | undefined;
  /** Takes the selection away until it changes. */
  remove(): void;
  /** Where code would go; undefined when there is no editor for it. */
  readonly place: () => EditorPlace | undefined;
  /** Puts code at the caret, in the place of the selection, as one step of undo. False when there is no editor for it. */
  insert(code: string): Promise<boolean>;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/** Milliseconds after which a selection counts as made. */
const settleTime = 150;
const shownCharacters = 600;

export function createEditorTarget(): EditorTarget {
  const changed = new vscode.EventEmitter<void>();
  let editor = ownEditor(vscode.window.activeTextEditor);
  let removed: string | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  const change = () => {
    clearTimeout(settling);
    settling = setTimeout(() => changed.fire(), settleTime);
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.window.onDidChangeActiveTextEditor((active) => {
      const own = ownEditor(active);
      if (!own) return; // the chat itself or an output took the focus
      editor = own;
      change();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === editor) change();
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document !== editor?.document) return;
      editor = undefined;
      change();
    }),
  );

  const selected = () => {
    if (!editor || editor.selection.isEmpty || nameOf(editor) === removed) return undefined;
    return editor.document.getText(editor.selection).trim() === "" ? undefined : editor;
  };

  return {
    document: () => editor?.document,
    selection() {
      const from = selected();
      return from && selectionContext(from);
    },
    attached() {
      const from = selected();
      if (!from) return undefined;
      const whole = attachedCode(selectionContext(from), from.document.fileName);
      return { ...whole, text: whole.text.slice(0, shownCharacters) };
    },
    remove() {
      removed = editor && nameOf(editor);
      changed.fire();
    },
    place: () => editor && placeIn(editor.document, editor.selection, unitOf(editor)),
    async insert(code) {
      if (!editor) return false;
      const { document, selection } = editor;
      const shown = await vscode.window.showTextDocument(document, {
        selection,
        ...(editor.viewColumn !== undefined && { viewColumn: editor.viewColumn }),
      });
      const line = document.lineAt(selection.start.line).text;
      const text = indentFurtherLines(code, line.slice(0, selection.start.character));
      return shown.edit((edit) => edit.replace(selection, text), {
        undoStopBefore: true,
        undoStopAfter: true,
      });
    },
    onDidChange: changed.event,
    dispose() {
      clearTimeout(settling);
      subscriptions.dispose();
    },
  };
}

/** Names one selection, to know whether it is still the one that was taken away. */
function nameOf({ document, selection }: vscode.TextEditor): string {
  const { start, end } = selection;
  return `${document.uri.toString()}#${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** An editor with text of the person's own, not an output, a passage or the like. */
function ownEditor(active: vscode.TextEditor | undefined): vscode.TextEditor | undefined {
  const schemes = ["file", "untitled", "vscode-remote", "vscode-vfs", "vscode-userdata"];
  return active && schemes.includes(active.document.uri.scheme) ? active : undefined;
}
