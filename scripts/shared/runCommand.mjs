// Runs a program to its end.
import { pathToFileURL } from "node:url";
import { say } from "./say.mjs";
import { startProcess, stopAll, stopAllOnSignal } from "./processes.mjs";

const KEPT_LINES = 25;

/**
 * @typedef {object} CommandResult
 * @property {number} exitCode 127 when the program could not be started.
 * @property {string} output Standard output and error, in the order of arrival.
 * @property {string} stdout
 */

/**
 * Runs a program and collects what it writes; never throws for an exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('./processes.mjs').StartOptions & { timeoutMilliseconds?: number, onLine?: (line: string) => void }} [options]
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = startProcess(command, args, options);
    let output = "";
    let stdout = "";
    let unfinishedLine = "";
    /** @param {Buffer} data */
    const collect = (data) => {
      output += data.toString();
      if (!options.onLine) return;
      const lines = (unfinishedLine + data.toString()).split("\n");
      unfinishedLine = lines.pop() ?? "";
      for (const line of lines) options.onLine(line);
    };
    child.stdout?.on("data", (data) => {
      stdout += data;
      collect(data);
    });
    child.stderr?.on("data", collect);
    const timer =
      options.timeoutMilliseconds === undefined
        ? undefined
        : setTimeout(() => child.kill("SIGKILL"), options.timeoutMilliseconds);
    child.once("error", (error) => {
      clearTimeout(timer);
      resolve({ exitCode: 127, output: error.message, stdout });
    });
    child.once("close", (exitCode) => {
      clearTimeout(timer);
      if (unfinishedLine) options.onLine?.(unfinishedLine);
      resolve({ exitCode: exitCode ?? 1, output, stdout });
    });
  });
}

/**
 * Runs a program that has to succeed.
 * @param {string} what What the program does, for the error: `could not <what>`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 * @returns {Promise<CommandResult>}
 */
export async function mustRun(what, command, args, options) {
  const result = await runCommand(command, args, options);
  if (result.exitCode === 0) return result;
  const lastLines = result.output.trimEnd().split("\n").slice(-KEPT_LINES).join("\n");
  throw new Error(`could not ${what}: ${command} ended with ${result.exitCode}\n${lastLines}`);
}

/**
 * Runs a script's main function; a failure becomes one sentence and exit code 2. What was started ends with the script, however that ends.
 * @param {() => Promise<number | void>} main Returns the exit code.
 */
export async function runMain(main) {
  stopAllOnSignal();
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    if (process.env["DOCWRIGHT_TRACE"] && error instanceof Error) say(error.stack ?? "");
    process.exitCode = 2;
  } finally {
    await stopAll();
  }
}

/**
 * @param {string} moduleUrl The caller's `import.meta.url`.
 * @returns {boolean} Whether Node was started with that file.
 */
export function isMain(moduleUrl) {
  return process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === moduleUrl;
}
