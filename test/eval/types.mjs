// What telling a real small model the project's own types (src/core/prompt/typesAtHand.ts) is worth: the ten tasks of bench/codegen answered with
// documents, with and without the types, each answer judged by the compiler. DOCWRIGHT_BENCH_MODEL, DOCWRIGHT_BENCH_OLLAMA and DOCWRIGHT_BENCH_SEEDS
// as in codegen.mjs.
import path from "node:path";
import { benchServer } from "./support/benchServer.mjs";
import { bundle, load, root } from "./support/bundle.mjs";
import { jsonLines } from "./support/jsonLines.mjs";

export const name = "types";
/** It waits for a model, and holds no figure against a baseline. */
export const byNameOnly = true;

const version = "3.2.12";
const { signal } = new AbortController();

/** @param {import("../../scripts/bench.mjs").BenchContext} context */
export async function run({ shared }) {
  const bench = path.join(shared, "bench", "codegen");
  const store = path.join(root, "out", "eval", "types");
  const { createAnswering, createChecking, createOllamaServer, createSearching, createSets, ...core } =
    await load(
      await bundle("types", {
        "src/adapters/engine/answering": ["createAnswering"],
        "src/adapters/engine/checking": ["createChecking"],
        "src/adapters/engine/searching": ["createSearching"],
        "src/adapters/engine/sets": ["createSets"],
        "src/adapters/ollama/server": ["createOllamaServer"],
        "src/adapters/project/projectFiles": ["readProjectFacts"],
        "src/core/answer/codeBlocks": ["codeBlocks"],
      }),
    );
  const { host, model, stop } = await benchServer();
  const place = { packageRoot: root, defaultStore: store };
  const sets = createSets(place);
  const checking = createChecking(place);
  try {
    const project = await core.readProjectFacts(path.join(bench, "deps", "pom.xml"), signal);
    const file = path.join(project.directory, "src", "main", "java", "Answer.java");
    /** @param {string} text */
    const judged = async (text) => {
      const request = {
        files: [{ path: file, text }],
        project: project.directory,
        trusted: true,
        offline: false,
      };
      const { files } = await checking.check(
        { ...request, springBootVersion: version },
        () => undefined,
        signal,
      );
      return files
        .flatMap((/** @type {any} */ each) => each.findings)
        .filter((/** @type {any} */ each) => each.level === "error");
    };
    await judged("class Answer {}"); // finds the class path, without which there are no types to tell
    const common = { searching: createSearching({ sets, ...place }), ollama: createOllamaServer() };
    /** @type {[string, any][]} */
    const ways = [
      ["without types", createAnswering(common)],
      ["with types", createAnswering({ ...common, typesAtHand: checking.typesAtHand, tellsTypesFrom: 0 })],
    ];
    const seeds = Number(process.env["DOCWRIGHT_BENCH_SEEDS"] ?? 3);
    const totals = new Map(
      ways.map(([way]) => [way, { answers: 0, code: 0, errors: 0, names: 0, prompt: 0, wait: 0 }]),
    );
    for (const { prompt } of jsonLines(path.join(bench, "dev.jsonl"))) {
      for (let seed = 1; seed <= seeds; seed++) {
        for (const [way, answering] of ways) {
          const total = totals.get(way);
          if (!total) continue;
          const { text, timings } = await answering.answer(
            {
              ...{ kind: "generate", instruction: prompt, history: [], withDocuments: true, project },
              springBootVersion: version,
              model: { host, model, options: { seed, temperature: 0.3 } },
            },
            () => undefined,
            signal,
          );
          total.answers++;
          total.prompt += timings.promptTokens ?? 0;
          total.wait += timings.firstToken;
          const [block] = core.codeBlocks(text);
          if (!block) continue;
          const errors = await judged(block.text);
          total.code++;
          total.errors += errors.length;
          total.names += errors.filter((/** @type {any} */ each) => /^unknown-/.test(each.rule)).length;
        }
      }
    }
    const rows = [...totals].map(([way, { answers, code, errors, names, prompt, wait }]) => ({
      model,
      way,
      answers,
      "with code": code,
      "errors an answer": (errors / Math.max(1, code)).toFixed(2),
      "names that do not exist": (names / Math.max(1, code)).toFixed(2),
      "prompt, tokens": Math.round(prompt / answers),
      "first token, ms": Math.round(wait / answers),
    }));
    return { rows, failures: [] };
  } finally {
    checking.close();
    await sets.close();
    await stop();
  }
}
