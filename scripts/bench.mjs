// npm run bench: measures quality and speed against material that lies beside the clone, in ../shared. Each test/eval/<name>.mjs exports
// `name` and `run({ shared, check, cli })`; that answers `{ rows, failures }`: rows are printed, failures decide the exit code.
// `--check` holds the figures against the committed baselines; other words choose benches by name.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { runMain } from "./shared/runCommand.mjs";
import { duration, say } from "./shared/say.mjs";

/**
 * @typedef {object} BenchContext
 * @property {string} shared The folder with the material.
 * @property {boolean} check Whether the figures have to reach the committed baseline.
 * @property {string} cli The built command line, to be run with Node.
 *
 * @typedef {object} BenchOutcome
 * @property {readonly Record<string, string | number | boolean>[]} rows
 * @property {readonly string[]} failures One sentence each.
 *
 * @typedef {object} Bench
 * @property {string} name
 * @property {(context: BenchContext) => Promise<BenchOutcome>} run
 * @property {boolean} [byNameOnly] For one that takes long, and holds no figure against a baseline.
 */

const SHARED = path.resolve(repositoryRoot, "..", "shared");
const EVAL_FOLDER = path.join(repositoryRoot, "test", "eval");

await runMain(async () => {
  const words = process.argv.slice(2);
  const check = words.includes("--check");
  const chosen = words.filter((word) => !word.startsWith("--"));
  if (!existsSync(SHARED)) {
    say(`the benches read ${SHARED}, which is not there`);
    return 2;
  }
  const { build } = await import("./build.mjs");
  await build({ ifStale: true });
  let failures = 0;
  for (const bench of await benches(chosen)) failures += await measure(bench, check);
  process.stdout.write(failures === 0 ? "bench: all as it should be\n" : `bench: ${failures} failures\n`);
  return failures === 0 ? 0 : 1;
});

/**
 * @param {readonly string[]} chosen
 * @returns {Promise<Bench[]>}
 */
async function benches(chosen) {
  const files = existsSync(EVAL_FOLDER)
    ? readdirSync(EVAL_FOLDER).filter((file) => file.endsWith(".mjs"))
    : [];
  /** @type {Bench[]} */
  const found = [];
  for (const file of files.sort()) {
    /** @type {Partial<Bench>} */
    const module = await import(pathToFileURL(path.join(EVAL_FOLDER, file)).href);
    const { name, run, byNameOnly } = module;
    if (!name || !run) throw new Error(`test/eval/${file} does not export name and run`);
    if (chosen.length === 0 ? !byNameOnly : chosen.includes(name)) found.push({ name, run });
  }
  const unknown = chosen.filter((name) => !found.some((bench) => bench.name === name));
  if (unknown.length > 0) throw new Error(`there is no bench ${unknown.join(", ")}`);
  if (found.length === 0) throw new Error("there is no bench in test/eval");
  return found;
}

/**
 * @param {Bench} bench
 * @param {boolean} check
 * @returns {Promise<number>} How many failures it has; one that breaks has one.
 */
async function measure(bench, check) {
  const started = Date.now();
  say(`== ${bench.name}`);
  const cli = path.join(repositoryRoot, "dist", "cli.cjs");
  try {
    const { rows, failures } = await bench.run({ shared: SHARED, check, cli });
    console.table(rows);
    for (const failure of failures) say(`${bench.name}: ${failure}`);
    say(`${bench.name} took ${duration(Date.now() - started)}`);
    return failures.length;
  } catch (error) {
    say(
      `${bench.name} could not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return 1;
  }
}
