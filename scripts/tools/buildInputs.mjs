// What a build was made from, so that it is made again only when something has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";

const INPUTS = [
  "src",
  "docs-index",
  "media",
  "esbuild.mjs",
  "package.json",
  "package-lock.json",
  ".vscodeignore",
];
const BUNDLES = [
  "dist/extension.cjs",
  "dist/placing.cjs",
  "dist/obtaining.cjs",
  "dist/cli.cjs",
  "dist/worker.cjs",
  "dist/compiler.jar",
];

/** Beside dist/, because all of dist/ is packed. */
const RECORD = path.join(repositoryRoot, "out", "build-inputs");

/** @returns {string} A hash over names and contents of all that the build reads. */
export function buildInputs() {
  const hash = createHash("sha256");
  /** @param {string} place */
  const add = (place) => {
    const full = path.join(repositoryRoot, place);
    if (!existsSync(full)) return;
    hash.update(`${place}\0`).update(readFileSync(full)).update("\0");
  };
  for (const input of INPUTS) {
    const full = path.join(repositoryRoot, input);
    if (!existsSync(full) || path.extname(input) || input.startsWith(".")) {
      add(input);
      continue;
    }
    const entries = readdirSync(full, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const files = entries.map((entry) =>
      path.relative(repositoryRoot, path.join(entry.parentPath ?? entry.path, entry.name)),
    );
    for (const file of files.sort()) add(file);
  }
  return hash.digest("hex");
}

/** @returns {boolean} Whether dist/ is what a build would make now. */
export function isBuildCurrent() {
  const isThere = [...BUNDLES, RECORD].every((file) => existsSync(path.resolve(repositoryRoot, file)));
  return isThere && readFileSync(RECORD, "utf8") === buildInputs();
}

/** Notes that dist/ is what a build makes now. */
export function recordBuild() {
  mkdirSync(path.dirname(RECORD), { recursive: true });
  writeFileSync(RECORD, buildInputs());
}
