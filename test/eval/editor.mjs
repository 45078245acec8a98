/**
 * What generating and chatting cost the editor: the extension host's CPU for a streamed token, and the main thread of the chat's page for a
 * rendered batch and for scrolling. Both in the real editor, over a recorded answer.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./support/bundle.mjs";

export const name = "editor";

/** What is to be reached on a quiet machine of two cores, in milliseconds. */
const targets = { token: 2, batchMedian: 8, batchP95: 50, growth: 2, scrollP95: 16.7 };

/**
 * What `--check` holds, with room for a busy machine: the same page took from 7.4 to 12.7 ms a batch within one day. What grows with the answer is a
 * ratio of two measurements of one run, and has no such room.
 */
const ceilings = { token: 4, batchMedian: 20, batchP95: 100, growth: 2, scrollP95: 33.4 };

const tokens = 400;
const holdMark = "\u23f8";

/** @param {import("../../scripts/bench.mjs").BenchContext} context */
export async function run({ check }) {
  const { canRunBrowserEditor } = await import("../../scripts/tools/browserEditor.mjs");
  if (!canRunBrowserEditor()) return { rows: [], failures: ["the browser editor is there on Linux only"] };
  const { provideChromium } = await import("../../scripts/tools/chromium.mjs");
  await provideChromium();
  const page = await bundled();
  /** @type {{ what: string, measured: string, toReach: string, reached: boolean, holds: boolean }[]} */
  const rows = [];
  /** @param {string} what @param {number} measured @param {keyof typeof targets} figure @param {string} unit @param {string} [more] @param {number} [times] */
  const atMost = (what, measured, figure, unit, more = "", times = 1) =>
    rows.push({
      what,
      measured: `${measured.toFixed(2)} ${unit}${more}`,
      toReach: `at most ${targets[figure] * times} ${unit}`,
      reached: measured <= targets[figure] * times,
      holds: measured <= ceilings[figure] * times,
    });

  const pairs = await streaming(page);
  const differences = pairs.map(({ ours, bare }) => ours - bare).sort(byValue);
  const range = ` (${pairs.length} pairs, ${at(differences, 0).toFixed(2)} to ${at(differences, 1).toFixed(2)})`;
  atMost(
    "extension host's CPU a token, beside the bare stream's",
    at(differences, 0.5),
    "token",
    "ms",
    range,
  );

  const { at100, at10000, scrolling } = await page.measurePage();
  for (const [when, batches] of /** @type {const} */ ([
    ["100", at100],
    ["10,000", at10000],
  ])) {
    const sorted = [...batches].sort(byValue);
    const more = ` (${sorted.length} batches)`;
    const times = when === "100" ? 1 : targets.growth;
    atMost(
      `main thread a batch at ${when} tokens, median`,
      at(sorted, 0.5),
      "batchMedian",
      "ms",
      more,
      times,
    );
    atMost(`main thread a batch at ${when} tokens, p95`, at(sorted, 0.95), "batchP95", "ms");
  }
  const median = (/** @type {readonly number[]} */ values) => at([...values].sort(byValue), 0.5);
  atMost("median at 10,000 tokens beside that at 100", median(at10000) / median(at100), "growth", "times");
  const frames = [...scrolling].sort(byValue);
  atMost(
    "200 messages scrolled, main thread a frame, p95",
    at(frames, 0.95),
    "scrollP95",
    "ms",
    ` (${frames.length} frames)`,
  );
  return {
    rows,
    failures: rows
      .filter(({ reached, holds }) => !(check ? holds : reached))
      .map(({ what, measured }) => `${what}: ${measured}`),
  };
}

/** @param {number} left @param {number} right */
const byValue = (left, right) => left - right;

/** @param {readonly number[]} sorted @param {number} share */
function at(sorted, share) {
  if (sorted.length === 0) throw new Error("nothing was measured");
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** The parts that are written in TypeScript; as deep below the clone as the sources, which name scripts by their own place. */
async function bundled() {
  const folder = path.join(root, "out", "test");
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, "editorBench.mjs");
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `export { measurePage } from "./test/eval/editor/pageWork";
        export { startRecordedOllama, recordedModel } from "./test/e2e/recordedOllama";`,
      resolveDir: root,
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    external: ["../../scripts/*"],
    logLevel: "warning",
  });
  await build({
    absWorkingDir: root,
    entryPoints: ["test/eval/editor/hostStreaming.ts"],
    outfile: path.join(folder, "hostStreaming.cjs"),
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    external: ["vscode"],
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}

/**
 * The server is a process of its own beside the host, whose CPU is measured; the host tells it when to go on.
 * @param {any} page
 * @returns {Promise<{ ours: number, bare: number }[]>}
 */
async function streaming({ startRecordedOllama, recordedModel }) {
  const { runHostTests } = await import("../../scripts/rings/hostRing.mjs");
  const { NEWEST_EDITOR } = await import("../../scripts/tools/browserEditor.mjs");
  const ollama = await startRecordedOllama({ pieceMilliseconds: 15 });
  const lines = Array.from(
    { length: tokens / 8 },
    (_, line) => `    int v${line} = this.count( ${line} ) + 1 ;`,
  );
  const words = `int sum() {\n${lines.join("\n")}\n}`;
  ollama.setAnswer(`${holdMark}\`\`\`java\n${words}\n\`\`\`\n${holdMark}`);
  const control = createServer((request, response) => {
    if (request.url === "/go") ollama.goOn();
    void (request.url === "/held" ? ollama.untilHeld() : Promise.resolve()).then(() => response.end("done"));
  });
  await new Promise((resolve) => control.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = control.address();
  if (address === null || typeof address === "string") throw new Error("the control server has no port");
  const results = path.join(root, "out", "test", "streaming.json");
  try {
    await runHostTests(
      NEWEST_EDITOR,
      {
        DOCWRIGHT_BENCH_OLLAMA: ollama.url,
        DOCWRIGHT_BENCH_MODEL: recordedModel,
        DOCWRIGHT_BENCH_TOKENS: String(words.match(/\s*\S+/g)?.length ?? tokens),
        DOCWRIGHT_BENCH_CONTROL: `http://127.0.0.1:${address.port}`,
        DOCWRIGHT_BENCH_RESULTS: results,
      },
      path.join(root, "out", "test", "hostStreaming.cjs"),
    );
    return JSON.parse(readFileSync(results, "utf8"));
  } finally {
    control.close();
    control.closeAllConnections();
    await ollama.close();
  }
}
