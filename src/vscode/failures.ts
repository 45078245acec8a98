/** How the editor tells of a failure: one message, and a button for the action that mends it. */
import * as vscode from "vscode";
import type { Failure } from "../core/failure";
import { failureText, type RemedyAction } from "../core/failureText";
import { localised } from "./localised";
import { plainMessage } from "./plainText";

export interface Remedy {
  /** Text of the button. */
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** The button for an action, or none for `retry`, which only the caller can do. */
export function remedyFor(action: RemedyAction): Remedy | undefined {
  switch (action) {
    case "start-ollama":
      return { title: vscode.l10n.t("Start Ollama"), command: "docwright.startOllama", arguments: [] };
    case "install-ollama":
      return { title: vscode.l10n.t("Get Ollama…"), command: "docwright.getOllama", arguments: [] };
    case "set-token":
      return { title: vscode.l10n.t("Set token…"), command: "docwright.setToken", arguments: [] };
    case "open-settings":
      return { title: vscode.l10n.t("Open settings"), command: "docwright.openSettings", arguments: [] };
    case "choose-model":
    case "pull-model":
      return { title: vscode.l10n.t("Choose model…"), command: "docwright.chooseModel", arguments: [] };
    case "index-documents":
      return { title: vscode.l10n.t("Index documents…"), command: "docwright.index", arguments: [] };
    case "choose-version":
      return { title: vscode.l10n.t("Choose version…"), command: "docwright.chooseVersion", arguments: [] };
    case "show-log":
      return { title: vscode.l10n.t("Show log"), command: "docwright.showLog", arguments: [] };
    case "retry":
      return undefined;
  }
}

/**
 * Shows one failure with its remedy. With `retry`, "Try again" is offered as well. Resolves when the message was answered or closed;
 * callers that hold something open should not wait for it.
 */
export async function showFailure(failure: Failure, retry?: () => unknown): Promise<void> {
  const { message, remedy, action } = failureText(failure, localised);
  const words = plainMessage(`${message} ${withoutCommandLine(remedy)}`);
  const mend = action && remedyFor(action);
  const again = vscode.l10n.t("Try again");
  const settings = isAboutServer(failure) ? remedyFor("open-settings") : undefined;
  const titles = [mend?.title, settings?.title, retry && again].filter((title) => title !== undefined);
  const chosen = await vscode.window.showErrorMessage(words, ...titles);
  if (chosen === undefined) return;
  if (chosen === again) await retry?.();
  else {
    const picked = chosen === mend?.title ? mend : settings;
    if (picked) await vscode.commands.executeCommand(picked.command, ...picked.arguments);
  }
}

/** The command line's way of mending it, in parentheses, is of no use here. */
function withoutCommandLine(remedy: string): string {
  return remedy.replace(/ \(`[^`]*`[^)]*\)/g, "");
}

const isAboutServer = ({ kind }: Failure) => kind === "ollama-unreachable" || kind === "ollama-not-installed";
