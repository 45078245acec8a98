// Which model answers: the configured one when the server has it, else what the developer agrees to pull, else the ladder.
import { statfs } from "node:fs/promises";
import { freemem, homedir, totalmem } from "node:os";
import { fileSize, say } from "../shared/say.mjs";
import { configuredByDefault, isWheelModel, ladder, smallestModel } from "./ladder.mjs";
import { importModel } from "./modelFile.mjs";
import { pullModel } from "./pull.mjs";

const NETWORK_FAILURE =
  /dial tcp|no such host|lookup |connection refused|network is unreachable|i\/o timeout|TLS|certificate/;

/**
 * @param {string} url
 * @returns {Promise<string[]>} The names of the models that the server has.
 */
export async function installedModels(url) {
  const response = await fetch(`${url}/api/tags`);
  const answer = /** @type {{ models?: { name: string }[] }} */ (await response.json());
  return (answer.models ?? []).map((model) => model.name);
}

/**
 * @param {readonly string[]} installed
 * @param {string} name `mixtral` and `mixtral:latest` are the same.
 */
export function hasModel(installed, name) {
  return installed.includes(name) || installed.includes(`${name}:latest`);
}

/** The configured model: DOCWRIGHT_MODEL, else the extension's default. */
export function configuredModel() {
  return process.env["DOCWRIGHT_MODEL"] || configuredByDefault;
}

/**
 * @typedef {object} Machine
 * @property {number} freeMemory Bytes.
 * @property {number} totalMemory
 * @property {number} freeDisk
 */

/** @returns {Promise<Machine>} */
async function thisMachine() {
  const disk = await statfs(homedir());
  return { freeMemory: freemem(), totalMemory: totalmem(), freeDisk: disk.bavail * disk.bsize };
}

/**
 * @typedef {object} ModelChoice
 * @property {string} model
 * @property {string} reason A sentence's end: `mixtral, because …`.
 */

/**
 * @typedef {object} ChoiceContext
 * @property {string} url
 * @property {((question: string) => Promise<boolean>) | undefined} confirm Absent without a terminal: then nothing is pulled.
 */

/**
 * Makes sure that the server has a model and says which and why.
 * @param {ChoiceContext} context
 * @returns {Promise<ModelChoice>}
 */
export async function provideModel({ url, confirm }) {
  const installed = await installedModels(url);
  const wanted = configuredModel();
  if (hasModel(installed, wanted)) return { model: wanted, reason: "it is the configured model" };
  const machine = await thisMachine();
  const why = `${wanted} is not on the server`;
  const proposed = ladder.find((model) => model.name === wanted) ?? {
    name: wanted,
    source: { kind: "pull" },
  };
  let ask = confirm;
  /** @param {{ name: string }} model */
  const pullOnYes = async (model) => {
    if (!ask || !(await ask(pullQuestion(model, machine)))) return false;
    const failure = await pullModel(url, model.name);
    if (failure === undefined) return true;
    say(`${model.name} could not be pulled: ${failure}`);
    // What cannot be reached now cannot be reached for the next model either.
    if (NETWORK_FAILURE.test(failure)) ask = undefined;
    return false;
  };
  if (proposed.source.kind === "pull" && (await pullOnYes(proposed))) {
    return { model: wanted, reason: "it is the configured model" };
  }
  const last = smallestModel();
  const poorCode = `it writes poor code: pull ${wanted} for good answers`;
  for (const model of ladder) {
    if (hasModel(installed, model.name)) {
      const best = `${why}, and this is the best of the ladder that it has`;
      return { model: model.name, reason: model === last ? `${best}; ${poorCode}` : best };
    }
    if (model.name === wanted || isWheelModel(model)) continue;
    if (model.memoryBytes <= machine.freeMemory / 2 && (await pullOnYes(model))) {
      return { model: model.name, reason: `${why}, and this fits half of the free memory` };
    }
  }
  await importModel(url, last);
  const nothingPulled = confirm ? "nothing else was pulled" : "without a terminal nothing is pulled";
  return { model: last.name, reason: `${why}, and ${nothingPulled}; ${poorCode}` };
}

/**
 * @param {{ name: string, title?: string, license?: string, downloadBytes?: number, memoryBytes?: number }} model
 * @param {Machine} machine
 */
function pullQuestion(model, machine) {
  const size = model.downloadBytes === undefined ? "size unknown" : fileSize(model.downloadBytes);
  const memory =
    model.memoryBytes === undefined ? "" : `, needs ${fileSize(model.memoryBytes)} of memory to run well`;
  const name = model.title ? `${model.title} (${model.name}, ${model.license})` : model.name;
  return (
    `Pull ${name}? ${size}${memory}. This machine: ${fileSize(machine.freeDisk)} of disk free, ` +
    `${fileSize(machine.freeMemory)} of ${fileSize(machine.totalMemory)} memory free.`
  );
}
