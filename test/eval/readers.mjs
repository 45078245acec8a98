/**
 * The readers against the official guide in each of its formats: how many of its sections are found under their own anchor, how many of
 * the names (properties, classes, annotations) that a section holds are found in what was read of it, and how long it takes.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { build } from "esbuild";
import { jsonLines } from "./support/jsonLines.mjs";

export const name = "readers";

const root = fileURLToPath(new URL("../..", import.meta.url));

const formats = {
  pdf: "spring-boot-reference.pdf",
  "html, one page": "htmlsingle/index.html",
  "html, pages": "html",
  asciidoc: "adoc",
  markdown: "md",
};

/**
 * Six of the 930 sections are appendices that `sections.jsonl` calls otherwise than the documents do (`appendix.` before the name). Of
 * five the AsciiDoc sources hold less code than the converted formats.
 */

/** What is held with `--check`: the least share of anchors and of names, in percent. */
const least = {
  pdf: [99, 99],
  "html, one page": [99, 99],
  "html, pages": [99, 99],
  asciidoc: [99, 99],
  markdown: [99, 99],
};

const namePattern = /@[A-Z]\w+|[A-Z][a-z]\w*[A-Z]\w+|[a-z][\w$]*(?:[.-][\w$]+)+/g;

/** @param {{ shared: string, check: boolean }} context */
export async function run({ shared, check }) {
  const { readDocumentFile, findDocuments, chunkDocument } = await readers();
  const folder = path.join(shared, "docs", "3.2.1");
  const truth = jsonLines(path.join(folder, "sections.jsonl")).filter(
    (section) => section.text.trim() !== "",
  );
  const signal = new AbortController().signal;
  const rows = [];
  const failures = [];
  for (const [format, place] of Object.entries(formats)) {
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    const texts = new Map();
    let passages = 0;
    let longest = 0;
    let version;
    const { files } = await findDocuments(path.join(folder, place), signal);
    for (const file of files) {
      const document = await readDocumentFile({ ...file, bytes: await readFile(file.path) }, signal);
      version ??= document.springBootVersion;
      for (const section of document.sections) {
        const text = section.blocks.map((block) => block.text).join("\n");
        texts.set(section.anchor, `${texts.get(section.anchor) ?? ""}\n${text}`);
      }
      for (const chunk of chunkDocument(document)) {
        passages++;
        longest = Math.max(longest, chunk.text.length);
      }
    }
    const seconds = (performance.now() - start) / 1000;
    const cpu = process.cpuUsage(cpuStart);
    const found = truth.filter((section) => texts.has(section.anchor));
    let names = 0;
    let kept = 0;
    for (const section of found) {
      // A Markdown link's address is no word of the section.
      const words = section.text.replaceAll(/\]\([^)]*\)/g, "]").replaceAll("\\", "");
      const text = texts.get(section.anchor).replaceAll("\\", "");
      for (const word of new Set(words.match(namePattern))) {
        names++;
        if (text.includes(word)) kept++;
      }
    }
    const anchorShare = (100 * found.length) / truth.length;
    const nameShare = (100 * kept) / names;
    rows.push({
      format,
      documents: files.length,
      version: version ?? "none",
      anchors: `${found.length} of ${truth.length}`,
      names: `${kept} of ${names}`,
      passages,
      longest,
      seconds: seconds.toFixed(1),
      cpuSeconds: ((cpu.user + cpu.system) / 1e6).toFixed(1),
      megabytes: Math.round(process.memoryUsage().rss / 1e6),
    });
    const [leastAnchors, leastNames] = least[format];
    if (longest > 2_000) failures.push(`${format}: a passage of ${longest} characters.`);
    if (check && anchorShare < leastAnchors)
      failures.push(`${format}: ${anchorShare.toFixed(1)} % of the anchors.`);
    if (check && nameShare < leastNames) failures.push(`${format}: ${nameShare.toFixed(1)} % of the names.`);
  }
  return { rows, failures };
}

/** The readers as they are in the source now. */
async function readers() {
  const entry = path.join(root, "out", "eval", "readers.mjs");
  await build({
    stdin: {
      contents: [
        'export { readDocumentFile } from "./src/adapters/readers/reader";',
        'export { findDocuments } from "./src/adapters/readers/walk";',
        'export { chunkDocument } from "./src/core/document/chunker";',
      ].join("\n"),
      resolveDir: root,
      loader: "ts",
    },
    outfile: entry,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  });
  return import(pathToFileURL(entry).href);
}
