/**
 * Docwright beside the classic pipeline (Python: LlamaIndex with its defaults, Qdrant in local mode, the same embedding model), both from the PDF
 * of the reference, scored by the same scorer in the same run. Installs the pipeline into a virtual environment in the tool cache, which needs
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

const root = fileURLToPath(new URL("../../..", import.meta.url));
const shared = path.resolve(root, "..", "shared");
const here = path.join(root, "test", "eval", "classic");

await runMain(async () => {
  await build({ ifStale: true });
  const pdf = path.join(shared, "docs", "3.2.1", "spring-boot-reference.pdf");
  const scorer = path.join(shared, "bench", "retrieval", "score.py");
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
        const { stdout } = await mustRun("score", "python3", [scorer, file, run, "1", "5", "10"]);
        /** @param {RegExp} pattern */
        const figure = (pattern) => pattern.exec(stdout)?.[1] ?? "?";
        rows.push({
          questions,
          pipeline,
          mrr: figure(/MRR ([\d.]+)/),
          hit1: figure(/^hit@1 ([\d.]+)/m),
          hit5: figure(/^hit@5 ([\d.]+)/m),
          hit10: figure(/^hit@10 ([\d.]+)/m),
        });
      }
    }
    console.table(rows);
    return 0;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
});

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
