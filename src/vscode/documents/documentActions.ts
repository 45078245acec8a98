/** What can be done with a document set of the view: by its menu, by keys, or from the palette, which asks for the set. */
import * as vscode from "vscode";
import { plainLabel, plainMessage } from "../plainText";
import type { DocumentSet } from "../../core/document/documentSet";
import { sourceOf } from "../../core/document/documentSource";
import { wishOf } from "../../core/document/documentWish";
import { diagnosticsText } from "../../core/document/setDiagnostics";
import { placeOf, reindexRequest } from "../../core/document/setRequests";
import type { Engine } from "../../core/engine";
import { gigabytes } from "../words";
import { isNode, type DocumentNode } from "./documentTree";
import { workOf, type IndexCommands } from "./indexCommands";
import type { IndexJob, IndexJobs } from "./indexJobs";

export interface DocumentActionsProps {
  readonly engine: Pick<Engine, "sets" | "removeSet" | "diagnose">;
  readonly jobs: IndexJobs;
  readonly indexing: Pick<IndexCommands, "run" | "resume">;
  readonly selected: () => DocumentNode | undefined;
  /** Called after the document sets have changed. */
  readonly changed: () => void;
}

/** Each takes what its command gets: a node of the view, `selection` from a key, or nothing. */
export interface DocumentActions {
  updateSet(argument: unknown): Promise<void>;
  reindexSet(argument: unknown): Promise<void>;
  pauseIndexing(argument: unknown): Promise<void>;
  resumeIndexing(argument: unknown): Promise<void>;
  removeSet(argument: unknown): Promise<void>;
  openSet(argument: unknown): Promise<void>;
  copyDiagnostics(argument: unknown): Promise<void>;
  fetchDependencies(argument: unknown): Promise<void>;
  addVectors(argument: unknown): Promise<void>;
}

export function createDocumentActions(props: DocumentActionsProps): DocumentActions {
  const { engine, jobs, indexing, selected, changed } = props;
  const none = new AbortController().signal;

  const nodeOf = (argument: unknown) =>
    isNode(argument) ? argument : argument === "selection" ? selected() : undefined;

  /** The set that is meant, or the one that the person picks of those that it can be done with. */
  const setOf = async (
    argument: unknown,
    title: string,
    fits: (set: DocumentSet) => boolean,
    noneText: string,
  ): Promise<DocumentSet | undefined> => {
    const node = nodeOf(argument);
    if (node?.kind === "set") return fits(node.set) ? node.set : undefined;
    if (node && node.kind !== "document") return undefined;
    const all = node ? node.sets.map(({ set }) => set) : await engine.sets({}, none);
    const sets = all.filter(fits);
    if (sets.length === 0) {
      void vscode.window.showInformationMessage(noneText);
      return undefined;
    }
    return (await vscode.window.showQuickPick(sets.map(setItem), { title, matchOnDetail: true }))?.set;
  };

  const jobOf = async (argument: unknown, title: string, state: (job: IndexJob) => boolean) => {
    const node = nodeOf(argument);
    if (node) {
      const job = node.kind === "set" || node.kind === "job" ? node.job : undefined;
      return job && state(job) ? job : undefined;
    }
    const open = jobs.list().filter(state);
    if (open.length <= 1) return open[0];
    const items = open.map((job) => ({ label: job.work.title, description: job.state, job }));
    return (await vscode.window.showQuickPick(items, { title }))?.job;
  };

  const onlyGuide = vscode.l10n.t("Only the embedded field guide is indexed; it is part of Docwright.");
  const noDependencies = vscode.l10n.t("No set of dependencies is there that this could be done with.");
  const isDependencies = (set: DocumentSet) => sourceOf(set).kind === "dependencies";
  const isOwn = (set: DocumentSet) => sourceOf(set).kind !== "embedded";

  return {
    async updateSet(argument) {
      const set = await setOf(argument, vscode.l10n.t("Update document set"), isOwn, onlyGuide);
      const wish = set && wishOf(set);
      if (set && wish) await indexing.run(workOf([wish], set.name, set.asked ?? {}));
    },
    async reindexSet(argument) {
      const set = await setOf(argument, vscode.l10n.t("Re-index document set"), isOwn, onlyGuide);
      const request = set && reindexRequest(set);
      if (!set || !request) return;
      const { sources, ...rest } = request;
      await indexing.run({ title: set.name, origins: [set.origin], wishes: [], sources, request: rest });
    },
    async pauseIndexing(argument) {
      const job = await jobOf(argument, vscode.l10n.t("Pause indexing"), ({ state }) => state === "running");
      if (job) jobs.pause(job.id);
    },
    async resumeIndexing(argument) {
      const job = await jobOf(argument, vscode.l10n.t("Resume indexing"), ({ state }) => state !== "running");
      if (job) await indexing.resume(job.id);
    },
    async removeSet(argument) {
      const node = nodeOf(argument);
      if (node?.kind === "job") {
        await jobs.dismiss(node.job.id);
        return;
      }
      const set = await setOf(argument, vscode.l10n.t("Remove document set"), isOwn, onlyGuide);
      if (!set) return;
      const remove = vscode.l10n.t("Remove");
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t("Remove {0} from the index? The documents themselves stay.", set.name),
        { modal: true },
        remove,
      );
      if (answer !== remove) return;
      const job = jobs.list().find(({ work }) => work.origins.includes(set.origin));
      if (job) await jobs.dismiss(job.id);
      await engine.removeSet({ setId: set.id }, none);
      changed();
    },
    async openSet(argument) {
      const isOpenable = (set: DocumentSet) => placeOf(set) !== undefined;
      const set = await setOf(argument, vscode.l10n.t("Open document set"), isOpenable, onlyGuide);
      const place = set && placeOf(set);
      if (!place) return;
      if (place.url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(place.url, true));
      else if (place.path !== undefined) await openPath(vscode.Uri.file(place.path));
    },
    async fetchDependencies(argument) {
      const title = vscode.l10n.t("Fetch missing javadoc and sources");
      const set = await setOf(argument, title, isDependencies, noDependencies);
      const wish = set && wishOf(set);
      if (!set || wish?.kind !== "dependencies") return;
      if (!vscode.workspace.isTrusted) {
        const text = vscode.l10n.t(
          "The project's own Maven or Gradle is only run in a workspace that you trust.",
        );
        void vscode.window.showWarningMessage(text);
        return;
      }
      const fetch = vscode.l10n.t("Fetch");
      const answer = await vscode.window.showInformationMessage(
        vscode.l10n.t("Fetch the javadoc and sources that {0} lack?", set.name),
        {
          modal: true,
          detail: vscode.l10n.t(
            "The project's own Maven or Gradle is run in {0}; it loads from the repositories that it knows.",
            wish.project,
          ),
        },
        fetch,
      );
      if (answer !== fetch) return;
      await indexing.run(workOf([{ ...wish, fetch: true }], set.name, set.asked ?? {}));
    },
    async addVectors(argument) {
      const title = vscode.l10n.t("Find dependencies by meaning too");
      const lacksVectors = (set: DocumentSet) => isDependencies(set) && set.embedded < set.passages;
      const set = await setOf(argument, title, lacksVectors, noDependencies);
      const wish = set && wishOf(set);
      if (!set || wish?.kind !== "dependencies") return;
      await indexing.run(workOf([{ ...wish, vectors: true }], set.name, set.asked ?? {}));
    },
    async copyDiagnostics(argument) {
      const title = vscode.l10n.t("Copy diagnostics of a document set");
      const set = await setOf(argument, title, () => true, vscode.l10n.t("There is no document set."));
      if (!set) return;
      await vscode.env.clipboard.writeText(diagnosticsText(await engine.diagnose({ setId: set.id }, none)));
      void vscode.window.showInformationMessage(
        plainMessage(vscode.l10n.t("The diagnostics of {0} are in the clipboard.", set.name)),
      );
    },
  };
}

/** A folder is shown where the editor shows folders; a file is opened by whatever the editor opens its kind with. */
async function openPath(uri: vscode.Uri): Promise<void> {
  const { type } = await vscode.workspace.fs.stat(uri);
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  await vscode.commands.executeCommand(isFolder ? "revealFileInOS" : "vscode.open", uri);
}

function setItem(set: DocumentSet): vscode.QuickPickItem & { readonly set: DocumentSet } {
  return {
    label: plainLabel(set.name),
    description: [set.springBootVersion ?? "", `${set.passages} passages`, gigabytes(set.bytes)]
      .filter((part) => part !== "")
      .join(" · "),
    detail: set.reason === undefined ? set.origin : `${set.origin} · ${set.state}: ${set.reason}`,
    set,
  };
}
