/** One status-bar item: model, version and index state; a click opens the menu. */
import * as vscode from "vscode";
import type { Engine } from "../core/engine";
import { isAbort } from "../core/failure";
import { localised } from "./localised";
import type { Log } from "./log";
import type { ProjectVersions } from "./projectVersion";
import { settingsSection, type Settings } from "./settings";
import { counted } from "./words";
import { indexedVersions, isIndexed } from "./versionChoice";

export interface StatusBarProps {
  readonly engine: Engine;
  readonly settings: () => Settings;
  readonly versions: ProjectVersions;
  readonly log: Log;
}

export interface StatusBar {
  /** Reads everything anew, for example after indexing. */
  refresh(): void;
  dispose(): void;
}

const buildFiles =
  /(^|[\\/])(pom\.xml|(build|settings)\.gradle(\.kts)?|gradle\.properties|libs\.versions\.toml)$/;

export function createStatusBar({ engine, settings, versions, log }: StatusBarProps): StatusBar {
  const item = vscode.window.createStatusBarItem("docwright.status", vscode.StatusBarAlignment.Right, 100);
  item.name = "Docwright";
  item.command = "docwright.menu";
  let reading = new AbortController();
  /** The engine's worker starts with the first file of a kind that Docwright is for, not with the editor. */
  let wanted = false;

  const warn = (error: unknown) => {
    if (!isAbort(error)) log.warn(`status: ${String(error)}`);
  };
  const showBasics = () => {
    item.text = `$(book) ${settings().model}`;
    item.tooltip = vscode.l10n.t("Docwright: {0} on {1}", settings().model, settings().host);
    item.show();
  };

  const read = async (signal: AbortSignal) => {
    const { model, host } = settings();
    const document = vscode.window.activeTextEditor?.document;
    const [choice, sets] = await Promise.all([versions.current(document, signal), engine.sets({}, signal)]);
    if (signal.aborted) return;
    const version = choice.springBootVersion;
    const indexed = indexedVersions(sets);
    const missing = version !== undefined && !isIndexed(version, indexed);
    const unready = sets.filter(({ state }) => state !== "ready");
    const doubtful = missing || unready.length > 0 || choice.mark !== undefined;
    item.text = [
      doubtful ? "$(warning)" : "$(book)",
      model,
      version === undefined ? "" : `· Boot ${choice.project?.springBootVersion ?? version}`,
    ]
      .filter((part) => part !== "")
      .join(" ");
    const lines = [
      vscode.l10n.t("Docwright: {0} on {1}", model, host),
      version === undefined
        ? vscode.l10n.t("Spring Boot version not known")
        : missing
          ? vscode.l10n.t("Spring Boot {0}: its reference is not indexed", version)
          : vscode.l10n.t(
              "Spring Boot {0} ({1})",
              version,
              choice.project?.versionSource ?? vscode.l10n.t("chosen"),
            ),
      ...(choice.mark === undefined ? [] : [choice.mark]),
      ...sets.map(({ name, passages, state, reason }) =>
        state === "ready"
          ? `${name}: ${counted(passages, "passage", localised)}`
          : `${name}: ${localised(state)}${reason === undefined ? "" : `, ${reason}`}`,
      ),
    ];
    item.tooltip = lines.join("\n");
    if (missing) void versions.offerDocuments(document, signal).catch(warn);
  };

  const refresh = () => {
    reading.abort();
    reading = new AbortController();
    showBasics();
    if (!wanted) return;
    read(reading.signal).catch(warn);
  };
  const look = (editor: vscode.TextEditor | undefined) => {
    if (!editor || !isOurKind(editor.document)) return;
    wanted = true;
    refresh();
  };

  const subscriptions = vscode.Disposable.from(
    item,
    versions.onDidChange(refresh),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settingsSection)) refresh();
    }),
    vscode.workspace.onDidSaveTextDocument(({ fileName }) => {
      if (buildFiles.test(fileName)) refresh();
    }),
    vscode.window.onDidChangeActiveTextEditor(look),
  );
  refresh();
  look(vscode.window.activeTextEditor);

  return {
    refresh,
    dispose() {
      reading.abort();
      subscriptions.dispose();
    },
  };
}

function isOurKind({ uri, languageId, fileName }: vscode.TextDocument): boolean {
  if (uri.scheme !== "file") return false;
  return languageId === "java" || languageId === "kotlin" || buildFiles.test(fileName);
}

/** The menu behind the status-bar item. */
export async function showMenu(): Promise<void> {
  const entries = [
    [`$(sparkle) ${vscode.l10n.t("Generate with docs")}`, "generate"],
    [`$(split-horizontal) ${vscode.l10n.t("Compare with and without docs")}`, "compare"],
    [`$(comment-discussion) ${vscode.l10n.t("Open chat")}`, "openChat"],
    [`$(history) ${vscode.l10n.t("Accepted changes")}`, "showAccepted"],
    [`$(server-environment) ${vscode.l10n.t("Choose model…")}`, "chooseModel"],
    [`$(versions) ${vscode.l10n.t("Choose Spring Boot version…")}`, "chooseVersion"],
    [`$(book) ${vscode.l10n.t("Index reference docs…")}`, "index"],
    [`$(trash) ${vscode.l10n.t("Remove document set…")}`, "removeSet"],
    [`$(rocket) ${vscode.l10n.t("Get started")}`, "getStarted"],
    [`$(pulse) ${vscode.l10n.t("Doctor")}`, "doctor"],
    [`$(copy) ${vscode.l10n.t("Copy diagnostics")}`, "copyReport"],
    [`$(plug) ${vscode.l10n.t("Show connections")}`, "showConnections"],
    [`$(settings-gear) ${vscode.l10n.t("Settings")}`, "openSettings"],
    [`$(output) ${vscode.l10n.t("Show log")}`, "showLog"],
  ] as const;
  const chosen = await vscode.window.showQuickPick(
    entries.map(([label, command]) => ({ label, command })),
    { title: "Docwright" },
  );
  if (chosen) await vscode.commands.executeCommand(`docwright.${chosen.command}`);
}
