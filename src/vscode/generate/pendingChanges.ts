/** Owns the pending changes of this window: opening, accepting, discarding, keeping. */
import * as vscode from "vscode";
import { positionOf } from "../../core/generate/textEdit";
import type { Log } from "../log";
import { createKeptProposals, type KeptProposals } from "./keptProposals";
import { PendingChange, pendingScheme, type KeptProposal } from "./pendingChange";
import { registerPendingLenses } from "./pendingLenses";
import { closeTabs, createPreviews, type Previews } from "./previews";
import { isReadOnly } from "./readOnly";

export interface PendingChanges {
  open(proposal: KeptProposal): PendingChange;
  show(change: PendingChange, preserveFocus: boolean): Promise<void>;
  /** The change of a preview, of a document, of the active editor, or the only one there is. */
  find(uri?: vscode.Uri): PendingChange | undefined;
  /** True when the document has the code now. */
  accept(change: PendingChange): Promise<boolean>;
  discard(change: PendingChange): Promise<void>;
  /** Writes what is pending to disk. */
  keep(): void;
  /** Offers what an earlier run of the editor left. */
  restore(): Promise<void>;
  readonly settled: () => Promise<void>;
  dispose(): void;
}

export interface PendingChangesProps {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
}

export function createPendingChanges({ context, log }: PendingChangesProps): PendingChanges {
  const changes = new Map<number, PendingChange>();
  const previews = createPreviews(context.extensionUri);
  const kept = createKeptProposals(context.storageUri ?? context.globalStorageUri, log);
  let nextId = 1;

  const ofPreview = (uri: vscode.Uri) =>
    [...changes.values()].find((change) => change.previewUri.toString() === uri.toString());
  const ofDocument = (uri: vscode.Uri) =>
    [...changes.values()].find((change) => change.uri.toString() === uri.toString());
  const find = (uri = vscode.window.activeTextEditor?.document.uri) => {
    const own = uri && (ofPreview(uri) ?? ofDocument(uri));
    return own ?? (changes.size === 1 ? [...changes.values()][0] : undefined);
  };
  const close = async (id: number, change: PendingChange) => {
    changes.delete(id);
    change.dispose();
    await previews.remove(change);
    await setContext(changes.size > 0);
    kept.keep(changes.values());
  };
  const idOf = (change: PendingChange) => Number(change.previewUri.query);

  const subscriptions = [
    previews,
    registerPendingLenses({ previews, find: ofPreview }),
    vscode.workspace.onDidChangeTextDocument((event) => ofDocument(event.document.uri)?.follow(event)),
  ];

  const open = (proposal: KeptProposal) => {
    const change = new PendingChange({ id: nextId++, proposal });
    changes.set(idOf(change), change);
    previews.add(change);
    void setContext(true);
    return change;
  };

  return {
    open,
    show: (change, preserveFocus) => previews.show(change, preserveFocus),
    find,
    async accept(change) {
      if (!(await mayAccept(change))) return false;
      const inserted = await apply(change);
      if (inserted === undefined) return false;
      // The document first, so that no other tab flashes up when the preview goes.
      await vscode.window.showTextDocument(inserted.document, { preview: false, selection: inserted.caret });
      await close(idOf(change), change);
      return true;
    },
    async discard(change) {
      const active = vscode.window.activeTextEditor?.document.uri.toString();
      if (active === change.previewUri.toString()) await showDocument(change.uri);
      await close(idOf(change), change);
    },
    keep: () => kept.keep(changes.values()),
    restore: () => restore(kept, open, previews, (change) => close(idOf(change), change)),
    settled: () => kept.settled(),
    dispose() {
      for (const change of changes.values()) change.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

const setContext = (pending: boolean) =>
  vscode.commands.executeCommand("setContext", "docwright.pending", pending);

/** A half answer and a place that was edited meanwhile are taken only after another look. */
async function mayAccept(change: PendingChange): Promise<boolean> {
  if (change.phase.kind === "working") return false;
  if (!change.hasCode) return false;
  if (await isReadOnly(change.uri)) {
    await offerFile(change, vscode.l10n.t("The file is read-only now; nothing was changed."));
    return false;
  }
  const doubt =
    change.phase.kind === "failed"
      ? vscode.l10n.t("The answer was broken off; the code may be incomplete.")
      : change.touched
        ? vscode.l10n.t("The selected code was edited since. Accepting replaces it as the preview shows.")
        : undefined;
  if (doubt === undefined) return true;
  const accept = vscode.l10n.t("Accept");
  return (await vscode.window.showWarningMessage(doubt, { modal: true }, accept)) === accept;
}

interface Inserted {
  readonly document: vscode.TextDocument;
  readonly caret: vscode.Range;
}

/** One workspace edit is one undo stop. Undefined when the document is gone or refused it; the proposal stays then. */
async function apply(change: PendingChange): Promise<Inserted | undefined> {
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(change.uri);
  } catch {
    await offerFile(change, vscode.l10n.t("The file is gone; nothing was changed."));
    return undefined;
  }
  const text = document.getText().replaceAll("\r\n", "\n");
  const { edits } = change.render(text);
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text: newText } of edits) {
    edit.replace(document.uri, new vscode.Range(positionAt(text, start), positionAt(text, end)), newText);
  }
  const main = [...edits].sort((left, right) => right.text.length - left.text.length)[0];
  if (!main || !(await vscode.workspace.applyEdit(edit))) {
    await offerFile(change, vscode.l10n.t("The editor did not take the change; nothing was changed."));
    return undefined;
  }
  const before = edits.filter((each) => each.start < main.start);
  const shift = before.reduce((sum, each) => sum + each.text.length - (each.end - each.start), 0);
  const after = document.getText().replaceAll("\r\n", "\n");
  const caret = positionAt(after, main.start + shift + main.text.trimEnd().length);
  return { document, caret: new vscode.Range(caret, caret) };
}

function positionAt(text: string, offset: number): vscode.Position {
  const { line, character } = positionOf(text, offset);
  return new vscode.Position(line, character);
}

/** Where the proposal cannot go, its code can still be had. */
async function offerFile(change: PendingChange, message: string): Promise<void> {
  const openFile = vscode.l10n.t("Open the proposal as a new file");
  if ((await vscode.window.showErrorMessage(message, openFile)) !== openFile) return;
  const document = await vscode.workspace.openTextDocument({
    language: change.languageId,
    content: change.code,
  });
  await vscode.window.showTextDocument(document);
}

async function showDocument(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  } catch {
    // the file is gone, so there is nothing to return to
  }
}

async function restore(
  kept: KeptProposals,
  open: (proposal: KeptProposal) => PendingChange,
  previews: Previews,
  close: (change: PendingChange) => Promise<void>,
): Promise<void> {
  await closeTabs((uri) => uri.scheme === pendingScheme);
  for (const proposal of await kept.load()) {
    const change = open(proposal);
    if (!proposal.complete) {
      change.fail({
        kind: "unexpected",
        cause: vscode.l10n.t("The editor was closed while the model wrote."),
      });
    }
    const show = vscode.l10n.t("Show");
    const discard = vscode.l10n.t("Discard");
    const name = vscode.workspace.asRelativePath(change.uri);
    void vscode.window
      .showInformationMessage(
        vscode.l10n.t("A pending change for {0} was kept from the last time.", name),
        show,
        discard,
      )
      .then(async (chosen) => {
        if (chosen === show) await previews.show(change, false);
        else if (chosen === discard) await close(change);
      });
  }
}
