// What `docwright.retrieval.draftFirst` is worth and costs with a real small model: each question by itself, and with the names of the draft that the
// model writes first. DOCWRIGHT_BENCH_MODEL and DOCWRIGHT_BENCH_OLLAMA name another model and server. The default follows from its figures.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Ollama } from "ollama";
import { mustRun } from "../../scripts/shared/runCommand.mjs";
import { indexed, score } from "./retrieval.mjs";
import { benchServer } from "./support/benchServer.mjs";
import { bundle, load, root } from "./support/bundle.mjs";
import { jsonLines } from "./support/jsonLines.mjs";

export const name = "draft";
/** It waits for a model, and holds no figure against a baseline. */
export const byNameOnly = true;

const version = "3.2.1";

/** @param {import("../../scripts/bench.mjs").BenchContext} context */
export async function run({ shared, cli }) {
  const temporary = await mkdtemp(path.join(tmpdir(), "docwright-draft-"));
  const scorer = path.join(shared, "bench", "retrieval", "score.py");
  const server = await benchServer();
  const rows = [];
  try {
    const { draftMessages, draftTokens } = await load(
      await bundle("draft", { "src/core/search/draft": ["draftMessages", "draftTokens"] }),
    );
    const ollama = new Ollama({ host: server.host });
    const store = await indexed(cli, path.join(shared, "docs", version, "html"), "HTML");
    for (const [what, file] of [
      ["24 real users' questions", path.join(shared, "bench", "retrieval", "dev.jsonl")],
      ["our own, kept back", path.join(root, "test", "eval", "questions", "held-out.jsonl")],
    ]) {
      const asked = jsonLines(file ?? "");
      let waited = 0;
      const drafted = [];
      for (const each of asked) {
        const started = performance.now();
        const { message } = await ollama.chat({
          model: server.model,
          messages: draftMessages(each.question, version, each.selection ?? ""),
          options: { temperature: 0, seed: 1, num_ctx: 4_096, num_predict: draftTokens },
        });
        waited += performance.now() - started;
        drafted.push({ ...each, draft: message.content });
      }
      for (const [way, lines] of [
        ["as asked", asked],
        ["with the draft's names", drafted],
      ]) {
        const questions = path.join(temporary, "questions.jsonl");
        const out = path.join(temporary, "run.jsonl");
        await writeFile(
          questions,
          lines.map((/** @type {object} */ line) => JSON.stringify(line)).join("\n"),
        );
        const args = [cli, "search", "--questions", questions, "--out", out, "--store", store];
        await mustRun(`search (${what}, ${way})`, process.execPath, args);
        rows.push({
          ...{ model: server.model, questions: what, way, ...(await score(scorer, questions, out)) },
          "seconds a draft": lines === asked ? "" : (waited / asked.length / 1_000).toFixed(1),
        });
      }
    }
    return { rows, failures: [] };
  } finally {
    await server.stop();
    await rm(temporary, { recursive: true, force: true });
  }
}
