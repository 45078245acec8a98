/**
 * The field guide is in our own words: no run of eight words is shared with the official guide, code and names aside, and every anchor
 * that it names is one of the official guide's.
 *
 * A word is a lower-cased run of letters (with inner apostrophes) of the prose. Code spans and listings, property keys and other dotted
 * or camel-cased names and addresses are no words; a run does not reach across what was taken out.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { jsonLines } from "./support/jsonLines.mjs";

export const name = "guide-overlap";

const runLength = 8;
const guideFolder = fileURLToPath(new URL("../../docs-index/spring-boot-3.2/guide", import.meta.url));

/** Texts of prose between names and code: a run of words stays inside one of them. */
function stretches(text) {
  return text
    .replaceAll(/^---\n[\s\S]*?\n---\n/g, "\n")
    .replaceAll(/^(?:```|~~~|----|\.{4}).*\n[\s\S]*?^(?:```|~~~|----|\.{4})\s*$/gm, " \u0000 ")
    .replaceAll(/`[^`]*`/g, " \u0000 ")
    .replaceAll(/\]\([^)]*\)|\b(?:link|xref):\S+?\[|https?:\S+|<<[^>]*>>|\{#[^}]*\}/g, " ")
    .replaceAll(/@?[\w$]+(?:[.#/-][\w$]+)*[a-z\d][A-Z]\w*|@\w+|\b\w+(?:\.\w+)+\b/g, " \u0000 ")
    .split("\u0000");
}

function words(stretch) {
  return stretch.toLowerCase().match(/[a-z]+(?:['’][a-z]+)*/g) ?? [];
}

/** Every run of eight words of a text. */
function runs(text) {
  return stretches(text).flatMap((stretch) => {
    const all = words(stretch);
    return all.slice(runLength - 1).map((_, index) => all.slice(index, index + runLength).join(" "));
  });
}

function textsOf(folder, extension) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
}

/** Compares the guide with every official text at hand. `check` changes nothing: a shared run is a failure at any time. */
export async function run({ shared }) {
  const versions = ["3.2.1", "3.2.12"].map((version) => path.join(shared, "docs", version));
  const official = versions.flatMap((folder) => [
    ...textsOf(path.join(folder, "md"), ".md"),
    ...textsOf(path.join(folder, "adoc"), ".adoc"),
  ]);
  const theirs = new Set(official.flatMap(runs));
  const anchors = new Set(
    jsonLines(path.join(shared, "docs", "3.2.1", "sections.jsonl")).map(({ anchor }) => anchor),
  );
  const files = readdirSync(guideFolder).filter((file) => file.endsWith(".md"));
  const failures = [];
  for (const file of files) {
    const text = readFileSync(path.join(guideFolder, file), "utf8");
    const anchor = /^anchor: (\S+)$/m.exec(text)?.[1];
    if (!anchors.has(anchor))
      failures.push(`${file}: ${anchor ?? "no anchor"} is no section of the official guide`);
    for (const shared of new Set(runs(text).filter((ours) => theirs.has(ours)))) {
      failures.push(`${file}: shares "${shared}" with the official guide`);
    }
  }
  if (theirs.size < 50_000) failures.push(`only ${theirs.size} runs were read from the official guide`);
  const rows = [
    {
      sections: files.length,
      officialTexts: official.length,
      officialRuns: theirs.size,
      findings: failures.length,
    },
  ];
  return { rows, failures };
}
