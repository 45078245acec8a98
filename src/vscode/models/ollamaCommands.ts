/** Starting the user's own Ollama, on a click and never by itself. */
import * as vscode from "vscode";
import type { Settings } from "../settings";

const downloadPage = "https://ollama.com/download";

/** Runs `ollama serve` in a terminal that stays in sight, so that it is plain what runs and how to end it. */
export function startOllama(settings: Settings): void {
  const { hostname, host } = new URL(settings.host);
  if (!["127.0.0.1", "localhost", "[::1]", "0.0.0.0"].includes(hostname)) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t("The server {0} is on another machine; start Ollama there.", settings.host),
    );
    return;
  }
  const terminal = vscode.window.createTerminal({ name: "Ollama", env: { OLLAMA_HOST: host } });
  terminal.show(true);
  terminal.sendText("ollama serve");
}

/** The editor shows the address and asks before it opens the browser. */
export async function getOllama(): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(downloadPage));
}
