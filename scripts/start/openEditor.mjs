// The second part of `npm start`: the editor with the packed extension on a copy of the sample project, until it is closed or Ctrl-C.
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { URLSearchParams } from "node:url";
import { cacheFolder } from "../shared/cacheFolder.mjs";
import { startProcess } from "../shared/processes.mjs";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { mustRun } from "../shared/runCommand.mjs";
import { say } from "../shared/say.mjs";
import { canRunBrowserEditor, installBrowserEditor } from "../tools/browserEditor.mjs";
import { findDesktopEditor } from "../tools/desktopEditor.mjs";
import { runEditorCommand, startEditorServer, writeSettings } from "../tools/editorServer.mjs";
import { providePackage } from "../tools/package.mjs";
import { SAMPLE_PROJECT } from "./twoAnswers.mjs";

/**
 * An editor of our own beside the developer's: its settings and extensions stay as they are.
 * @param {string} name
 */
function foldersOf(name) {
  const profile = path.join(cacheFolder(), name);
  return {
    userDataFolder: path.join(profile, "user-data"),
    extensionsFolder: path.join(profile, "extensions"),
  };
}

/**
 * @param {{ host: string, model: string }} options
 * @returns {Promise<void>} Settled when the editor has ended.
 */
export async function openEditor({ host, model }) {
  const settings = { "docwright.ollama.host": host, "docwright.model": model };
  const project = sampleProject();
  const desktop = await findDesktopEditor();
  if (desktop) return openDesktop(desktop, project, settings);
  if (canRunBrowserEditor()) return openBrowserEditor(project, settings);
  throw new Error(
    "there is no VS Code: install it from https://code.visualstudio.com, then run npm start again",
  );
}

/** @returns {string} A copy that may be changed; what was changed in it stays. */
function sampleProject() {
  const copy = path.join(repositoryRoot, "out", "sample-project");
  if (!existsSync(copy)) {
    mkdirSync(path.dirname(copy), { recursive: true });
    cpSync(SAMPLE_PROJECT, copy, { recursive: true });
  }
  return copy;
}

/**
 * @param {string} program
 * @param {string} project
 * @param {Record<string, unknown>} settings
 */
async function openDesktop(program, project, settings) {
  const { userDataFolder, extensionsFolder } = foldersOf("desktop-editor");
  writeSettings(userDataFolder, settings);
  const folders = ["--user-data-dir", userDataFolder, "--extensions-dir", extensionsFolder];
  await mustRun("install the extension into VS Code", program, [
    ...folders,
    "--install-extension",
    await providePackage(),
    "--force",
  ]);
  say("opening VS Code on the sample project; close it or press Ctrl-C to end");
  // Only with --verbose does the program stay the parent of the editor, so that Ctrl-C here ends it.
  const child = startProcess(program, [...folders, "--verbose", "--new-window", project], {
    output: "ignore",
  });
  await new Promise((resolve) => child.once("exit", resolve));
}

/**
 * @param {string} project
 * @param {Record<string, unknown>} settings
 */
async function openBrowserEditor(project, settings) {
  const editor = await installBrowserEditor();
  const folders = foldersOf("browser-editor");
  writeSettings(folders.userDataFolder, settings);
  await runEditorCommand(editor, folders, ["--install-extension", await providePackage(), "--force"]);
  const token = randomBytes(24).toString("hex");
  // In a file, because other users of the machine see the arguments of a process.
  const tokenFile = path.join(folders.userDataFolder, "connection-token");
  rmSync(tokenFile, { force: true });
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const server = await startEditorServer(editor, {
    ...folders,
    stayOpen: true,
    args: ["--connection-token-file", tokenFile],
  });
  const query = new URLSearchParams({ tkn: token, folder: project });
  say("the editor with Docwright on the sample project is at");
  process.stdout.write(`\nhttp://127.0.0.1:${server.port}/?${query}\n\n`);
  say("press Ctrl-C to end it and all that was started");
  await new Promise((resolve) => server.process.once("exit", resolve));
  throw new Error(`the editor's server ended by itself:\n${server.log()}`);
}
