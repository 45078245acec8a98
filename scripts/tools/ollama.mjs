// Where Ollama comes from: the developer's own comes first, whether it runs or is only installed; then the one in the cache; then the official
// release archive; then a build.
import path from "node:path";
import { cacheFolder } from "../shared/cacheFolder.mjs";
import { installOnce } from "../shared/installOnce.mjs";
import { findProgram, isExecutable } from "../shared/programs.mjs";
import { isMain, runCommand, runMain } from "../shared/runCommand.mjs";
import { say } from "../shared/say.mjs";
import { buildOllama } from "./ollamaBuild.mjs";
import { findRelease, installRelease, OLLAMA_VERSION } from "./ollamaRelease.mjs";
import { findRunningServer, startServer } from "./ollamaServer.mjs";

/**
 * @typedef {{ kind: "running", server: import("./ollamaServer.mjs").OllamaServer }
 *   | { kind: "installed", program: string }
 *   | { kind: "cached", program: string }
 *   | { kind: "release", release: import("./ollamaRelease.mjs").Release }
 *   | { kind: "build", reason: string }} OllamaPlan
 */

const FOLDER_NAME = `ollama-${OLLAMA_VERSION}`;

/** @param {string} folder */
function programIn(folder) {
  return process.platform === "win32" ? path.join(folder, "ollama.exe") : path.join(folder, "bin", "ollama");
}

/** @param {string} folder */
async function isComplete(folder) {
  const program = programIn(folder);
  if (!isExecutable(program)) return false;
  // Port 9 answers nobody: the program says its own version, not that of a server.
  const { output } = await runCommand(program, ["--version"], {
    env: { OLLAMA_HOST: "127.0.0.1:9" },
    timeoutMilliseconds: 20_000,
  });
  return output.includes(OLLAMA_VERSION);
}

/**
 * Looks, fetches nothing.
 * @param {{ useRunning: boolean }} options The tests leave the developer's running server alone.
 * @returns {Promise<OllamaPlan>}
 */
export async function planOllama({ useRunning }) {
  const server = useRunning ? await findRunningServer() : undefined;
  if (server) return { kind: "running", server };
  const installed = findProgram("ollama");
  if (installed) return { kind: "installed", program: installed };
  const cached = path.join(cacheFolder(), FOLDER_NAME);
  if (await isComplete(cached)) return { kind: "cached", program: programIn(cached) };
  const release = await findRelease();
  if (typeof release !== "string") return { kind: "release", release };
  return { kind: "build", reason: release };
}

/**
 * @param {Exclude<OllamaPlan, { kind: "running" }>} plan
 * @returns {Promise<string>} The program.
 */
export async function provideProgram(plan) {
  if (plan.kind === "installed" || plan.kind === "cached") return plan.program;
  const folder = await installOnce({
    name: FOLDER_NAME,
    isComplete,
    install: async (unfinished) => {
      if (plan.kind === "release") {
        await installRelease(plan.release, unfinished);
        return;
      }
      say(`the official release of Ollama cannot be used: ${plan.reason}`);
      await buildOllama(unfinished);
    },
  });
  return programIn(folder);
}

/**
 * @param {OllamaPlan} plan
 * @returns {Promise<import("./ollamaServer.mjs").OllamaServer>} A server that answers.
 */
export async function provideServer(plan) {
  if (plan.kind === "running") {
    say(`Ollama ${plan.server.version} answers at ${plan.server.url}`);
    return plan.server;
  }
  const program = await provideProgram(plan);
  const server = await startServer({ program, ownModels: plan.kind !== "installed" });
  say(`started Ollama ${server.version} (${program}) at ${server.url}`);
  return server;
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    const plan = await planOllama({ useRunning: false });
    if (plan.kind !== "running") say(`Ollama is ${await provideProgram(plan)}`);
  });
}
