// Starts VS Code's server and installs extensions into it.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mustRun } from "../shared/runCommand.mjs";
import { startGuarded, stopProcess } from "../shared/processes.mjs";

const START_MILLISECONDS = 60_000;

/** Settings of every editor that these scripts start: no telemetry, no updates, nothing that asks the network. */
const QUIET_SETTINGS = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
};

/**
 * Writes the settings of an editor's own data folder, where the machine's settings and the user's are read.
 * @param {string} userDataFolder
 * @param {Record<string, unknown>} settings
 */
export function writeSettings(userDataFolder, settings) {
  const text = JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2);
  const folders = ["User", "Machine", path.join("server", "data", "Machine")];
  for (const name of folders) {
    const folder = path.join(userDataFolder, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "settings.json"), text);
  }
}

/**
 * The environment of an editor: without what an editor around us has set, and without an extension marketplace.
 * @param {NodeJS.ProcessEnv} [additions]
 * @returns {NodeJS.ProcessEnv}
 */
function editorEnvironment(additions) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "" }),
    CS_TELEMETRY_URL: "http://127.0.0.1:9/",
  };
  for (const name of Object.keys(process.env)) {
    if (/^(VSCODE_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)/.test(name)) env[name] = undefined;
  }
  return { ...env, ...additions };
}

/**
 * @typedef {object} EditorFolders
 * @property {string} userDataFolder
 * @property {string} extensionsFolder
 */

/** @param {EditorFolders} folders */
function folderArguments({ userDataFolder, extensionsFolder }) {
  return [
    "--accept-server-license-terms",
    "--server-data-dir",
    path.join(userDataFolder, "server"),
    "--user-data-dir",
    userDataFolder,
    "--extensions-dir",
    extensionsFolder,
  ];
}

/**
 * Runs the server's command line, which knows `--install-extension` and its kin.
 * @param {import("./browserEditor.mjs").BrowserEditor} editor
 * @param {EditorFolders} folders
 * @param {readonly string[]} args
 */
export function runEditorCommand(editor, folders, args) {
  mkdirSync(folders.extensionsFolder, { recursive: true });
  return mustRun(
    "run VS Code's command line",
    editor.node,
    [editor.serverMain, ...folderArguments(folders), ...args],
    {
      env: editorEnvironment(),
    },
  );
}

/**
 * @typedef {object} EditorServer
 * @property {number} port Of 127.0.0.1.
 * @property {import("node:child_process").ChildProcess} process
 * @property {() => string} log What the server has written so far.
 * @property {() => Promise<void>} stop
 */

/**
 * @param {import("./browserEditor.mjs").BrowserEditor} editor
 * `connectsTo` names a file that strace writes every connect of the server, and of all that it starts, into.
 * @param {EditorFolders & { args: readonly string[], env?: NodeJS.ProcessEnv, stayOpen?: boolean, connectsTo?: string }} options
 * @returns {Promise<EditorServer>} A server that listens on 127.0.0.1 at a port of its own.
 */
export async function startEditorServer(editor, options) {
  // Older servers make the folder, but not the one around it, and without it they read no extension at all.
  mkdirSync(options.extensionsFolder, { recursive: true });
  const args = [
    editor.serverMain,
    ...["--host", "127.0.0.1", "--port", "0"],
    ...folderArguments(options),
    ...["--disable-telemetry", "--telemetry-level", "off", "--disable-experiments", "--disable-update-check"],
    "--disable-getting-started-override",
    // A test's server ends by itself when its page is gone; a developer may close the page and open it again.
    ...(options.stayOpen ? [] : ["--reconnection-grace-time", "30", "--enable-remote-auto-shutdown"]),
    ...options.args,
  ];
  const traced = options.connectsTo
    ? ["-f", "-qq", "-e", "trace=connect", "-o", options.connectsTo, editor.node]
    : [];
  const [program = "", ...words] = [...(options.connectsTo ? ["strace"] : [editor.node]), ...traced, ...args];
  const child = startGuarded(program, words, { env: editorEnvironment(options.env) });
  let log = "";
  /** @type {number} */
  const port = await new Promise((resolve, reject) => {
    /** @param {Buffer} data */
    const read = (data) => {
      log += data.toString();
      const listening = /Extension host agent listening on (\d+)/.exec(log);
      if (listening) resolve(Number(listening[1]));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`VS Code's server ended with ${code}:\n${log}`)));
    setTimeout(
      () => reject(new Error(`VS Code's server did not start:\n${log}`)),
      START_MILLISECONDS,
    ).unref();
  }).catch(async (/** @type {unknown} */ error) => {
    await stopProcess(child);
    throw error;
  });
  return { port, process: child, log: () => log, stop: () => stopProcess(child) };
}
