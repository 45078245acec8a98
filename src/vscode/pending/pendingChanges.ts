/** Owns the pending changes of this window: opening, accepting, discarding, keeping. */
import * as vscode from "vscode";
import type { FilePlan, ProjectLayout } from "../../core/generate/filePlan";
import type { Placing } from "../../core/generate/placing";
import type { Log } from "../log";
import { applyHunks, type AcceptedHunks } from "./acceptance";
import { textOf } from "./documentTexts";
import { createKeptProposals } from "./keptProposals";
import { PendingChange, type Found, type KeptProposal } from "./pendingChange";
import { pendingScheme, type PendingFile } from "./pendingFile";
import { leadsOutside } from "./leadsOutside";
import { registerOriginHovers } from "./originHovers";
import { registerPendingLenses } from "./pendingLenses";
import { originsOf } from "./provenance";
import { closeTabs, createPreviews, type Previews } from "./previews";
import { refuseReadOnly } from "./readOnly";
import { offer, takeUp } from "./restoring";

export interface PendingChanges {
  open(proposal: KeptProposal): Promise<PendingChange>;
  /** Shows an answer that is there already as a pending change; false when the person keeps what is pending, or the file is read-only. */
  propose(proposal: KeptProposal): Promise<boolean>;
  /** False when the file has a pending change already that the person wants to keep. */
  makeRoom(uri: vscode.Uri): Promise<boolean>;
  show(change: PendingChange, preserveFocus: boolean): Promise<void>;
  /** The change of a preview, of a document, of the active editor, or the only one there is. */
  find(uri?: vscode.Uri): Found | undefined;
  /** Cuts the answer that ended into hunks. */
  settle(change: PendingChange): Promise<void>;
  /** The files as they would be with another answer; nothing is shown of it. */
  tryOut(change: PendingChange, answer: string): Promise<readonly ProposedText[]>;
  /** Accepts all that is left. True when the documents have it now. */
  accept(change: PendingChange): Promise<boolean>;
  discard(change: PendingChange): Promise<void>;
  /** True when the document has these hunks now. */
  acceptHunks(found: Found, ids: readonly number[]): Promise<boolean>;
  discardHunks(found: Found, ids: readonly number[]): Promise<void>;
  readonly previews: Previews;
  /** A change is new, shows another answer, or does something else to its files; also when only its remarks are others. */
  readonly onDidChange: vscode.Event<PendingChange>;
  readonly onDidClose: vscode.Event<PendingChange>;
  /** Writes what is pending to disk. */
  keep(): void;
  /** Offers what an earlier run of the editor left. */
  restore(): Promise<void>;
  readonly settled: () => Promise<void>;
  dispose(): void;
}

/** A file with all of an answer in it; `\n` line ends. */
export interface ProposedText {
  readonly uri: vscode.Uri;
  readonly before: string;
  readonly after: string;
}

export interface PendingChangesProps {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  /** Loads what places code in files. */
  readonly placing: () => Promise<Placing>;
  /** The files of the module that a file belongs to. */
  readonly layoutOf: (uri: vscode.Uri) => Promise<ProjectLayout | undefined>;
  /** Called when hunks are in their files, with what they rest on. */
  readonly accepted: (change: PendingChange, hunks: readonly AcceptedHunks[]) => void;
}

export function createPendingChanges({
  context,
  log,
  layoutOf,
  placing,
  accepted: noteAccepted,
}: PendingChangesProps): PendingChanges {
  const changes = new Map<number, PendingChange>();
  const previews = createPreviews(context.extensionUri);
  const kept = createKeptProposals(context.storageUri ?? context.globalStorageUri, log);
  const changed = new vscode.EventEmitter<PendingChange>();
  const closed = new vscode.EventEmitter<PendingChange>();
  let nextId = 1;

  const findWhere = (isMeant: (file: PendingFile) => boolean): Found | undefined => {
    for (const change of changes.values()) {
      const file = change.files.find(isMeant);
      if (file) return { change, file };
    }
    return undefined;
  };
  const ofPreview = (uri: vscode.Uri) =>
    findWhere(({ previewUri }) => previewUri.toString() === uri.toString());
  const ofDocument = (uri: vscode.Uri) => findWhere((file) => file.uri.toString() === uri.toString());
  const find = (uri = vscode.window.activeTextEditor?.document.uri) => {
    const own = uri && (ofPreview(uri) ?? ofDocument(uri));
    const only = changes.size === 1 ? [...changes.values()][0] : undefined;
    return own ?? (only && { change: only, file: only.main });
  };
  const close = async (change: PendingChange) => {
    changes.delete(change.id);
    closed.fire(change);
    change.dispose();
    await previews.remove(change);
    await setContext(changes.size > 0);
    kept.keep(changes.values());
  };
  const discard = async (change: PendingChange) => {
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    const shown = change.files.find(({ previewUri }) => active === previewUri.toString());
    if (shown) await showDocument(shown.isNew ? change.main.uri : shown.uri);
    await close(change);
  };
  const open = async (proposal: KeptProposal) => {
    const change = new PendingChange(nextId++, proposal, await placing());
    changes.set(change.id, change);
    change.onDidChange(() => changed.fire(change));
    previews.add(change);
    void setContext(true);
    return change;
  };
  /** The change with the files that its answer is for. */
  const cut = async (change: PendingChange) => {
    const { main, chosenCode } = change;
    const layout = await layoutOf(main.uri);
    const text = ((await textOf(main)) ?? "").replaceAll("\r\n", "\n");
    const { path } = main.uri;
    const { planFiles } = await placing();
    const plan = planFiles({ ...chosenCode, path, text, ...main.place, ...(layout && { layout }) });
    await change.settle(layout ? await within(plan, main.uri, layout) : plan, textOf);
    return layout?.files ?? [];
  };
  const settle = async (change: PendingChange) => {
    await findOrigins(change, await cut(change));
    previews.schedule(change);
  };
  const tryOut = async ({ main, attempt }: PendingChange, answer: string) => {
    const { uri, languageId, unit, place } = main;
    const { instruction } = attempt;
    const trial = new PendingChange(
      0,
      {
        ...{ instruction, answer, passages: [], complete: true },
        uri: uri.toString(),
        languageId,
        unit,
        ...place,
      },
      await placing(),
    );
    await cut(trial);
    const texts: ProposedText[] = [];
    for (const file of trial.files.filter(({ hunks }) => hunks.length > 0)) {
      const before = (await textOf(file))?.replaceAll("\r\n", "\n");
      if (before !== undefined) texts.push({ uri: file.uri, before, after: file.proposed(before) });
    }
    trial.dispose();
    return texts;
  };

  const acceptAll = async (change: PendingChange) => {
    if (!(await mayAccept(change))) return false;
    const accepted = change.files.flatMap((file) => {
      const hunks = change.decide(
        file,
        file.hunks.map(({ id }) => id),
      );
      return hunks.length > 0 ? [{ file, hunks }] : [];
    });
    if (!(await putInto(change, accepted))) return false;
    noteAccepted(change, accepted);
    await close(change);
    return true;
  };

  const makeRoom = async (uri: vscode.Uri) => {
    const existing = ofDocument(uri)?.change;
    if (!existing) return true;
    const show = vscode.l10n.t("Show it");
    const replace = vscode.l10n.t("Discard it and go on");
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t("This file has a pending change already."),
      show,
      replace,
    );
    if (chosen === show) await previews.show(existing.firstFile, false);
    if (chosen === replace) await discard(existing);
    return chosen === replace;
  };

  const subscriptions = [
    changed,
    closed,
    previews,
    registerPendingLenses({ previews, find: ofPreview }),
    registerOriginHovers(previews, ofPreview),
    vscode.workspace.onDidChangeTextDocument((event) => {
      for (const change of changes.values()) change.follow(event);
    }),
  ];

  return {
    open,
    makeRoom,
    async propose(proposal) {
      const uri = vscode.Uri.parse(proposal.uri);
      if ((await refuseReadOnly(uri)) || !(await makeRoom(uri))) return false;
      const change = await open({ ...proposal, complete: true });
      await takeUp(change, proposal, settle);
      kept.keep(changes.values());
      await previews.show(change.firstFile, false);
      return true;
    },
    show: (change, preserveFocus) => previews.show(change.firstFile, preserveFocus),
    find,
    settle,
    tryOut,
    previews,
    onDidChange: changed.event,
    onDidClose: closed.event,
    accept: acceptAll,
    async acceptHunks({ change, file }, ids) {
      if (change.hunkCount === ids.length) return acceptAll(change);
      if (!(await mayAccept(change, file, ids))) return false;
      const accepted = [{ file, hunks: change.decide(file, ids) }];
      const done = await putInto(change, accepted, true);
      if (done) noteAccepted(change, accepted);
      kept.keep(changes.values());
      return done;
    },
    discard,
    async discardHunks({ change, file }, ids) {
      if (change.hunkCount === ids.length) return discard(change);
      change.decide(file, ids);
      kept.keep(changes.values());
    },
    keep: () => kept.keep(changes.values()),
    async restore() {
      await closeTabs((uri) => uri.scheme === pendingScheme);
      for (const proposal of await kept.load()) {
        const change = await open(proposal);
        await takeUp(change, proposal, settle);
        offer(
          change,
          () => previews.show(change.main, false),
          () => close(change),
        );
      }
    },
    settled: () => kept.settled(),
    dispose() {
      for (const change of changes.values()) change.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** The plan without the files that a link would lead out of the module; they are told of as for no file. */
async function within(plan: FilePlan, main: vscode.Uri, { directory }: ProjectLayout): Promise<FilePlan> {
  const folder = main.with({ path: directory });
  const outside = new Set<string>();
  for (const { path } of plan.files) if (await leadsOutside(main.with({ path }), folder)) outside.add(path);
  return {
    ...plan,
    files: plan.files.filter(({ path }) => !outside.has(path)),
    left: [...plan.left, ...[...outside].map((path) => path.slice(directory.length + 1))],
  };
}

/** Looks for what the new lines rest on, file by file. */
async function findOrigins(change: PendingChange, files: readonly string[]): Promise<void> {
  const ownTypes = files.map((path) => path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, ""));
  for (const file of change.files) {
    const before = (await textOf(file))?.replaceAll("\r\n", "\n");
    if (before === undefined) continue;
    const after = file.proposed(before);
    const { languageId } = file;
    file.origins = originsOf({ before, after, languageId, passages: change.passages, ownTypes });
  }
}

const setContext = (pending: boolean) =>
  vscode.commands.executeCommand("setContext", "docwright.pending", pending);

/** The document first, so that no other tab flashes up when the preview goes; who reviews hunk by hunk stays in the preview. */
async function putInto(
  change: PendingChange,
  accepted: readonly AcceptedHunks[],
  staysInPreview = false,
): Promise<boolean> {
  const result = await applyHunks(accepted);
  if (!result.accepted) {
    for (const { file, hunks } of accepted) file.restore(hunks);
    await offerFile(change, result.conflict);
    return false;
  }
  if (!staysInPreview) {
    await vscode.window.showTextDocument(result.document, { preview: false, selection: result.caret });
  }
  return true;
}

/** A half answer and lines that were edited meanwhile are taken only after another look. */
async function mayAccept(
  change: PendingChange,
  file?: PendingFile,
  ids?: readonly number[],
): Promise<boolean> {
  if (change.phase.kind === "working") return false;
  if (change.hunkCount === 0) return false;
  const touched = ids
    ? file?.hunks.some(({ id, range }) => ids.includes(id) && range.touched) === true
    : change.touched;
  const doubt =
    change.phase.kind === "failed"
      ? vscode.l10n.t("The answer was broken off; the code may be incomplete.")
      : touched
        ? vscode.l10n.t("The lines that go were edited since. Accepting replaces them as the preview shows.")
        : undefined;
  if (doubt === undefined) return true;
  const accept = vscode.l10n.t("Accept");
  return (await vscode.window.showWarningMessage(doubt, { modal: true }, accept)) === accept;
}

/** Where the proposal cannot go, its code can still be had. */
async function offerFile(change: PendingChange, message: string): Promise<void> {
  const openFile = vscode.l10n.t("Open the proposal as a new file");
  if ((await vscode.window.showErrorMessage(message, openFile)) !== openFile) return;
  const document = await vscode.workspace.openTextDocument({
    language: change.main.languageId,
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
