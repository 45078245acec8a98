/**
 * The users' questions that we ship: enough sections have enough of them, they avoid the words of the section's heading, and no run of five
 * words stands in a held-out question too, so that the held-out figures measure what they say.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { jsonLines } from "./support/jsonLines.mjs";

export const name = "questions";

const root = fileURLToPath(new URL("../..", import.meta.url));
const shippedFolder = path.join(root, "docs-index", "spring-boot-3.2", "questions");
const heldOutFile = path.join(root, "test", "eval", "questions", "held-out.jsonl");

const runLength = 5;
const leastSections = 400;
const leastQuestions = 3;
const leastWithoutHeading = 2;
const leastHeldOut = 80;
const leastUnanswerable = 15;

/** @param {string} text @returns {string[]} Every run of five words. */
export function runs(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
  return words.slice(runLength - 1).map((_, index) => words.slice(index, index + runLength).join(" "));
}

/**
 * @param {readonly string[]} shipped @param {readonly string[]} heldOut
 * @returns {string[]} Runs of five words that stand in both.
 */
export function sharedRuns(shipped, heldOut) {
  const ours = new Set(shipped.flatMap(runs));
  return [...new Set(heldOut.flatMap(runs))].filter((run) => ours.has(run));
}

/**
 * Sections with at least three questions of which two hold no content word of the heading.
 * @param {readonly { anchor: string, questions: readonly string[] }[]} sections
 * @param {(anchor: string) => string | undefined} headingOf
 * @param {(text: string) => readonly string[]} termsOf
 */
export function wellAsked(sections, headingOf, termsOf) {
  const byAnchor = new Map();
  for (const { anchor, questions } of sections)
    byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), ...questions]);
  return [...byAnchor].filter(([anchor, questions]) => {
    const heading = new Set(termsOf(headingOf(anchor) ?? ""));
    const free = questions.filter((question) => !termsOf(question).some((term) => heading.has(term)));
    return questions.length >= leastQuestions && free.length >= leastWithoutHeading;
  });
}

/** @param {{ shared: string }} context */
export async function run({ shared }) {
  const sections = readdirSync(shippedFolder)
    .filter((file) => file.endsWith(".jsonl"))
    .flatMap((file) => jsonLines(path.join(shippedFolder, file)));
  const headings = new Map(
    jsonLines(path.join(shared, "docs", "3.2.1", "sections.jsonl")).map(({ anchor, heading }) => [
      anchor,
      heading,
    ]),
  );
  const heldOut = jsonLines(heldOutFile);
  const shipped = sections.flatMap(({ questions }) => questions);
  const { termsOf } = await core();
  const good = wellAsked(sections, (anchor) => headings.get(anchor), termsOf);
  const common = sharedRuns(
    shipped,
    heldOut.map(({ question }) => question),
  );
  const unanswerable = heldOut.filter(({ answerable }) => answerable === false).length;
  const failures = common.map((run) => `"${run}" stands in a held-out question and in one that we ship`);
  if (good.length < leastSections)
    failures.push(
      `only ${good.length} sections have three questions, two of them free of the heading's words`,
    );
  for (const { anchor } of sections)
    if (!headings.has(anchor)) failures.push(`${anchor} is no section of the official guide`);
  if (heldOut.length < leastHeldOut || unanswerable < leastUnanswerable)
    failures.push(`only ${heldOut.length} held-out questions, ${unanswerable} of them unanswerable`);
  const rows = [
    {
      shipped: shipped.length,
      sections: new Set(sections.map(({ anchor }) => anchor)).size,
      wellAsked: good.length,
      heldOut: heldOut.length,
      unanswerable,
      sharedRuns: common.length,
    },
  ];
  return { rows, failures };
}

/** The search's own idea of a content word: stop words gone, endings cut. */
async function core() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: 'export { termsOf } from "./src/core/search/terms";', resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "silent",
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}
