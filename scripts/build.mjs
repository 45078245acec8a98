// npm run build: the embedding model, the bundles, the Java program, the vectors of the field guide. With --if-stale nothing is done when nothing changed.
import { existsSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { isMain, runCommand, runMain } from "./shared/runCommand.mjs";
import { duration, say } from "./shared/say.mjs";
import { isBuildCurrent, recordBuild } from "./tools/buildInputs.mjs";
import { buildCompilerJar } from "./tools/compilerJar.mjs";
import { provideEmbeddingModel } from "./tools/embeddingModel.mjs";

/** @param {{ ifStale: boolean }} options */
export async function build({ ifStale }) {
  await provideEmbeddingModel();
  if (ifStale && isBuildCurrent()) return;
  const started = Date.now();
  await runNode("build the bundles", ["esbuild.mjs"]);
  await buildCompilerJar();
  await embedGuide();
  recordBuild();
  say(`built dist/ in ${duration(Date.now() - started)}`);
}

/** Embeds the sections of the field guide whose text is not what the committed vectors were made from. */
async function embedGuide() {
  const script = path.join("scripts", "guideVectors.mjs");
  if (existsSync(path.join(repositoryRoot, script))) await runNode("embed the field guide", [script]);
}

/**
 * @param {string} what
 * @param {readonly string[]} args
 */
async function runNode(what, args) {
  const { exitCode } = await runCommand(process.execPath, args, { cwd: repositoryRoot, output: "inherit" });
  if (exitCode !== 0) throw new Error(`could not ${what}: node ${args.join(" ")} ended with ${exitCode}`);
}

if (isMain(import.meta.url)) await runMain(() => build({ ifStale: process.argv.includes("--if-stale") }));
