/**
 * Runs in the extension host: what a streamed token costs it. Each run of "Generate with docs" is paired with one that reads the same stream
 * and does nothing with it, as a bare model's client would; the order alternates. Retrieval before and placing after are not part of it: the
 * server waits before its first word and after its last one.
 */
import { writeFileSync } from "node:fs";
import * as vscode from "vscode";

const runs = 10;
/** Milliseconds in which the host comes to rest before it is looked at, and finishes what the last words set off after. */
const rest = 1_500;
const settling = 400;

const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
};

export async function run(): Promise<void> {
  const host = env("DOCWRIGHT_BENCH_OLLAMA");
  const model = env("DOCWRIGHT_BENCH_MODEL");
  const tokens = Number(env("DOCWRIGHT_BENCH_TOKENS"));
  await extension();
  const settings = vscode.workspace.getConfiguration("docwright");
  await settings.update("ollama.host", host, vscode.ConfigurationTarget.Global);
  await settings.update("model", model, vscode.ConfigurationTarget.Global);

  const generate = async () => {
    const [found] = await vscode.workspace.findFiles("**/OrderService.java");
    if (!found) throw new Error("the sample project has no OrderService.java");
    const document = await vscode.workspace.openTextDocument(found);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const at = document.positionAt(document.getText().lastIndexOf("}") - 1);
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand("docwright.generate", "shut the server down gracefully");
  };
  const discard = async () => {
    await vscode.commands.executeCommand("docwright.discard");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  };
  const bare = async () => {
    const body = JSON.stringify({ model, stream: true, messages: [{ role: "user", content: "x" }] });
    const response = await fetch(`${host}/api/chat`, { method: "POST", body });
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) JSON.parse(line);
    }
  };

  const results: { ours: number; bare: number }[] = [];
  for (let index = 0; index <= runs; index++) {
    const measureOurs = async () => {
      const used = await costOf(generate);
      await discard();
      return used / tokens;
    };
    const measureBare = async () => (await costOf(bare)) / tokens;
    const pair =
      index % 2 === 0
        ? { ours: await measureOurs(), bare: await measureBare() }
        : await measureBare().then(async (first) => ({ ours: await measureOurs(), bare: first }));
    // The first pair warms both up.
    if (index > 0) results.push(pair);
  }
  writeFileSync(env("DOCWRIGHT_BENCH_RESULTS"), JSON.stringify(results));
  writeFileSync(env("DOCWRIGHT_HOST_RESULTS"), JSON.stringify({ passed: 1, failed: 0 }));
}

/** Milliseconds of this process's CPU, all threads, from the first word to the last. */
async function costOf(work: () => Promise<unknown>): Promise<number> {
  const done = work();
  await control("held");
  await pause(rest);
  const before = process.cpuUsage();
  await control("go");
  await control("held");
  await pause(settling);
  const { user, system } = process.cpuUsage(before);
  await control("go");
  await done;
  return (user + system) / 1_000;
}

async function control(what: "held" | "go"): Promise<void> {
  await fetch(`${env("DOCWRIGHT_BENCH_CONTROL")}/${what}`);
}

async function extension(): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    const found = vscode.extensions.getExtension("docwright.docwright");
    if (found) {
      await found.activate();
      return;
    }
    await pause(200);
  }
  throw new Error("the editor does not know the extension");
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
