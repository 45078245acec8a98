/** Shows pending changes: their read-only documents, the marks on their lines, and their tabs. */
import * as vscode from "vscode";
import type { LineRange } from "../../core/generate/preview";
import { textOf } from "./documentTexts";
import { createHiddenMarks } from "./hiddenMarks";
import type { PendingChange } from "./pendingChange";
import { pendingScheme, type PendingFile, type Rendered } from "./pendingFile";

/** At most one new rendering of a small file in this many milliseconds; large files wait ten times as long. */
const renderInterval = 80;
const largeText = 200_000;

/** Files as they will be when all is accepted. */
const proposedScheme = "docwright-proposed";
const proposedUri = ({ uri, previewUri }: PendingFile) =>
  vscode.Uri.from({ scheme: proposedScheme, path: uri.path, query: previewUri.query });

export interface Previews {
  add(change: PendingChange): void;
  remove(change: PendingChange): Promise<void>;
  /** Opens the file's preview at a line of it, or at the proposal. */
  show(file: PendingFile, preserveFocus: boolean, line?: number): Promise<void>;
  /** What the preview shows now. */
  rendered(file: PendingFile): Rendered | undefined;
  /** Renders soon what changed. */
  schedule(change: PendingChange): void;
  /** Renders at once what waits for its turn. */
  refresh(change: PendingChange): Promise<void>;
  /** The file beside the file with all that is pending, in the editor's own diff. */
  showDiff(file: PendingFile): Promise<void>;
  readonly onDidRender: vscode.Event<PendingFile>;
  dispose(): void;
}

interface Shown {
  readonly change: PendingChange;
  readonly file: PendingFile;
  rendered?: Rendered;
  /** The first line in view, and whether the person has scrolled up from what is being written. */
  firstVisible?: number;
  isLeft?: boolean;
  timer?: NodeJS.Timeout | undefined;
}

export function createPreviews(extensionUri: vscode.Uri): Previews {
  const shown = new Map<string, Shown>();
  const contentChanged = new vscode.EventEmitter<vscode.Uri>();
  const proposedChanged = new vscode.EventEmitter<vscode.Uri>();
  const didRender = new vscode.EventEmitter<PendingFile>();
  const followed = new Map<number, vscode.Disposable>();
  const marks = createMarks(extensionUri);

  const render = async (entry: Shown) => {
    entry.timer = undefined;
    const { change, file } = entry;
    const text = await textOf(file);
    if (text === undefined || !shown.has(file.previewUri.toString())) return;
    entry.rendered = change.render(file, text);
    contentChanged.fire(file.previewUri);
    // A preview whose text stays gets its marks here; otherwise they come with the new text.
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() === file.previewUri.toString()) mark(editor);
    }
    if (file.hunks.length > 0) proposedChanged.fire(proposedUri(file));
    didRender.fire(file);
  };
  const schedule = (entry: Shown) => {
    const length = entry.rendered?.preview.text.length ?? 0;
    entry.timer ??= setTimeout(
      () => void render(entry),
      length > largeText ? renderInterval * 10 : renderInterval,
    );
  };
  /** The entries of a change's files; files that an earlier answer had go with their tabs. */
  const entriesOf = (change: PendingChange): readonly Shown[] => {
    const keys = new Set(change.files.map(({ previewUri }) => previewUri.toString()));
    const isOld = (entry: Shown, key: string) => entry.change === change && !keys.has(key);
    const old = [...shown].filter(([key, entry]) => isOld(entry, key));
    for (const [key, { timer }] of old) {
      clearTimeout(timer);
      shown.delete(key);
    }
    if (old.length > 0) void closeTabs((uri) => old.some(([key]) => key === uri.toString()));
    return change.files.map((file) => {
      const key = file.previewUri.toString();
      const known = shown.get(key);
      const entry = known?.file === file ? known : { change, file };
      shown.set(key, entry);
      return entry;
    });
  };
  const mark = (editor: vscode.TextEditor) => {
    const entry = shown.get(editor.document.uri.toString());
    if (entry?.rendered?.preview.text !== editor.document.getText()) return;
    marks.set(editor, entry.rendered, entry.file);
    marks.setStatus(editor, entry);
    if (entry.change.phase.kind === "working" && entry.isLeft !== true) followWriting(editor, entry.rendered);
  };
  /** Writing only ever moves the view down: who moves it up wants to read, until the end is in view again. */
  const noteScrolling = (editor: vscode.TextEditor, visible: vscode.Range | undefined) => {
    const entry = shown.get(editor.document.uri.toString());
    if (!entry?.rendered || !visible) return;
    if (visible.end.line >= lastWritten(entry.rendered)) entry.isLeft = false;
    else if (visible.start.line < (entry.firstVisible ?? 0)) entry.isLeft = true;
    entry.firstVisible = visible.start.line;
  };

  const subscriptions = [
    contentChanged,
    didRender,
    marks,
    vscode.workspace.registerTextDocumentContentProvider(pendingScheme, {
      onDidChange: contentChanged.event,
      provideTextDocumentContent: (uri) => shown.get(uri.toString())?.rendered?.preview.text ?? "",
    }),
    proposedChanged,
    vscode.workspace.registerTextDocumentContentProvider(proposedScheme, {
      onDidChange: proposedChanged.event,
      async provideTextDocumentContent(uri) {
        const entry = [...shown.values()].find(
          (each) => proposedUri(each.file).toString() === uri.toString(),
        );
        const text = entry && (await textOf(entry.file));
        return text === undefined ? "" : entry?.file.proposed(text);
      },
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme !== pendingScheme) return;
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) mark(editor);
    }),
    vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(mark)),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) =>
      noteScrolling(textEditor, visibleRanges[0]),
    ),
  ];

  return {
    schedule: (change) => entriesOf(change).forEach(schedule),
    add(change) {
      entriesOf(change);
      followed.set(
        change.id,
        change.onDidChange(() => entriesOf(change).forEach(schedule)),
      );
    },
    async remove(change) {
      followed.get(change.id)?.dispose();
      followed.delete(change.id);
      const own = [...shown.values()].filter((entry) => entry.change === change);
      for (const { file, timer } of own) {
        clearTimeout(timer);
        shown.delete(file.previewUri.toString());
      }
      const uris = new Set(own.map(({ file }) => file.previewUri.toString()));
      await closeTabs((uri) => uris.has(uri.toString()));
    },
    async show(file, preserveFocus, wanted) {
      const entry = shown.get(file.previewUri.toString());
      if (!entry) return;
      await render(entry);
      const opened = await vscode.workspace.openTextDocument(file.previewUri);
      const document =
        opened.languageId === file.languageId
          ? opened
          : await vscode.languages.setTextDocumentLanguage(opened, file.languageId);
      const line = wanted ?? entry.rendered?.line ?? 0;
      const editor = await vscode.window.showTextDocument(document, {
        preserveFocus,
        preview: false,
        selection: new vscode.Range(line, 0, line, 0),
      });
      mark(editor);
    },
    async refresh(change) {
      await Promise.all(entriesOf(change).map(render));
    },
    async showDiff(file) {
      const name = file.uri.path.slice(file.uri.path.lastIndexOf("/") + 1);
      const base = file.isNew ? vscode.Uri.from({ scheme: proposedScheme, path: `/${name}` }) : file.uri;
      await vscode.commands.executeCommand(
        "vscode.diff",
        base,
        proposedUri(file),
        vscode.l10n.t("{0} ↔ with the pending change", name),
      );
    },
    rendered: (file) => shown.get(file.previewUri.toString())?.rendered,
    onDidRender: didRender.event,
    dispose() {
      for (const { timer } of shown.values()) clearTimeout(timer);
      for (const subscription of followed.values()) subscription.dispose();
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

const lastWritten = ({ preview }: Rendered) => Math.max(0, ...preview.added.map((range) => range.end - 1));

/** Keeps the last written line in view. */
function followWriting(editor: vscode.TextEditor, rendered: Rendered): void {
  const last = lastWritten(rendered);
  const visible = editor.visibleRanges.at(-1);
  if (visible && last > visible.end.line)
    editor.revealRange(new vscode.Range(last + 2, 0, last + 2, 0), vscode.TextEditorRevealType.Default);
}

/**
 * Signs in the gutter go with the colours, so that no one depends on telling red from green; the sign of a new line also says what it
 * rests on: a dot for the documents, a ring for the project's own code, a cross for the model alone.
 */
function createMarks(extensionUri: vscode.Uri) {
  // The bar at the left, for themes without those backgrounds.
  const style = (kind: "inserted" | "removed", ruler: string, icon: string) =>
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor(`diffEditor.${kind}LineBackground`),
      borderStyle: "solid",
      borderWidth: "0 0 0 2px",
      borderColor: new vscode.ThemeColor(
        kind === "inserted" ? "editorGutter.addedBackground" : "editorGutter.deletedBackground",
      ),
      gutterIconPath: vscode.Uri.joinPath(extensionUri, "media", icon),
      gutterIconSize: "70%",
      overviewRulerColor: new vscode.ThemeColor(ruler),
      overviewRulerLane: vscode.OverviewRulerLane.Full,
      ...(kind === "removed" && { textDecoration: "line-through", opacity: "0.75" }),
    });
  const ruler = "diffEditorOverview.insertedForeground";
  const added = {
    none: style("inserted", ruler, "added.svg"),
    documents: style("inserted", ruler, "added-documents.svg"),
    project: style("inserted", ruler, "added-project.svg"),
    model: style("inserted", ruler, "added-model.svg"),
  };
  const removed = style("removed", "diffEditorOverview.removedForeground", "removed.svg");
  // The editor asks for lenses only when a document has been still for a while, which one that is being written never is.
  const status = vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor("editorCodeLens.foreground"), margin: "0 0 0 3em" },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const hidden = createHiddenMarks();
  const ranges = (lines: readonly LineRange[]) =>
    lines.map(({ start, end }) => new vscode.Range(start, 0, end - 1, 0));
  return {
    set(editor: vscode.TextEditor, { preview }: Rendered, { origins }: PendingFile) {
      const byKind = { none: [], documents: [], project: [], model: [] } as Record<
        keyof typeof added,
        vscode.Range[]
      >;
      for (const { start, end } of preview.added) {
        for (let line = start; line < end; line++) {
          const kind = origins.get(editor.document.lineAt(line).text.trim())?.kind ?? "none";
          byKind[kind].push(new vscode.Range(line, 0, line, 0));
        }
      }
      for (const kind of ["none", "documents", "project", "model"] as const) {
        editor.setDecorations(added[kind], byKind[kind]);
      }
      editor.setDecorations(removed, ranges(preview.removed));
      hidden.set(editor, preview.added);
    },
    /** What the model is doing and what ends it, behind the last written line. */
    setStatus(editor: vscode.TextEditor, { change: { phase }, rendered }: Shown) {
      const isWriting = phase.kind === "working" && phase.status === "writing";
      const line = rendered ? Math.min(lastWritten(rendered), editor.document.lineCount - 1) : 0;
      const range = editor.document.lineAt(line).range;
      const contentText = vscode.l10n.t("Writing, Esc cancels");
      editor.setDecorations(status, isWriting ? [{ range, renderOptions: { after: { contentText } } }] : []);
    },
    dispose() {
      for (const type of [...Object.values(added), removed, status, hidden]) type.dispose();
    },
  };
}
