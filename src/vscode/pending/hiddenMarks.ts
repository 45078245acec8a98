/** Shows in a pending change what its new lines hide: each hidden character by its code point, each name of several alphabets framed. */
import * as vscode from "vscode";
import { findHiddenCharacters, findMixedNames } from "../../core/answer/hiddenCharacters";
import type { LineRange } from "../../core/generate/preview";

export interface HiddenMarks {
  set(editor: vscode.TextEditor, added: readonly LineRange[]): void;
  dispose(): void;
}

export function createHiddenMarks(): HiddenMarks {
  const frame = {
    border: "1px solid",
    borderColor: new vscode.ThemeColor("editorUnicodeHighlight.border"),
    overviewRulerColor: new vscode.ThemeColor("editorWarning.foreground"),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
  const hidden = vscode.window.createTextEditorDecorationType({
    ...frame,
    before: { color: new vscode.ThemeColor("editorWarning.foreground") },
  });
  const mixed = vscode.window.createTextEditorDecorationType(frame);
  return {
    set(editor, added) {
      const lines = added.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, index) => start + index),
      );
      const marks = (find: (text: string) => readonly Found[], made: (name: string) => Look) =>
        lines.flatMap((line) =>
          find(editor.document.lineAt(line).text).map(({ start, end, name }) => ({
            range: new vscode.Range(line, start, line, end),
            ...made(name),
          })),
        );
      editor.setDecorations(
        hidden,
        marks(findHiddenCharacters, (name) => ({
          renderOptions: { before: { contentText: name } },
          hoverMessage: vscode.l10n.t("A hidden character: {0}", name),
        })),
      );
      editor.setDecorations(
        mixed,
        marks(findMixedNames, (name) => ({
          hoverMessage: vscode.l10n.t("Letters of several alphabets: {0}", codePoints(name)),
        })),
      );
    },
    dispose() {
      hidden.dispose();
      mixed.dispose();
    },
  };
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

type Look = Omit<vscode.DecorationOptions, "range">;

/** Letters beyond ASCII by their code points: `p[U+0430]ypal`. */
function codePoints(name: string): string {
  return name.replace(
    /[^\u0020-\u007e]/gu,
    (letter) => `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}
