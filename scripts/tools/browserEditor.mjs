// VS Code's own workbench in the browser, for a machine without the desktop program: its server comes with the npm package code-server, and
// npm carries the Node that the server needs. Linux only.
import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { installOnce } from "../shared/installOnce.mjs";
import { findProgram } from "../shared/programs.mjs";
import { isMain, mustRun, runCommand, runMain } from "../shared/runCommand.mjs";
import { say, withHeartbeat } from "../shared/say.mjs";

/** What users get and most tests run in. */
export const NEWEST_EDITOR = "4.139.1";
/** The lower end of `engines.vscode`. */
export const OLDEST_EDITOR = "4.103.2";

/**
 * Each server has native modules of one major version of Node.
 * @type {Readonly<Record<string, string>>}
 */
const NODE_VERSIONS = { [NEWEST_EDITOR]: "24.21.0", [OLDEST_EDITOR]: "22.23.3" };

const INSTALL = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-progress"];

/**
 * @typedef {object} BrowserEditor
 * @property {string} version Of code-server; VS Code's is 1.x.y for 4.x.y.
 * @property {string} node The Node that runs the server.
 * @property {string} serverMain The server's entry file.
 */

const RIPGREP = "@vscode/ripgrep-universal@1.18.0";
const NATIVE_MODULES = ["@vscode/spdlog", "native-watchdog"];

/** @returns {boolean} Whether npm carries the editor and its Node for this machine. */
export function canRunBrowserEditor() {
  return process.platform === "linux" && (process.arch === "x64" || process.arch === "arm64");
}

const nodePackage = `node-linux-${process.arch}`;

/**
 * @param {string} folder
 * @param {string} version
 * @returns {BrowserEditor}
 */
function partsIn(folder, version) {
  const modules = path.join(folder, "node_modules");
  return {
    version,
    node: path.join(modules, nodePackage, "bin", "node"),
    serverMain: path.join(modules, "code-server", "lib", "vscode", "out", "server-main.js"),
  };
}

/**
 * @param {string} [version]
 * @returns {Promise<BrowserEditor>}
 */
export async function installBrowserEditor(version = NEWEST_EDITOR) {
  const nodeVersion = NODE_VERSIONS[version];
  if (!nodeVersion) throw new Error(`no Node is known for code-server ${version}`);
  const folder = await installOnce({
    name: `code-server-${version}`,
    isComplete: async (candidate) => {
      const { node, serverMain } = partsIn(candidate, version);
      const dependencies = path.join(path.dirname(serverMain), "..", "node_modules", "@vscode");
      if (!existsSync(serverMain) || !existsSync(dependencies)) return false;
      return (await runCommand(node, ["--version"])).output.startsWith("v");
    },
    install: async (unfinished) => {
      say(
        `fetching VS Code's server with npm (code-server ${version}, 0.8 GB unpacked): about two minutes, once`,
      );
      await withHeartbeat("still fetching VS Code's server", () => install(unfinished, version, nodeVersion));
    },
  });
  return partsIn(folder, version);
}

/**
 * @param {string} folder
 * @param {string} version
 * @param {string} nodeVersion
 */
async function install(folder, version, nodeVersion) {
  await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
  const packages = [`${nodePackage}@${nodeVersion}`, `code-server@${version}`];
  await mustRun("fetch VS Code's server", "npm", [...INSTALL, "--save-exact", ...packages], { cwd: folder });
  const { node, serverMain } = partsIn(folder, version);
  const server = path.resolve(serverMain, "..", "..");
  const env = { PATH: `${path.dirname(node)}${path.delimiter}${process.env["PATH"]}` };
  // Not `npm ci`: the shrinkwrap lacks an entry, and ci refuses it.
  for (const cwd of [server, path.join(server, "extensions")]) {
    await mustRun("fetch what VS Code's server needs", "npm", [...INSTALL, "--omit=dev"], { cwd, env });
  }
  await provideFileSearch(folder, server);
  await buildNativeModules(server, node);
}

/**
 * Older servers fetch ripgrep, which finds files, in an install script from a place of its own; newer ones bring it as a package, which serves
 * the older ones as well.
 * @param {string} folder
 * @param {string} server
 */
async function provideFileSearch(folder, server) {
  const oldPackage = path.join(server, "node_modules", "@vscode", "ripgrep");
  if (!existsSync(oldPackage)) return;
  await mustRun("fetch ripgrep", "npm", [...INSTALL, "--save-exact", RIPGREP], { cwd: folder });
  const universal = path.join(folder, "node_modules", "@vscode", "ripgrep-universal");
  await mkdir(path.join(oldPackage, "bin"), { recursive: true });
  await copyFile(
    path.join(universal, "bin", `linux-${process.arch}`, "rg"),
    path.join(oldPackage, "bin", "rg"),
  );
}

/**
 * Log files, the text of log output panels and the watch over a hanging extension host need native modules. Without a compiler the editor
 * works, only without them.
 * @param {string} server
 * @param {string} node
 */
async function buildNativeModules(server, node) {
  if (!["g++", "make", "python3"].every(findProgram)) {
    say("without g++, make and python3 the browser editor shows no text in its log panels");
    return;
  }
  const nodeFolder = path.resolve(node, "..", "..");
  const built = await runCommand("npm", ["rebuild", ...NATIVE_MODULES, "--ignore-scripts=false"], {
    cwd: server,
    // The headers come with the Node package: nothing else is fetched.
    env: {
      PATH: `${path.dirname(node)}${path.delimiter}${process.env["PATH"]}`,
      npm_config_nodedir: nodeFolder,
    },
  });
  if (built.exitCode !== 0)
    say("the browser editor's native modules could not be built; its log panels stay empty");
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    const editor = await installBrowserEditor(process.argv[2]);
    say(`VS Code's server is ${editor.serverMain}`);
  });
}
