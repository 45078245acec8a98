/** What the host tests need of the editor: files of the sample project, waiting, the pending change's editor. */
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";

export const extensionId = "docwright.docwright";

export function workspacePath(...parts: readonly string[]): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) throw new Error("the tests need the sample project's folder");
  return join(folder, ...parts);
}

export const javaPath = (name: string) =>
  workspacePath("src", "main", "java", "com", "example", "orders", name);

/** Waits until a condition holds; asks often, for a while. */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  milliseconds = 20_000,
): Promise<Value> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms for ${what}`);
    await pause(50);
  }
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Writes a file of the project and opens it with the caret at `‸` or the selection between `«` and `»`. */
export async function openAt(name: string, marked: string): Promise<vscode.TextEditor> {
  const text = marked.replace(/[‸«»]/g, "");
  await writeFile(javaPath(name), text);
  const document = await vscode.workspace.openTextDocument(javaPath(name));
  // An earlier test may have left the file open with its own text.
  await until("the file's text", () => document.getText() === text && !document.isDirty);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const caret = marked.indexOf("‸");
  const start = caret >= 0 ? caret : marked.indexOf("«");
  const end = caret >= 0 ? caret : marked.indexOf("»") - 1;
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(end));
  return editor;
}

export const onDisk = (name: string) => readFile(javaPath(name), "utf8");

export async function removeFile(name: string): Promise<void> {
  await chmod(javaPath(name), 0o644).catch(() => undefined);
  await rm(javaPath(name), { force: true });
}

/** The editor that shows a pending change, when it is visible. */
export function pendingEditor(): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === "docwright-pending");
}

export async function pendingLenses(): Promise<readonly string[]> {
  const editor = pendingEditor();
  if (!editor) return [];
  const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    editor.document.uri,
  );
  return lenses.flatMap(({ command }) => command?.title ?? []);
}

/**
 * Waits until the change can be accepted.
 * @param awaited A part of the code: the preview follows the answer with a delay that has no upper bound on a busy machine.
 */
export async function pendingReady(awaited?: string): Promise<vscode.TextEditor> {
  await until("a pending change that is ready", async () =>
    (await pendingLenses()).some((title) => title.includes("Discard")),
  );
  const editor = await until("its editor", pendingEditor);
  if (awaited !== undefined) {
    await until(`"${awaited}" in the preview`, () => pendingEditor()?.document.getText().includes(awaited));
  }
  let text: string | undefined;
  await until("the preview to be complete", async () => {
    const before = text;
    text = pendingEditor()?.document.getText();
    await pause(300);
    return text !== undefined && text === before;
  });
  return pendingEditor() ?? editor;
}

export const run = (command: string, argument?: unknown) =>
  vscode.commands.executeCommand(`docwright.${command}`, argument);

/** Decides about everything that is pending, reverts and closes all editors. */
export async function cleanUp(): Promise<void> {
  while (pendingTabs().length > 0) {
    await run("discard");
    await until("the change to be gone", () => pendingTabs().length === 0);
  }
  await vscode.commands.executeCommand("workbench.action.files.revert");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

function pendingTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === "docwright-pending");
}

export async function configure(values: Readonly<Record<string, unknown>>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("docwright");
  for (const [key, value] of Object.entries(values)) {
    await configuration.update(key, value, vscode.ConfigurationTarget.Global);
  }
}
