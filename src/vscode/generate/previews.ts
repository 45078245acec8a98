/** Shows pending changes: their read-only documents, the marks on their lines, and their tabs. */
import * as vscode from "vscode";
import type { LineRange } from "../../core/generate/preview";
import { pendingScheme, type PendingChange, type Rendered } from "./pendingChange";

/** At most one new rendering of a small file in this many milliseconds; large files wait ten times as long. */
const renderInterval = 80;
const largeText = 200_000;

export interface Previews {
  add(change: PendingChange): void;
  remove(change: PendingChange): Promise<void>;
  show(change: PendingChange, preserveFocus: boolean): Promise<void>;
  /** What the preview shows now. */
  rendered(change: PendingChange): Rendered | undefined;
  readonly onDidRender: vscode.Event<PendingChange>;
  dispose(): void;
}

interface Shown {
  readonly change: PendingChange;
  readonly subscription: vscode.Disposable;
  rendered?: Rendered;
  timer?: NodeJS.Timeout | undefined;
}

export function createPreviews(extensionUri: vscode.Uri): Previews {
  const shown = new Map<string, Shown>();
  const contentChanged = new vscode.EventEmitter<vscode.Uri>();
  const didRender = new vscode.EventEmitter<PendingChange>();
  const marks = createMarks(extensionUri);

  const render = async (entry: Shown) => {
    entry.timer = undefined;
    const text = await textOf(entry.change.uri);
    if (text === undefined || !shown.has(entry.change.previewUri.toString())) return;
    entry.rendered = entry.change.render(text);
    contentChanged.fire(entry.change.previewUri);
    didRender.fire(entry.change);
  };
  const schedule = (entry: Shown) => {
    const length = entry.rendered?.preview.text.length ?? 0;
    entry.timer ??= setTimeout(
      () => void render(entry),
      length > largeText ? renderInterval * 10 : renderInterval,
    );
  };
  const mark = (editor: vscode.TextEditor) => {
    const entry = shown.get(editor.document.uri.toString());
    if (entry?.rendered?.preview.text !== editor.document.getText()) return;
    marks.set(editor, entry.rendered);
    if (entry.change.phase.kind === "working") followWriting(editor, entry.rendered);
  };

  const subscriptions = [
    contentChanged,
    didRender,
    marks,
    vscode.workspace.registerTextDocumentContentProvider(pendingScheme, {
      onDidChange: contentChanged.event,
      provideTextDocumentContent: (uri) => shown.get(uri.toString())?.rendered?.preview.text ?? "",
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme !== pendingScheme) return;
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) mark(editor);
    }),
    vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(mark)),
  ];

  return {
    add(change) {
      const entry: Shown = { change, subscription: change.onDidChange(() => schedule(entry)) };
      shown.set(change.previewUri.toString(), entry);
    },
    async remove(change) {
      const entry = shown.get(change.previewUri.toString());
      if (!entry) return;
      clearTimeout(entry.timer);
      entry.subscription.dispose();
      shown.delete(change.previewUri.toString());
      await closeTabs((uri) => uri.toString() === change.previewUri.toString());
    },
    async show(change, preserveFocus) {
      const entry = shown.get(change.previewUri.toString());
      if (!entry) return;
      await render(entry);
      const opened = await vscode.workspace.openTextDocument(change.previewUri);
      const document =
        opened.languageId === change.languageId
          ? opened
          : await vscode.languages.setTextDocumentLanguage(opened, change.languageId);
      const line = entry.rendered?.line ?? 0;
      const editor = await vscode.window.showTextDocument(document, {
        preserveFocus,
        preview: false,
        selection: new vscode.Range(line, 0, line, 0),
      });
      mark(editor);
    },
    rendered: (change) => shown.get(change.previewUri.toString())?.rendered,
    onDidRender: didRender.event,
    dispose() {
      for (const { subscription, timer } of shown.values()) {
        clearTimeout(timer);
        subscription.dispose();
      }
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** Closes tabs of pending changes; after a restart of the editor they are shells without content. */
export async function closeTabs(isMeant: (uri: vscode.Uri) => boolean): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.scheme === pendingScheme && isMeant(input.uri),
    );
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, false);
}

/** The document's text as it is in the editor, or on disk when it is not open; undefined when it is gone. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

/** Keeps the last written line in view, unless the person has scrolled away from it. */
function followWriting(editor: vscode.TextEditor, { preview }: Rendered): void {
  const last = Math.max(0, ...preview.added.map((range) => range.end - 1));
  const visible = editor.visibleRanges.at(-1);
  if (visible && last > visible.end.line && last - visible.end.line < 4) {
    editor.revealRange(new vscode.Range(last + 2, 0, last + 2, 0), vscode.TextEditorRevealType.Default);
  }
}

/** Signs in the gutter go with the colours, so that no one depends on telling red from green. */
function createMarks(extensionUri: vscode.Uri) {
  const style = (kind: "inserted" | "removed", ruler: string, icon: string) =>
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor(`diffEditor.${kind}LineBackground`),
      gutterIconPath: vscode.Uri.joinPath(extensionUri, "media", icon),
      gutterIconSize: "70%",
      overviewRulerColor: new vscode.ThemeColor(ruler),
      overviewRulerLane: vscode.OverviewRulerLane.Full,
      ...(kind === "removed" && { textDecoration: "line-through", opacity: "0.75" }),
    });
  const added = style("inserted", "diffEditorOverview.insertedForeground", "added.svg");
  const removed = style("removed", "diffEditorOverview.removedForeground", "removed.svg");
  const ranges = (lines: readonly LineRange[]) =>
    lines.map(({ start, end }) => new vscode.Range(start, 0, end - 1, 0));
  return {
    set(editor: vscode.TextEditor, { preview }: Rendered) {
      editor.setDecorations(added, ranges(preview.added));
      editor.setDecorations(removed, ranges(preview.removed));
    },
    dispose() {
      added.dispose();
      removed.dispose();
    },
  };
}
