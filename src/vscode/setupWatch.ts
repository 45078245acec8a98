/** What is there for the first answer, as context keys: the steps of the walkthrough check themselves by them. */
import * as vscode from "vscode";
import type { Engine } from "../core/engine";
import { failureOf, isAbort } from "../core/failure";
import type { SetupItem } from "../protocol/chat";
import { documentsItem, serverItems, type Found } from "./chat/setup";
import type { ProjectVersions } from "./projectVersion";
import type { Settings } from "./settings";

export interface SetupWatchProps {
  readonly engine: Pick<Engine, "server" | "sets">;
  readonly settings: () => Settings;
  readonly versions: Pick<ProjectVersions, "current">;
}

/** The walkthrough's id in package.json. */
const walkthrough = "docwright.docwright#start";
/** Milliseconds; a step that cannot be checked stays open. */
const patience = 15_000;
/** Milliseconds between looks while the walkthrough is open. */
const interval = 5_000;

export interface SetupWatch {
  /** Opens the walkthrough, and looks again and again while it is in sight. */
  open(): Promise<void>;
  dispose(): void;
}

export function createSetupWatch({ engine, settings, versions }: SetupWatchProps): SetupWatch {
  let timer: ReturnType<typeof setInterval> | undefined;

  const look = async () => {
    const { host, model } = settings();
    const signal = AbortSignal.timeout(patience);
    const [server, sets, choice] = await Promise.all([
      found(engine.server({ host }, signal)),
      found(engine.sets({}, signal)),
      found(versions.current(vscode.window.activeTextEditor?.document, signal)),
    ]);
    const version = "value" in choice ? choice.value.springBootVersion : undefined;
    const items = [...serverItems(server, model), documentsItem(sets, version)];
    await Promise.all(
      (["ollama", "model", "documents"] as const).map((id) =>
        vscode.commands.executeCommand("setContext", `docwright.has.${id}`, isReady(items, id)),
      ),
    );
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const isOpen = () =>
    vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes("Docwright")));

  return {
    async open() {
      await vscode.commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
      await look();
      timer ??= setInterval(() => {
        if (isOpen()) void look();
        else stop();
      }, interval);
    },
    dispose: stop,
  };
}

function isReady(items: readonly SetupItem[], id: SetupItem["id"]): boolean {
  return items.some((item) => item.id === id && item.state === "ready");
}

async function found<Value>(work: Promise<Value>): Promise<Found<Value>> {
  try {
    return { value: await work };
  } catch (error) {
    if (isAbort(error)) return { failure: { kind: "unexpected", cause: "no answer in time" } };
    return { failure: failureOf(error) };
  }
}
