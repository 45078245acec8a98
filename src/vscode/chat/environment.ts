/** Keeps what surrounds the conversation up to date: selection, version, model, and what is still missing for the first answer. */
import * as vscode from "vscode";
import type { Engine } from "../../core/engine";
import { failureOf, isAbort } from "../../core/failure";
import type { ChatEnvironment, SetupItem, VersionLabel } from "../../protocol/chat";
import { localised } from "../localised";
import type { ProjectVersions, VersionChoice } from "../projectVersion";
import { settingsSection, type Settings } from "../settings";
import type { ContextItems } from "./contextItems";
import type { EditorTarget } from "./editorTarget";
import { documentsItem, serverItems, type Found } from "./setup";

export interface Environment {
  readonly current: () => ChatEnvironment;
  setWithDocuments(value: boolean): Promise<void>;
  /** Asks the server and the store anew; what is found comes by `onDidChange`. */
  refresh(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

export interface EnvironmentProps {
  readonly engine: Engine;
  readonly settings: () => Settings;
  readonly versions: ProjectVersions;
  readonly target: EditorTarget;
  readonly beside: Pick<ContextItems, "chips" | "onDidChange">;
  readonly workspaceState: vscode.Memento;
  readonly warn: (line: string) => void;
}

const withDocumentsKey = "docwright.chat.withDocuments";
/** Milliseconds; a server on another machine may be slow to say that it is there. */
const patience = 15_000;

export function versionLabel({ springBootVersion, project, mark }: VersionChoice): VersionLabel | undefined {
  if (springBootVersion === undefined) return undefined;
  return {
    version: springBootVersion,
    ...(project?.versionSource !== undefined && { source: project.versionSource }),
    ...(mark !== undefined && { mark }),
  };
}

export function createEnvironment(props: EnvironmentProps): Environment {
  const { engine, settings, versions, target, beside, workspaceState, warn } = props;
  const changed = new vscode.EventEmitter<void>();
  let version: VersionLabel | undefined;
  let setup: readonly SetupItem[] = [
    { id: "ollama", state: "checking", text: vscode.l10n.t("Looking for Ollama…") },
    { id: "documents", state: "checking", text: vscode.l10n.t("Looking for documents…") },
  ];
  let latest = 0;

  const find = async <Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Found<Value>> => {
    try {
      return { value: await work(AbortSignal.timeout(patience)) };
    } catch (error) {
      if (isAbort(error)) return { failure: { kind: "ollama-unreachable", host: settings().host } };
      return { failure: failureOf(error) };
    }
  };
  const refresh = async () => {
    const own = ++latest;
    const { host, model } = settings();
    const [server, sets, choice] = await Promise.all([
      find((signal) => engine.server({ host }, signal)),
      find((signal) => engine.sets({}, signal)),
      find((signal) => versions.current(target.document(), signal)),
    ]);
    if (own !== latest) return;
    if ("failure" in choice) warn(`the project's version cannot be read: ${JSON.stringify(choice.failure)}`);
    version = "value" in choice ? versionLabel(choice.value) : undefined;
    setup = [...serverItems(server, model, localised), documentsItem(sets, version?.version, localised)];
    changed.fire();
  };

  let documentSeen = target.document();
  const subscriptions = vscode.Disposable.from(
    changed,
    beside.onDidChange(() => changed.fire()),
    target.onDidChange(() => {
      changed.fire();
      if (target.document() === documentSeen) return;
      documentSeen = target.document();
      void refresh(); // another document may belong to another project
    }),
    versions.onDidChange(() => void refresh()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(settingsSection)) return;
      changed.fire();
      void refresh();
    }),
  );

  return {
    current() {
      const attached = target.attached();
      return {
        model: settings().model,
        withDocuments: workspaceState.get<boolean>(withDocumentsKey, true),
        setup,
        context: beside.chips(),
        ...(version && { version }),
        ...(attached && { attached }),
      };
    },
    async setWithDocuments(value) {
      await workspaceState.update(withDocumentsKey, value);
      changed.fire();
    },
    refresh,
    onDidChange: changed.event,
    dispose: () => void subscriptions.dispose(),
  };
}
