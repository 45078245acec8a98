// npm run test:long: tests that take too long for every run (test/long/*.ts). `-- --minutes N` stops after that time; the next run goes on
// there, from out/long/<name>.json; `-- --again` begins anew; other words choose tests by name. Closes with one line a test.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { engineBundle } from "./shared/engineBundle.mjs";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { runMain } from "./shared/runCommand.mjs";
import { duration, say } from "./shared/say.mjs";

/**
 * @typedef {object} LongTest See test/long/longTest.ts.
 * @property {string} name
 * @property {number} steps
 * @property {(seed: number) => Promise<{ step(number: number): Promise<unknown>, stop(): Promise<void> }>} start
 * @property {(results: readonly unknown[]) => string} summary
 *
 * @typedef {object} State
 * @property {number} seed
 * @property {{ number: number, result?: unknown, failure?: string }[]} done
 */

const FOLDER = path.join(repositoryRoot, "test", "long");
const STATES = path.join(repositoryRoot, "out", "long");

await runMain(async () => {
  const words = process.argv.slice(2);
  const minutesAt = words.indexOf("--minutes");
  const minutes = minutesAt < 0 ? Infinity : Number(words[minutesAt + 1]);
  if (!(minutes > 0)) throw new Error("--minutes wants a number");
  const chosen = words.filter((word, index) => !word.startsWith("--") && index !== minutesAt + 1);
  const { provideDependencies } = await import("./tools/dependencies.mjs");
  await provideDependencies();
  const { build } = await import("./build.mjs");
  await build({ ifStale: true });
  const deadline = Date.now() + minutes * 60_000;
  const lines = [];
  let failed = 0;
  for (const test of await load(chosen)) {
    const { line, failures } = await runTest(test, deadline, words.includes("--again"));
    lines.push(line);
    failed += failures;
  }
  for (const line of lines) process.stdout.write(`${line}\n`);
  return failed === 0 ? 0 : 1;
});

/**
 * @param {readonly string[]} chosen
 * @returns {Promise<LongTest[]>}
 */
async function load(chosen) {
  const { build } = await import("esbuild");
  const names = readdirSync(FOLDER).filter((name) => name !== "longTest.ts" && name.endsWith(".ts"));
  const tests = [];
  for (const name of names.map((file) => path.basename(file, ".ts"))) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    // As deep below the clone as scripts/shared, whose modules look for it by their own place.
    const outfile = path.join(repositoryRoot, "out", "longTests", `${name}.cjs`);
    await build({
      ...engineBundle,
      entryPoints: [path.join(FOLDER, `${name}.ts`)],
      outfile,
      external: ["esbuild"],
      logLevel: "error",
    });
    const { longTest } = await import(pathToFileURL(outfile).href);
    tests.push(longTest);
  }
  return tests;
}

/**
 * @param {LongTest} test
 * @param {number} deadline
 * @param {boolean} again
 */
async function runTest(test, deadline, again) {
  const started = Date.now();
  const file = path.join(STATES, `${test.name}.json`);
  mkdirSync(STATES, { recursive: true });
  /** @type {State} */
  const state =
    existsSync(file) && !again
      ? JSON.parse(readFileSync(file, "utf8"))
      : { seed: Math.floor(Math.random() * 2 ** 31), done: [] };
  const begunWith = state.done.length;
  if (begunWith > 0) say(`${test.name}: going on after ${begunWith} of ${test.steps}`);
  if (begunWith < test.steps) {
    const running = await test.start(state.seed + begunWith);
    for (let number = begunWith; number < test.steps && Date.now() < deadline; number++) {
      try {
        state.done.push({ number, result: await running.step(number) });
      } catch (error) {
        const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
        say(`${test.name} ${number}: ${failure}`);
        state.done.push({ number, failure });
      }
      writeFileSync(`${file}.new`, JSON.stringify(state, undefined, 1));
      renameSync(`${file}.new`, file);
      if ((number + 1) % 10 === 0) say(`${test.name}: ${number + 1} of ${test.steps}`);
    }
    await running.stop();
  }
  const failures = state.done.filter(({ failure }) => failure !== undefined).length;
  const results = state.done.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const left = test.steps - state.done.length;
  const took = duration(Date.now() - started);
  return {
    failures,
    line:
      `${test.name}: ${test.summary(results)}; ${failures} failed` +
      `${left > 0 ? `, ${left} left for the next run` : ""} (seed ${state.seed}, ${took})`,
  };
}
