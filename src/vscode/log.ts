import * as vscode from "vscode";

/** The log channel "Docwright"; VS Code adds times and levels and keeps it in a file. */
export type Log = Pick<
  vscode.LogOutputChannel,
  "trace" | "debug" | "info" | "warn" | "error" | "show" | "dispose"
>;

export function createLog(): Log {
  return vscode.window.createOutputChannel("Docwright", { log: true });
}
