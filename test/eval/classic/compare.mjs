/**
 * Docwright beside the classic pipeline (Python: LlamaIndex with its defaults, Qdrant in local mode, the same embedding model), both from the PDF
 * of the reference, scored by the same rule in the same run. Installs the pipeline into a virtual environment in the tool cache, which needs
 * `python3` and PyPI and takes minutes, so it is no part of `npm run bench`:
 *
 *     node test/eval/classic/compare.mjs
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../../../scripts/build.mjs";
import { ensureCacheFolder } from "../../../scripts/shared/cacheFolder.mjs";
import { mustRun, runMain } from "../../../scripts/shared/runCommand.mjs";
import { say } from "../../../scripts/shared/say.mjs";
import { jsonLines } from "../support/jsonLines.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const shared = path.resolve(root, "..", "shared");
const here = path.join(root, "test", "eval", "classic");

await runMain(async () => {
  await build({ ifStale: true });
  const pdf = path.join(shared, "docs", "3.2.1", "spring-boot-reference.pdf");
  const questionFiles = {
    "24 real users' questions": path.join(shared, "bench", "retrieval", "dev.jsonl"),
    "142 held-out questions": path.join(root, "test", "eval", "questions", "held-out.jsonl"),
  };
  const temporary = mkdtempSync(path.join(tmpdir(), "docwright-classic-"));
  try {
    const python = await environment();
    say("the classic pipeline reads, embeds and answers");
    const classic = path.join(temporary, "classic.jsonl");
    const model = path.join(root, "dist", "models", "all-minilm-l6-v2");
    await mustRun("run the classic pipeline", python, [
      path.join(here, "classic.py"),
      pdf,
      model,
      classic,
      ...Object.values(questionFiles),
    ]);
    const store = path.join(temporary, "store");
    const cli = path.join(root, "dist", "cli.cjs");
    await mustRun("index the PDF", process.execPath, [cli, "index", "--store", store, pdf]);
    const rows = [];
    for (const [questions, file] of Object.entries(questionFiles)) {
      const ours = path.join(temporary, "ours.jsonl");
      await mustRun("search", process.execPath, [
        ...[cli, "search", "--store", store, "--questions", file, "--out", ours],
      ]);
      for (const [pipeline, run] of Object.entries({ classic, Docwright: ours })) {
        rows.push({ questions, pipeline, ...figuresOf(jsonLines(file), jsonLines(run)) });
      }
    }
    console.table(rows);
    return 0;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
});

/**
 * Mean reciprocal rank and hits among the first ten. The rule is that of ../shared/bench/retrieval/score.py, save that a text counts whole: the
 * classic pipeline's chunks are longer than the 2,000 characters that the scorer reads, and it is not to lose by that.
 * @param {readonly any[]} questions @param {readonly any[]} run
 */
function figuresOf(questions, run) {
  const results = new Map(run.map((line) => [line.id, line.results.slice(0, 10)]));
  const squeezed = (/** @type {string} */ text) => text.replaceAll(/\s+/g, "");
  const ranks = questions
    .filter(({ answerable }) => answerable !== false)
    .map(({ id, gold, gold_anchors_3_2_12: more = [], must_contain }) => {
      const anchors = new Set([...gold.map((/** @type {any} */ place) => place.anchor), ...more]);
      const facts = must_contain.map(squeezed);
      const isHit = (/** @type {any} */ { anchor, text }) => {
        const whole = squeezed(text ?? "");
        return anchors.has(anchor) || facts.every((/** @type {string} */ fact) => whole.includes(fact));
      };
      return (results.get(id) ?? []).findIndex(isHit) + 1;
    });
  const share = (/** @type {number} */ value) => (value / ranks.length).toFixed(3);
  const within = (/** @type {number} */ depth) =>
    share(ranks.filter((rank) => rank > 0 && rank <= depth).length);
  const mrr = share(ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0));
  return { mrr, hit1: within(1), hit5: within(5), hit10: within(10) };
}

/** @returns {Promise<string>} The virtual environment's Python. */
async function environment() {
  const folder = path.join(ensureCacheFolder(), "classic-pipeline");
  const python = path.join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (!existsSync(python)) await mustRun("make a virtual environment", "python3", ["-m", "venv", folder]);
  await mustRun("install the classic pipeline", python, [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    ...["-r", path.join(here, "requirements.txt")],
  ]);
  return python;
}
