// Finding, starting and asking a server of Ollama.
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { cacheFolder } from "../shared/cacheFolder.mjs";
import { freePort } from "../shared/network.mjs";
import { startGuarded, stopProcess } from "../shared/processes.mjs";
import { say } from "../shared/say.mjs";

const DEFAULT_PORT = 11434;
const START_MILLISECONDS = 30_000;

/**
 * @typedef {object} OllamaServer
 * @property {string} url Without a slash at the end.
 * @property {string} version
 * @property {boolean} ours Whether this script started it.
 * @property {import("node:child_process").ChildProcess} [process]
 */

/**
 * @param {string | undefined} host `OLLAMA_HOST` as Ollama reads it: with or without scheme and port.
 * @returns {string} The address that a client uses.
 */
export function serverUrl(host) {
  const given = host?.trim() ?? "";
  const url = new URL(/^https?:\/\//.test(given) ? given : `http://${given || "127.0.0.1"}`);
  const hasPort = url.port !== "" || /^https?:\/\//.test(given);
  if (!hasPort) url.port = String(DEFAULT_PORT);
  // An address to listen on everywhere is no address to connect to.
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") url.hostname = "127.0.0.1";
  return url.origin;
}

/**
 * @param {string} url
 * @param {number} [timeoutMilliseconds]
 * @returns {Promise<string | undefined>} The version of the server that answers there.
 */
export async function serverVersion(url, timeoutMilliseconds = 1500) {
  try {
    const response = await fetch(`${url}/api/version`, { signal: AbortSignal.timeout(timeoutMilliseconds) });
    const answer = /** @type {{ version?: unknown }} */ (await response.json());
    return typeof answer.version === "string" ? answer.version : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {Promise<OllamaServer | undefined>} The server that the developer runs already. */
export async function findRunningServer() {
  const url = serverUrl(process.env["OLLAMA_HOST"]);
  const version = await serverVersion(url);
  if (version !== undefined) return { url, version, ours: false };
  if (process.env["OLLAMA_HOST"]) say(`OLLAMA_HOST names ${url}, but no Ollama answers there`);
  return undefined;
}

/**
 * @typedef {object} ServeOptions
 * @property {string} program
 * @property {boolean} ownModels Keep models in the tool cache instead of the developer's own models folder.
 * @property {string} [modelsFolder] Instead of the one in the cache.
 * @property {number} [port]
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * Starts `ollama serve` on a port of its own, so that a server that the developer starts later finds its usual port free.
 * @param {ServeOptions} options
 * @returns {Promise<OllamaServer>}
 */
export async function startServer(options) {
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const cache = cacheFolder();
  /** @type {NodeJS.ProcessEnv} */
  const env = { OLLAMA_HOST: `127.0.0.1:${port}`, OLLAMA_NUM_PARALLEL: "1", ...options.env };
  if (options.ownModels) {
    env["OLLAMA_MODELS"] = options.modelsFolder ?? path.join(cache, "ollama-models");
    // The server keeps a key in the home folder; ours stays out of the developer's.
    env["HOME"] = path.join(cache, "ollama-home");
    env["OLLAMA_NO_CLOUD"] = "1";
  }
  const logFile = path.join(cache, "logs", `ollama-serve-${port}.log`);
  const child = startGuarded(options.program, ["serve"], { env, logFile });
  const deadline = Date.now() + START_MILLISECONDS;
  let failure = "";
  child.once("error", (error) => (failure = error.message));
  child.once("exit", (code) => (failure ||= `it ended with ${code}`));
  while (Date.now() < deadline && !failure) {
    const version = await serverVersion(url, 500);
    if (version !== undefined) return { url, version, ours: true, process: child };
    await wait(100);
  }
  await stopProcess(child);
  throw new Error(
    `Ollama (${options.program}) did not start: ${failure || `no answer in ${START_MILLISECONDS / 1000} s`}; see ${logFile}`,
  );
}

/** @param {OllamaServer} server Stopped only when this script started it. */
export async function stopServer(server) {
  if (server.process) await stopProcess(server.process);
}
