/**
 * Indexing with what the package brings along: the official reference in each format and version finds its vectors there, another document
 * finds none; the vectors are those that the model would give; an unchanged set costs next to nothing; and of a second version only the
 * passages that differ are embedded. Times are those of the command line's whole process.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle, load, root } from "./support/bundle.mjs";

export const name = "warm";

const formats = [
  { version: "3.2.1", document: "html" },
  { version: "3.2.1", document: "spring-boot-reference.pdf" },
  { version: "3.2.1", document: "adoc" },
  { version: "3.2.12", document: "html" },
  { version: "3.2.12", document: "adoc" },
];
/** Share of passages whose vectors have to come with the package; less means that they have to be made again. */
const leastHits = 0.98;
/** Seconds on a quiet machine of two cores; a busy one is given three times as long. */
const targets = { indexed: 25, firstWords: 15, unchanged: 2 };
const patience = 3;
const samples = 12;
const signal = new AbortController().signal;

/** @param {{ shared: string, check: boolean, cli: string }} context */
export async function run({ shared, check, cli }) {
  const temporary = mkdtempSync(path.join(tmpdir(), "docwright-warm-"));
  /** @type {Record<string, string | number | boolean>[]} */
  const rows = [];
  /** @type {string[]} */
  const failures = [];
  /** @param {string} what @param {number} seconds @param {number} target */
  const timed = (what, seconds, target) => {
    if (check && seconds > target * patience)
      failures.push(`${what}: ${seconds.toFixed(1)} s, ${target} s were wanted of a quiet machine`);
  };
  try {
    for (const { version, document } of formats) {
      const place = path.join(shared, "docs", version, document);
      const store = path.join(temporary, `${version}-${document}`);
      const { report, seconds, firstWords } = await index(cli, place, store);
      const what = `${document} ${version}`;
      const passages = report.embedded + report.reused;
      rows.push({
        indexed: what,
        passages,
        hitRate: percent(report.packaged, passages),
        embedded: report.embedded,
        seconds: seconds.toFixed(1),
        firstWords: firstWords.toFixed(1),
      });
      if (report.packaged < leastHits * passages)
        failures.push(
          `${what}: only ${percent(report.packaged, passages)} of the vectors come with the package`,
        );
      else timed(what, seconds, targets.indexed);
      if (document.endsWith(".pdf")) timed(`${what}, first answer by words`, firstWords, targets.firstWords);
      if (version === "3.2.1" && document === "html") {
        const again = await index(cli, place, store);
        rows.push(plain(`${what}, unchanged`, again));
        if (again.report.embedded + again.report.reused > 0) failures.push(`${what}: indexed again`);
        timed(`${what}, unchanged`, again.seconds, targets.unchanged);
      }
    }
    const own = path.join(root, "test", "fixtures", "documents", "teapot.md");
    const other = await index(cli, own, path.join(temporary, "own"));
    rows.push(plain("a document that the package does not know", other));
    if (other.report.packaged !== 0) failures.push("a document of our own found vectors in the package");

    const right = await compareWithModel(path.join(shared, "docs", "3.2.1", "html"));
    rows.push({
      indexed: "vectors of the package against the model",
      passages: right.compared,
      hitRate: `cosine ${right.least.toFixed(4)} or more`,
    });
    if (right.compared === 0 || right.least < 0.999)
      failures.push(`a vector in the package is not its passage's: cosine ${right.least.toFixed(4)}`);

    const second = await secondVersion(shared, temporary);
    rows.push({
      indexed: "html 3.2.12 after 3.2.1, without the package's vectors",
      passages: second.passages,
      embedded: second.embedded,
    });
    if (second.embedded !== second.differing)
      failures.push(`3.2.12 after 3.2.1: ${second.embedded} texts embedded, ${second.differing} differ`);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return { rows, failures };
}

/** @param {string} indexed @param {{ report: any, seconds: number }} outcome */
function plain(indexed, { report, seconds }) {
  const passages = report.embedded + report.reused;
  return {
    indexed,
    passages,
    hitRate: passages === 0 ? "" : percent(report.packaged, passages),
    embedded: report.embedded,
    seconds: seconds.toFixed(1),
  };
}

/** @param {number} part @param {number} whole */
const percent = (part, whole) => `${whole === 0 ? 0 : ((100 * part) / whole).toFixed(1)} %`;

/**
 * Runs `docwright index` and watches from outside when the set can first be searched.
 * @param {string} cli @param {string} document @param {string} store
 * @returns {Promise<{ report: any, seconds: number, firstWords: number }>}
 */
function index(cli, document, store) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    let firstWords = 0;
    const sets = path.join(store, "sets");
    const timer = setInterval(() => {
      const isThere =
        existsSync(sets) &&
        readdirSync(sets).some((set) => existsSync(path.join(sets, set, "manifest.json")));
      if (!isThere) return;
      firstWords = seconds();
      clearInterval(timer);
    }, 50);
    const child = spawn(process.execPath, [cli, "index", "--store", store, "--json", document], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [output, errors] = ["", ""];
    child.stdout.on("data", (data) => (output += String(data)));
    child.stderr.on("data", (data) => (errors += String(data)));
    child.once("error", reject);
    child.once("close", (exitCode) => {
      clearInterval(timer);
      if (exitCode !== 0) reject(new Error(`docwright index ended with ${exitCode}: ${errors.slice(-500)}`));
      else resolve({ report: JSON.parse(output), seconds: seconds(), firstWords: firstWords || seconds() });
    });
  });
}

/** Some passages, spread over the document, embedded anew. @param {string} document */
async function compareWithModel(document) {
  const { createChosenEmbedder, readReferenceVectors, readSource, passageHash } = await load(
    await bundle("warm", {
      "src/adapters/embedding/chosenEmbedder": ["createChosenEmbedder"],
      "src/adapters/engine/referenceVectors": ["readReferenceVectors"],
      "src/adapters/indexing/readSource": ["readSource"],
      "src/adapters/store/vectorCache": ["passageHash"],
    }),
  );
  const chosen = createChosenEmbedder({ packageRoot: root });
  try {
    const embedder = await chosen.get(signal);
    const packaged = await readReferenceVectors(root, embedder.identity);
    const { documents } = await readSource(
      { source: { path: document, origin: document }, earlier: [], onDocument: () => undefined },
      signal,
    );
    const texts = documents
      .flatMap(({ chunks }) => chunks.map(({ text }) => text))
      .filter((text) => packaged.has(passageHash(text)));
    const step = Math.max(1, Math.floor(texts.length / samples));
    const sample = texts.filter((_, at) => at % step === 0);
    const vectors = await embedder.embedDocuments(sample, signal);
    const cosines = sample.map((text, at) => {
      const kept = packaged.get(passageHash(text));
      return vectors[at].reduce((sum, value, index) => sum + value * kept[index], 0);
    });
    return { compared: cosines.length, least: Math.min(1, ...cosines) };
  } finally {
    await chosen.close();
  }
}

/** Two versions in one store with an embedder that only counts. @param {string} shared @param {string} temporary */
async function secondVersion(shared, temporary) {
  const { createIndexing, createSets } = await load(
    await bundle("warm-versions", {
      "src/adapters/engine/indexing": ["createIndexing"],
      "src/adapters/engine/sets": ["createSets"],
    }),
  );
  const chosenEmbedder = countingEmbedder();
  const store = path.join(temporary, "versions");
  const sets = createSets({ packageRoot: root, defaultStore: store, chosenEmbedder });
  const indexing = createIndexing({ sets, defaultStore: store });
  /** @param {string} version */
  const add = async (version) => {
    const document = path.join(shared, "docs", version, "html");
    return indexing.index({ sources: [{ path: document, origin: document }] }, () => undefined, signal);
  };
  await add("3.2.1");
  const report = await add("3.2.12");
  const all = await sets.openAll(store, signal);
  /** @param {string} version */
  const textsOf = (version) =>
    new Set(
      all
        .filter(({ set }) => set.springBootVersion === version)
        .flatMap(({ chunks }) => chunks.map(({ text }) => text)),
    );
  const [before, after] = [textsOf("3.2.1"), textsOf("3.2.12")];
  return {
    passages: report.embedded + report.reused,
    embedded: report.embedded,
    differing: [...after].filter((text) => !before.has(text)).length,
  };
}

/** Vectors that cost nothing: the bytes of a hash. */
export function countingEmbedder(dimensions = 384) {
  /** @param {string} text */
  const vectorOf = (text) => {
    const vector = new Float32Array(dimensions);
    let state = createHash("sha256").update(text).digest().readUInt32LE(0);
    let sum = 0;
    for (let at = 0; at < dimensions; at++) {
      // The generator of Numerical Recipes (Press et al.), chapter 7.1.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const value = state / 2 ** 31 - 1;
      vector[at] = value;
      sum += value * value;
    }
    return vector.map((value) => value / Math.sqrt(sum));
  };
  const embedder = {
    identity: { model: "counting", dimensions, queryPrefix: "", documentPrefix: "" },
    /** @param {readonly string[]} texts */
    embedDocuments: (texts) => Promise.resolve(texts.map(vectorOf)),
    /** @param {string} text */
    embedQuery: (text) => Promise.resolve(vectorOf(text)),
    close: () => Promise.resolve(),
  };
  return { get: () => Promise.resolve(embedder), close: () => Promise.resolve() };
}
