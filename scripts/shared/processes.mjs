// Every process that a script starts runs in a group of its own and is registered here, so that the end of the script, however it comes,
// ends the whole group: no orphan is left.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const WINDOWS = process.platform === "win32";
const GRACE_MILLISECONDS = 5000;
const GUARD = fileURLToPath(new URL("guard.mjs", import.meta.url));

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * @typedef {object} StartOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] Added to the environment; `undefined` removes a name.
 * @property {'inherit' | 'pipe' | 'ignore'} [output] Where standard output and error go; `pipe` when absent.
 * @property {"ignore" | "pipe"} [input] `ignore` when absent.
 * @property {string} [logFile] Receives both outputs, too.
 */

/**
 * Starts a program in its own process group.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {StartOptions} [options]
 * @returns {import('node:child_process').ChildProcess}
 */
export function startProcess(command, args, options = {}) {
  const output = options.output ?? "pipe";
  // npm, mvn and code are .cmd files on Windows, which only a shell can start.
  const shell = WINDOWS && !command.toLowerCase().endsWith(".exe");
  const child = spawn(shell ? quoted(command) : command, shell ? args.map(quoted) : [...args], {
    cwd: options.cwd,
    env: environment(options.env),
    stdio: [options.input ?? "ignore", output, output],
    detached: !WINDOWS,
    shell,
    windowsHide: true,
  });
  if (options.logFile) {
    mkdirSync(path.dirname(options.logFile), { recursive: true });
    const log = createWriteStream(options.logFile);
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once("close", () => log.end());
  }
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Starts a server: it ends with this script even if this script is killed without a chance to clean up.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {StartOptions} [options]
 */
export function startGuarded(command, args, options = {}) {
  return startProcess(process.execPath, [GUARD, command, ...args], { ...options, input: "pipe" });
}

/** @param {NodeJS.ProcessEnv} [additions] */
function environment(additions) {
  const merged = { ...process.env, ...additions };
  for (const name of Object.keys(merged)) if (merged[name] === undefined) delete merged[name];
  return merged;
}

/** @param {string} argument */
function quoted(argument) {
  return /[\s&|<>^"]/.test(argument) ? `"${argument.replaceAll('"', '""')}"` : argument;
}

/**
 * Ends a process and its whole group: first politely, after five seconds by force.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>}
 */
export async function stopProcess(child) {
  if (child.pid === undefined) return;
  const gone = hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));
  signalGroup(child, "SIGTERM");
  const force = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MILLISECONDS);
  await gone;
  clearTimeout(force);
  signalGroup(child, "SIGKILL");
}

/** @param {import('node:child_process').ChildProcess} child */
function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (!WINDOWS) process.kill(-child.pid, signal);
    else if (!hasEnded(child))
      spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
  } catch {
    // The group is gone already.
  }
}

/** Ends everything that is still running. */
export async function stopAll() {
  await Promise.all([...running].map(stopProcess));
}

/**
 * Makes Ctrl-C, a termination signal or the death of the parent end everything that was started, then this script.
 * @param {() => Promise<void>} [before] Work to do first, such as closing a browser.
 */
export function stopAllOnSignal(before = () => Promise.resolve()) {
  let stopping = false;
  /** @param {number} exitCode */
  const stop = async (exitCode) => {
    if (stopping) return;
    stopping = true;
    await before().catch(() => undefined);
    await stopAll();
    process.exit(exitCode);
  };
  process.on("SIGINT", () => void stop(130));
  process.on("SIGTERM", () => void stop(143));
  process.on("SIGHUP", () => void stop(129));
  // npm starts scripts through a shell; when npm is killed, no signal arrives here, but the parent changes.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void stop(143);
  }, 1000).unref();
  // The last resort, without waiting: an exception that nobody caught, or process.exit() somewhere.
  process.on("exit", () => {
    for (const child of running) signalGroup(child, "SIGKILL");
  });
}
