/**
 * How well the engine's citations tell what a passage supports. The labelled pairs are our own: sentences that a passage supports, that
 * it says nothing of, and that contradict it in a detail (a wrong property, class, version or value). Each sentence is asked against all
 * passages of its topic, as an answer is; a citation counts as right only when the passage it names supports the sentence.
 *
 * The weights were chosen on the topics marked `tune`; the figures that count are those of the topics marked `held-out`.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { jsonLines } from "./support/jsonLines.mjs";

export const name = "citations";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** What the committed threshold reached on the held-out topics when it was chosen, less a little for rounding. */
export const baseline = {
  sentences: { precision: 0.81, recall: 0.83 },
  code: { precision: 0.88, recall: 0.88 },
};

async function core() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: 'export * from "./src/core/answer/citations"; export * from "./src/core/answer/support";',
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    platform: "browser", // core is pure, and the result is loaded as an ES module
    write: false,
    logLevel: "silent",
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

export function readPairs() {
  const records = jsonLines(path.join(root, "test/eval/citation-pairs.jsonl"));
  const passages = records.filter((record) => record.passage !== undefined);
  const topicOf = (id) => id.split("/")[0];
  return records
    .filter((record) => record.of !== undefined)
    .map((record) => {
      const pool = passages.filter(({ passage }) => topicOf(passage) === topicOf(record.of));
      return {
        ...record,
        split: pool[0].split,
        texts: pool.map(({ text }) => text),
        own: pool.findIndex(({ passage }) => passage === record.of),
      };
    });
}

/** Right and wrong citations over pairs; `cite` gives the positions that a sentence cites. */
export function measure(pairs, cite) {
  const counts = { right: 0, missed: 0, wrong: 0, unsupported: 0, contradicting: 0 };
  for (const pair of pairs) {
    const cited = cite(pair);
    const isRight = pair.label === "supported" && cited.includes(pair.own);
    const wrong = cited.length - (isRight ? 1 : 0);
    if (pair.label === "supported") counts[isRight ? "right" : "missed"]++;
    else if (cited.length > 0) counts[pair.label]++;
    counts.wrong += wrong;
  }
  const share = (part, whole) => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 1000);
  return {
    precision: share(counts.right, counts.right + counts.wrong),
    recall: share(counts.right, counts.right + counts.missed),
    ...counts,
  };
}

const kinds = {
  sentences: { isCode: false, from: 0.3, to: 0.85, threshold: "citationThreshold", prop: "threshold" },
  code: { isCode: true, from: 0.2, to: 0.8, threshold: "codeCitationThreshold", prop: "codeThreshold" },
};

export async function run() {
  const { citeAnswer, ...constants } = await core();
  const pairs = readPairs();
  const rows = [];
  const failures = [];
  if (pairs.length < 120) failures.push(`only ${pairs.length} labelled pairs`);
  for (const [kind, { isCode, from, to, threshold: constant, prop }] of Object.entries(kinds)) {
    const committed = constants[constant];
    const chosen = pairs.filter(({ sentence }) => sentence.startsWith("```") === isCode);
    const cite = (threshold) => (pair) =>
      citeAnswer({
        text: pair.sentence,
        passages: pair.texts.map((text) => ({ text })),
        [prop]: threshold,
      }).citations.flatMap(({ passages }) => passages);
    const at = (threshold, split) =>
      measure(
        chosen.filter((pair) => pair.split === split),
        cite(threshold),
      );
    const steps = Array.from({ length: 20 }, (_, index) => Math.round(100 * from + index * 5) / 100);
    for (const threshold of steps.filter((step) => step <= to)) {
      for (const split of ["tune", "held-out"]) {
        rows.push({
          kind,
          threshold,
          committed: threshold === committed ? "*" : "",
          split,
          ...at(threshold, split),
        });
      }
    }
    const reached = at(committed, "held-out");
    for (const [figure, least] of Object.entries(baseline[kind])) {
      if (reached[figure] >= least) continue;
      failures.push(`${kind}: ${figure} on the held-out topics is ${reached[figure]}, it was ${least}`);
    }
  }
  return { rows, failures };
}
