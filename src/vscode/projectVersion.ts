/**
 * Which Spring Boot version a request is about. It is the project's own, on the class path that an extension for Java computed or read from its
 * build files; where there is none the person is
 * asked once a folder. Another version than the project's own is used only after an explicit choice, which is kept for the folder and
 * marked on every answer.
 */
import * as vscode from "vscode";
import type { Engine } from "../core/engine";
import { FailureError } from "../core/failure";
import type { ProjectFacts } from "../core/project/projectFacts";
import type { ClasspathVersion } from "./classpathVersion";
import { localised } from "./localised";
import type { Log } from "./log";
import { indexedVersions, isIndexed, nearestVersion, versionProblem } from "./versionChoice";

/** What a request takes along. */
export interface VersionChoice {
  readonly project?: ProjectFacts;
  /** The version whose documents are asked. */
  readonly springBootVersion?: string;
  /** Set when `springBootVersion` is not the project's own: words for the mark that every answer carries. */
  readonly mark?: string;
}

export interface ProjectVersions {
  /** The choice for a document (or the first folder), without asking anybody. */
  current(document: vscode.TextDocument | undefined, signal: AbortSignal): Promise<VersionChoice>;
  /**
   * Runs a request with the choice for a document. Asks once where the version is unknown, and offers the ways out where it is not
   * indexed; runs again after a choice. Rejects with the `version-not-indexed` failure's abort when the person leaves it.
   */
  withVersion<Result>(
    document: vscode.TextDocument | undefined,
    run: (choice: VersionChoice) => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result>;
  /**
   * Tells once a folder and version that the project's documents are missing, with the ways out; for a person who has asked nothing yet.
   * Nothing happens where they are there.
   */
  offerDocuments(document: vscode.TextDocument | undefined, signal: AbortSignal): Promise<void>;
  /** The command "Choose Spring Boot version". */
  choose(document: vscode.TextDocument | undefined, signal: AbortSignal): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

export interface ProjectVersionsProps {
  readonly engine: Engine;
  readonly workspaceState: vscode.Memento;
  readonly log: Log;
  /** What extensions for Java know of the class path. */
  readonly classpath: ClasspathVersion;
}

/** What is kept for one folder. */
interface Kept {
  /** The version that the person named, for a project whose build files name none. */
  readonly named?: string;
  readonly asked?: boolean;
  /** Versions whose documents were offered. */
  readonly offered?: readonly string[];
  /** By the project's version: the indexed version to use in its place. */
  readonly instead?: Readonly<Record<string, string>>;
}

export function createProjectVersions(props: ProjectVersionsProps): ProjectVersions {
  const { engine, workspaceState, log, classpath } = props;
  const changed = new vscode.EventEmitter<void>();

  const keyOf = (document: vscode.TextDocument | undefined) =>
    `docwright.version:${folderOf(document)?.uri.toString() ?? ""}`;
  const kept = (document: vscode.TextDocument | undefined): Kept =>
    workspaceState.get<Kept>(keyOf(document)) ?? {};
  const keep = async (document: vscode.TextDocument | undefined, change: Kept) => {
    await workspaceState.update(keyOf(document), { ...kept(document), ...change });
    changed.fire();
  };

  const current = async (document: vscode.TextDocument | undefined, signal: AbortSignal) => {
    const path = pathOf(document);
    if (path === undefined) return choiceOf(undefined, kept(document));
    const [facts, found] = await Promise.all([
      engine.projectFacts({ path }, signal),
      classpath.of(vscode.Uri.file(path).toString(), signal),
    ]);
    const project: ProjectFacts = found
      ? {
          ...facts,
          springBootVersion: found.springBootVersion,
          versionSource: vscode.l10n.t("class path of {0}", found.from),
        }
      : facts;
    return choiceOf(project, kept(document));
  };

  const indexed = async (signal: AbortSignal) => {
    return indexedVersions(await engine.sets({}, signal));
  };

  /** Shows what is indexed and takes a typed version too. Undefined when the person leaves it. */
  const pick = async (title: string, versions: readonly string[]): Promise<string | undefined> => {
    const other = vscode.l10n.t("Another version…");
    const chosen = await vscode.window.showQuickPick(
      [
        ...versions.map((label) => ({ label, description: vscode.l10n.t("indexed") })),
        { label: other, description: vscode.l10n.t("its documents can be indexed next") },
      ],
      { title, placeHolder: vscode.l10n.t("Spring Boot version of this project") },
    );
    if (chosen?.label !== other) return chosen?.label;
    const typed = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t("For example 3.2.12"),
      validateInput: (typed) => versionProblem(typed, localised),
    });
    return typed?.trim();
  };

  const askOnce = async (document: vscode.TextDocument | undefined, signal: AbortSignal) => {
    const title = vscode.l10n.t("Docwright found no Spring Boot version in the build files");
    const named = await pick(title, await indexed(signal));
    await keep(document, { asked: true, ...(named !== undefined && { named }) });
  };

  /** True when something was chosen that makes another try sensible. */
  const offerWaysOut = async (
    document: vscode.TextDocument | undefined,
    { version, versions, ask }: { version: string; versions: readonly string[]; ask: AskWayOut },
  ): Promise<boolean> => {
    const nearest = nearestVersion(version, versions);
    const official = vscode.l10n.t("Index the official documents…");
    const instead = nearest && vscode.l10n.t("Use {0} for this project", nearest);
    const chosen = await ask(
      nearest
        ? vscode.l10n.t(
            "This project uses Spring Boot {0}, whose reference is not indexed (indexed: {1}).",
            version,
            versions.join(", "),
          )
        : vscode.l10n.t("This project uses Spring Boot {0}, whose reference is not indexed.", version),
      [official, instead].filter((title) => title !== undefined),
    );
    if (chosen === official) {
      return (await vscode.commands.executeCommand("docwright.indexOfficial", version)) === true;
    }
    if (chosen === undefined || nearest === undefined) return false;
    log.info(`uses the documents of ${nearest} in place of ${version}, by choice`);
    await keep(document, { instead: { ...kept(document).instead, [version]: nearest } });
    return true;
  };

  return {
    current,
    async withVersion(document, run, signal) {
      let choice = await current(document, signal);
      if (choice.springBootVersion === undefined && !kept(document).asked) {
        await askOnce(document, signal);
        choice = await current(document, signal);
      }
      try {
        return await run(choice);
      } catch (error) {
        if (!(error instanceof FailureError) || error.failure.kind !== "version-not-indexed") throw error;
        const { version, indexed: versions } = error.failure;
        const again = await offerWaysOut(document, { version, versions, ask: askInList });
        signal.throwIfAborted();
        if (!again) throw new DOMException("the person left it", "AbortError");
        return run(await current(document, signal));
      }
    },
    async offerDocuments(document, signal) {
      const { springBootVersion } = await current(document, signal);
      const { offered = [] } = kept(document);
      if (springBootVersion === undefined || offered.includes(springBootVersion)) return;
      const versions = await indexed(signal);
      if (isIndexed(springBootVersion, versions)) return;
      await workspaceState.update(keyOf(document), {
        ...kept(document),
        offered: [...offered, springBootVersion],
      });
      await offerWaysOut(document, { version: springBootVersion, versions, ask: askInMessage });
    },
    async choose(document, signal) {
      const choice = await current(document, signal);
      const versions = await indexed(signal);
      const own = choice.project?.springBootVersion;
      const title = own
        ? vscode.l10n.t("This project uses Spring Boot {0}: documents of which version?", own)
        : vscode.l10n.t("Spring Boot version of this project");
      const picked = await pick(title, versions);
      if (picked === undefined) return;
      if (own === undefined) await keep(document, { asked: true, named: picked });
      else {
        // A project that uses its own version needs no entry, but an entry of itself does no harm: it is not marked.
        await keep(document, { instead: { ...kept(document).instead, [own]: picked } });
      }
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}

/** One of the titles; undefined when the person leaves it. */
type AskWayOut = (message: string, titles: readonly string[]) => Thenable<string | undefined>;

const askInMessage: AskWayOut = (message, titles) => vscode.window.showWarningMessage(message, ...titles);

/** For a request that waits for the choice: a message goes out of sight by itself, and with it what the request waits for. */
const askInList: AskWayOut = (message, titles) =>
  vscode.window.showQuickPick(titles, { title: message, ignoreFocusOut: true });

function choiceOf(project: ProjectFacts | undefined, { named, instead }: Kept): VersionChoice {
  const own = project?.springBootVersion ?? named;
  const used = own === undefined ? undefined : (instead?.[own] ?? own);
  return {
    ...(project && { project }),
    ...(used !== undefined && { springBootVersion: used }),
    ...(own !== undefined &&
      used !== own && {
        mark: vscode.l10n.t("documents of Spring Boot {0}, the project uses {1}", used ?? "", own),
      }),
  };
}

function folderOf(document: vscode.TextDocument | undefined): vscode.WorkspaceFolder | undefined {
  const own = document && vscode.workspace.getWorkspaceFolder(document.uri);
  return own ?? vscode.workspace.workspaceFolders?.[0];
}

function pathOf(document: vscode.TextDocument | undefined): string | undefined {
  return document?.uri.scheme === "file" ? document.uri.fsPath : folderOf(document)?.uri.fsPath;
}
