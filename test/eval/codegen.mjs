// What a real small model gets right of the ten tasks of bench/codegen: alone, with documents, with what the checks mend, with all, and what the
// field guide offers in its place. Five seeds; each answer is kept in out/eval/codegen as it comes, so that a run that was stopped goes on.
// DOCWRIGHT_BENCH_MODEL names another model that the server has, DOCWRIGHT_BENCH_OLLAMA another server, DOCWRIGHT_BENCH_SEEDS how many seeds.
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { benchServer } from "./support/benchServer.mjs";
import { bundle, load, root } from "./support/bundle.mjs";
import { jsonLines, keptLines } from "./support/jsonLines.mjs";

export const name = "codegen";
/** An hour of a model's time. */
export const byNameOnly = true;

const VERSION = "3.2.12";
const STEPS = ["bare", "documents", "+ mechanical repair", "+ all"];
const OFFERED = "offered";
const work = path.join(root, "out", "eval", "codegen");
const results = path.join(root, "test", "eval", "codegen.json");

/** Answers of the model are kept; DOCWRIGHT_BENCH_FIRST asks for those that do not depend on the checks and ends. */
const MODEL_STEPS = new Set(["bare", "documents", "+ all"]);

/**
 * @typedef {object} Answer
 * @property {string} task
 * @property {number} seed
 * @property {string} step
 * @property {string} text
 */

/** @param {import("../../scripts/bench.mjs").BenchContext} context */
export async function run({ shared }) {
  mkdirSync(work, { recursive: true });
  const { host, model, stop } = await benchServer();
  try {
    const bench = path.join(shared, "bench", "codegen");
    const tasks = jsonLines(path.join(bench, "dev.jsonl"));
    const seeds = Array.from(
      { length: Number(process.env["DOCWRIGHT_BENCH_SEEDS"] ?? 5) },
      (_, index) => index + 1,
    );
    const records = await answers({ host, model, tasks, seeds, project: path.join(bench, "deps") });
    const classpath = classpathOf(path.join(bench, "deps"));
    const scored = seeds.flatMap((seed) =>
      [...STEPS, OFFERED].map((step) => ({
        seed,
        step,
        ...score(
          bench,
          classpath,
          records.filter((each) => each.seed === seed),
          step,
        ),
      })),
    );
    const rows = [...STEPS, OFFERED].map((step) => {
      const own = scored.filter((each) => each.step === step);
      return { model, step, ...spread("pass", own), ...spread("compiles", own), seeds: seeds.length };
    });
    const worse = STEPS.slice(1).flatMap((step, index) => {
      const [before, now] = [STEPS[index] ?? "", step].map((each) =>
        mean(scored.filter((one) => one.step === each).map(({ pass }) => pass)),
      );
      return (now ?? 0) < (before ?? 0) ? [`${step} is worse than ${STEPS[index] ?? ""}`] : [];
    });
    for (const sentence of worse) process.stderr.write(`codegen: ${sentence}\n`);
    writeFileSync(
      results,
      `${JSON.stringify({ model, tasks: tasks.length, seeds: seeds.length, rows, worse }, null, 2)}\n`,
    );
    return { rows, failures: [] };
  } finally {
    await stop();
  }
}

/**
 * @param {{ host: string, model: string, tasks: readonly any[], seeds: readonly number[], project: string }} props
 * @returns {Promise<readonly Answer[]>}
 */
async function answers({ host, model, tasks, seeds, project }) {
  const file = path.join(work, `${model.replaceAll(/[^\w.-]/g, "_")}.jsonl`);
  /** @type {Answer[]} */
  const all = keptLines(file);
  const { createEngine, proveAnswer } = await load(
    await bundle("codegen", {
      "src/adapters/engine/engine": ["createEngine"],
      "src/core/checks/repair/proveAnswer": ["proveAnswer"],
    }),
  );
  const engine = createEngine({ packageRoot: root, defaultStore: path.join(work, "store") });
  const { signal } = new AbortController();
  const facts = await engine.projectFacts({ path: path.join(project, "pom.xml") }, signal);
  const answer = (/** @type {any} */ asked) => engine.answer(asked, () => undefined, signal);
  const props = {
    directory: project,
    about: { offline: false, trusted: true },
    check: (/** @type {any} */ asked) => engine.check(asked, () => undefined, signal),
  };
  /** The step's answer, from an earlier run where the model gave it. */
  const once = async (
    /** @type {any} */ task,
    /** @type {number} */ seed,
    /** @type {string} */ step,
    /** @type {() => Promise<string>} */ make,
  ) => {
    const known = all.find((each) => each.task === task.id && each.seed === seed && each.step === step);
    if (known) return known.text;
    const started = Date.now();
    const made = { task: task.id, seed, step, text: await make() };
    all.push(made);
    // What the model has no part in is computed anew in each run.
    if (MODEL_STEPS.has(step)) appendFileSync(file, `${JSON.stringify(made)}\n`);
    process.stderr.write(
      `codegen: seed ${seed}, ${task.id}, ${step}: ${Math.round((Date.now() - started) / 1_000)} s\n`,
    );
    return made.text;
  };
  for (const seed of seeds) {
    for (const task of tasks) {
      const request = (/** @type {boolean} */ withDocuments) => ({
        kind: "generate",
        instruction: task.prompt,
        history: [],
        withDocuments,
        project: facts,
        springBootVersion: VERSION,
        model: { host, model, options: { seed, temperature: 0.3 } },
      });
      const proven = async (/** @type {string} */ text, more = {}) =>
        (await proveAnswer(request(true), text, { ...props, ...more }, signal)).best.text;
      await once(task, seed, "bare", async () => (await answer(request(false))).text);
      const documents = await once(task, seed, "documents", async () => (await answer(request(true))).text);
      if (process.env["DOCWRIGHT_BENCH_FIRST"]) continue;
      await once(task, seed, "+ mechanical repair", () => proven(documents));
      await once(task, seed, "+ all", () => proven(documents, { answer }));
      await once(task, seed, OFFERED, async () => {
        const sample = await engine.sample({ instruction: task.prompt, springBootVersion: VERSION }, signal);
        return sample ? `\`\`\`java\n${sample.code}\n\`\`\`` : "";
      });
    }
  }
  return all;
}

/** The class path of the bench's own pom, as its harness wants it. */
function classpathOf(/** @type {string} */ deps) {
  const file = path.join(work, "classpath.txt");
  if (!existsSync(file)) {
    execFileSync(
      "mvn",
      [
        "-q",
        "-B",
        "-f",
        path.join(deps, "pom.xml"),
        "dependency:build-classpath",
        `-Dmdep.outputFile=${file}`,
      ],
      {
        stdio: "inherit",
      },
    );
  }
  return file;
}

/** @param {string} bench @param {string} classpath @param {readonly Answer[]} records @param {string} step */
function score(bench, classpath, records, step) {
  const folder = path.join(work, "scored");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const given = records.filter((each) => each.step === step && hasCode(each.text));
  // The harness compiles what there is and has no use for nothing.
  if (given.length === 0) return { pass: 0, compiles: 0 };
  for (const { task, text } of given) writeFileSync(path.join(folder, `${task}.md`), text);
  const json = path.join(folder, "scores.json");
  execFileSync(
    "python3",
    [
      path.join(bench, "harness", "harness.py"),
      path.join(bench, "dev.jsonl"),
      folder,
      "--classpath",
      classpath,
      "--json",
      json,
      "--quiet",
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  /** @type {readonly { passed: boolean, compiles: boolean }[]} */
  const scores = JSON.parse(readFileSync(json, "utf8"));
  return {
    pass: scores.filter(({ passed }) => passed).length,
    compiles: scores.filter(({ compiles }) => compiles).length,
  };
}

/** @param {string} text Fenced blocks where there are any, else all of it, as the harness reads it. */
function hasCode(text) {
  const fenced = [...text.matchAll(/```(?:java)?[ \t]*\n(.*?)```/gs)].map(([, code = ""]) => code);
  return (fenced.length > 0 ? fenced : [text]).some((code) => code.trim() !== "");
}

const mean = (/** @type {readonly number[]} */ values) =>
  values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);

/** @param {"pass" | "compiles"} what @param {readonly { pass: number, compiles: number }[]} scored */
function spread(what, scored) {
  const values = scored.map((each) => each[what]);
  return {
    [what]: mean(values).toFixed(1),
    [`${what}, least to most`]: `${Math.min(...values)} to ${Math.max(...values)}`,
  };
}
