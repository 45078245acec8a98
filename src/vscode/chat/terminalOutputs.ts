/** What commands printed in the editor's terminals since this window opened, where shell integration tells; kept in memory only. */
import { stripVTControlCharacters } from "node:util";
import * as vscode from "vscode";

export interface CommandOutput {
  readonly id: number;
  readonly line: string;
  readonly output: string;
}

export interface TerminalOutputs {
  /** Commands that have ended, the latest first. */
  readonly commands: () => readonly CommandOutput[];
  dispose(): void;
}

const mostCommands = 10;
/** The end of an output says most; UTF-16 code units. */
const longestOutput = 20_000;

export function createTerminalOutputs(): TerminalOutputs {
  let commands: readonly CommandOutput[] = [];
  let next = 1;

  const follow = async ({ execution }: vscode.TerminalShellExecutionStartEvent) => {
    const id = next++;
    let text = "";
    for await (const piece of execution.read()) text = (text + piece).slice(-2 * longestOutput);
    const output = printed(text);
    if (output === "") return;
    const line = execution.commandLine.value.trim();
    commands = [{ id, line, output }, ...commands].slice(0, mostCommands);
  };
  const subscription = vscode.window.onDidStartTerminalShellExecution((event) => {
    follow(event).catch(() => undefined); // a terminal that is closed has nothing more to tell
  });
  return { commands: () => commands, dispose: () => void subscription.dispose() };
}

/** The text without colours; of a line that was written over, such as a progress bar, what it ended with. */
export function printed(text: string): string {
  return stripVTControlCharacters(text)
    .split("\n")
    .map((line) => line.replace(/\r+$/, "").split("\r").at(-1) ?? "")
    .join("\n")
    .trim()
    .slice(-longestOutput);
}
