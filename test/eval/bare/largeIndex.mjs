// Makes or asks an index of many synthetic passages, from a seeded generator: `largeIndex.mjs make|ask STORE SIZE`. Prints JSON.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle, load, root } from "../support/bundle.mjs";
import { medians, timeOf } from "../speed.mjs";
import { countingEmbedder } from "../warm.mjs";

const [step, store = "", size = "0"] = process.argv.slice(2);
const signal = new AbortController().signal;
const passagesADocument = 2_000;
const vocabularySize = 30_000;

let state = 20_250_101;
/** The generator of Numerical Recipes (Press et al.), chapter 7.1. */
function random() {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

const syllables = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu".split(" ");
const vocabulary = Array.from({ length: vocabularySize }, (_, rank) => {
  let word = "";
  for (let rest = rank + 400; rest > 0; rest = Math.floor(rest / syllables.length))
    word += syllables[rest % syllables.length];
  return word;
});
/** Few words are frequent, most are rare (Zipf): the rank is the vocabulary's size to a uniform power. */
const word = () => vocabulary[Math.floor(vocabularySize ** random()) - 1] ?? "ba";
/** @param {number} count */
const sentence = (count) => Array.from({ length: count }, word).join(" ");

const { createSets, createIndexing, createSearching } = await load(
  await bundle(`large-${step}`, {
    "src/adapters/engine/sets": ["createSets"],
    "src/adapters/engine/indexing": ["createIndexing"],
    "src/adapters/engine/searching": ["createSearching"],
  }),
);
const chosenEmbedder = countingEmbedder();
const sets = createSets({ packageRoot: root, defaultStore: store, chosenEmbedder });

if (step === "make") {
  const documents = mkdtempSync(path.join(tmpdir(), "docwright-large-"));
  for (let start = 0; start < Number(size); start += passagesADocument) {
    const sections = Array.from(
      { length: Math.min(passagesADocument, Number(size) - start) },
      (_, index) => `## ${sentence(3)} ${start + index}\n\n${sentence(110)}.\n`,
    );
    writeFileSync(
      path.join(documents, `${String(start).padStart(7, "0")}.md`),
      `# ${sentence(2)}\n\n${sections.join("\n")}`,
    );
  }
  const indexing = createIndexing({ sets, defaultStore: store });
  await indexing.index({ sources: [{ path: documents, origin: documents }], store }, () => undefined, signal);
  rmSync(documents, { recursive: true });
  const [set] = await sets.openAll(store, signal);
  const text = set.chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk.text), 0);
  console.log(JSON.stringify({ text, passages: set.chunks.length }));
} else {
  const searching = createSearching({ sets, packageRoot: root, defaultStore: store });
  const times = [];
  for (let round = 0; round < 25; round++) {
    const question = sentence(9);
    const time = await timeOf(() => searching.search({ question, count: 10, store }, signal));
    if (round >= 5) times.push(time);
  }
  for (let pass = 0; pass < 2; pass++) globalThis.gc?.(); // what the first pass finalises the second one frees
  const [set] = await sets.openAll(store, signal);
  console.log(
    JSON.stringify({
      p50: medians(times),
      memory: process.memoryUsage().rss / 1e6,
      passages: set.chunks.length,
    }),
  );
}
