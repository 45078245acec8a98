// The desktop VS Code, when the machine has one and a screen to show it on.
import path from "node:path";
import { findProgram, isExecutable } from "../shared/programs.mjs";
import { runCommand } from "../shared/runCommand.mjs";

/** `engines.vscode` of package.json. */
const OLDEST = { major: 1, minor: 103 };

function candidates() {
  const found = [];
  const onPath = findProgram("code");
  if (onPath) found.push(onPath);
  if (process.platform === "darwin") {
    found.push("/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code");
  }
  const { LOCALAPPDATA, PROGRAMFILES } = process.env;
  if (LOCALAPPDATA) found.push(path.join(LOCALAPPDATA, "Programs", "Microsoft VS Code", "bin", "code.cmd"));
  if (PROGRAMFILES) found.push(path.join(PROGRAMFILES, "Microsoft VS Code", "bin", "code.cmd"));
  return found;
}

/** @returns {boolean} Whether a window could be opened from here. */
function hasScreen() {
  // In a terminal of a remote window `code` only passes files on to the window that is open.
  if (process.env["VSCODE_IPC_HOOK_CLI"]) return false;
  if (process.platform !== "linux") return true;
  return Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
}

/** @returns {Promise<string | undefined>} The `code` program of a VS Code that is new enough. */
export async function findDesktopEditor() {
  if (!hasScreen()) return undefined;
  for (const program of candidates()) {
    if (!isExecutable(program)) continue;
    const { exitCode, output } = await runCommand(program, ["--version"], { timeoutMilliseconds: 15_000 });
    const version = /^(\d+)\.(\d+)\.\d+/m.exec(output);
    if (exitCode !== 0 || !version) continue;
    const [major, minor] = [Number(version[1]), Number(version[2])];
    if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return program;
  }
  return undefined;
}
