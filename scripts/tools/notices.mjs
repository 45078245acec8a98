// The licences of all that the bundles hold, gathered from what esbuild says it has put in: dist/THIRD-PARTY-NOTICES.txt.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";

/**
 * @typedef {object} Notice
 * @property {string} name
 * @property {string} version
 * @property {string} licence SPDX expression, as the package says.
 * @property {string} text The licence's own text; empty where the package brings none.
 */

/** Beside what is bundled: files that are copied into the package. */
const COPIED = ["onnxruntime-web", "@vscode/codicons"];
/** The embedding model is no package; its licence file travels with it. */
const MODEL =
  "The embedding model in dist/models and its tokenizer (all-MiniLM-L6-v2) are licensed under Apache-2.0.";

/** Packages whose package.json is silent, with what their repository says. */
const UNSAID = new Map([
  ["@llamaindex/core", "MIT"],
  ["@llamaindex/env", "MIT"],
]);

/**
 * @param {readonly import("esbuild").Metafile[]} metafiles
 * @returns {readonly Notice[]}
 */
export function bundledNotices(metafiles) {
  return bundledPackages(metafiles).map(noticeOf);
}

/**
 * @param {readonly Notice[]} notices
 * @returns {string}
 */
export function noticesText(notices) {
  const parts = notices.map(({ name, version, licence, text }) =>
    [`${name} ${version} (${licence})`, text].filter((part) => part !== "").join("\n\n"),
  );
  const line = "-".repeat(80);
  return [`Docwright holds parts of the following works.\n\n${MODEL}`, ...parts, ""].join(`\n\n${line}\n\n`);
}

/**
 * Folders of the packages, in order of their names.
 * @param {readonly import("esbuild").Metafile[]} metafiles
 * @returns {readonly string[]}
 */
export function bundledPackages(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([input, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [input] : [],
      ),
    ),
  );
  const folders = inputs.flatMap((input) => {
    // A package may bring another of its own below it: the innermost one is meant.
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    return found === undefined ? [] : [found];
  });
  return [...new Set([...folders, ...COPIED.map((name) => `node_modules/${name}`)])].sort();
}

/**
 * @param {string} folder
 * @returns {Notice}
 */
function noticeOf(folder) {
  const full = path.join(repositoryRoot, folder);
  /** @type {{ name: string, version: string, license?: string | { type: string } }} */
  const { name, version, license } = JSON.parse(readFileSync(path.join(full, "package.json"), "utf8"));
  const said = typeof license === "string" ? license : license?.type;
  const licence = said ?? UNSAID.get(name);
  if (licence === undefined)
    throw new Error(`${name} does not say under which licence it is: look at its repository`);
  const files = existsSync(full)
    ? readdirSync(full).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
    : [];
  const text = files
    .sort()
    .map((file) => readFileSync(path.join(full, file), "utf8").trim())
    .join("\n\n");
  return { name, version, licence, text };
}
