/** Marks of provenance that stay after the accept, where the setting asks for it: beside the lines of the file, with the same hover. */
import * as vscode from "vscode";
import type { LineOrigin } from "../../core/answer/lineOrigins";
import type { Passage } from "../../core/search/passage";
import { originMarkdown } from "../pending/provenance";
import { keptOrigins, type AcceptedChange } from "./acceptedChange";
import type { AcceptedStore } from "./acceptedStore";

export interface KeptMarksProps {
  readonly extensionUri: vscode.Uri;
  readonly store: AcceptedStore;
  readonly isWanted: () => boolean;
  /** Fires when `isWanted` may have changed. */
  readonly onDidChangeWanted: vscode.Event<void>;
}

/** Milliseconds after an edit: a mark may come a moment late, typing may not. */
const settling = 300;

interface Mark {
  readonly origin: LineOrigin;
  readonly passages: readonly Passage[];
}

export function createKeptMarks(props: KeptMarksProps): vscode.Disposable {
  const { extensionUri, store, isWanted, onDidChangeWanted } = props;
  const kinds = ["documents", "project", "model"] as const;
  const types = new Map(
    kinds.map((kind) => [
      kind,
      vscode.window.createTextEditorDecorationType({
        gutterIconPath: vscode.Uri.joinPath(extensionUri, "media", `kept-${kind}.svg`),
        gutterIconSize: "60%",
      }),
    ]),
  );
  let accepted: readonly AcceptedChange[] = [];
  const timers = new Map<string, NodeJS.Timeout>();

  const marksOf = (document: vscode.TextDocument): ReadonlyMap<number, Mark> => {
    const marks = new Map<number, Mark>();
    if (!isWanted()) return marks;
    const uri = document.uri.toString();
    const own = accepted.flatMap(({ files, passages }) =>
      files.filter((file) => file.uri === uri).map((file) => ({ file, passages })),
    );
    if (own.length === 0) return marks;
    const lines = document.getText().split(/\r?\n/);
    // The latest first, and what a later change put there wins.
    for (const { file, passages } of own) {
      for (const [line, origin] of keptOrigins(lines, file)) {
        if (!marks.has(line)) marks.set(line, { origin, passages });
      }
    }
    return marks;
  };
  const draw = (editor: vscode.TextEditor) => {
    const marks = [...marksOf(editor.document)];
    for (const [kind, type] of types) {
      const ranges = marks
        .filter(([, { origin }]) => origin.kind === kind)
        .map(([line]) => new vscode.Range(line, 0, line, 0));
      editor.setDecorations(type, ranges);
    }
  };
  const drawAll = () => vscode.window.visibleTextEditors.forEach(draw);
  const read = async () => {
    accepted = isWanted() ? await store.list() : [];
    drawAll();
  };
  const drawSoon = (document: vscode.TextDocument) => {
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    const later = () => {
      timers.delete(key);
      vscode.window.visibleTextEditors.filter((editor) => editor.document === document).forEach(draw);
    };
    timers.set(key, setTimeout(later, settling));
  };

  void read();
  return vscode.Disposable.from(
    ...types.values(),
    store.onDidChange(() => void read()),
    onDidChangeWanted(() => void read()),
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (accepted.length > 0) drawSoon(document);
    }),
    vscode.languages.registerHoverProvider([{ scheme: "file" }, { scheme: "untitled" }], {
      provideHover(document, { line }) {
        if (accepted.length === 0) return undefined;
        const mark = marksOf(document).get(line);
        const text = document.lineAt(line).text;
        return mark && new vscode.Hover(originMarkdown(mark.origin, mark.passages, text));
      },
    }),
    { dispose: () => timers.forEach((timer) => clearTimeout(timer)) },
  );
}
