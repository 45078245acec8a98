// The terminal part of `npm start`: the same instruction answered without and with documents, by the extension's own engine.
import path from "node:path";
import { createInterface } from "node:readline";
import { startProcess } from "../shared/processes.mjs";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { say } from "../shared/say.mjs";

const INSTRUCTION =
  "Create a basic Java class to start a Spring Boot 3.2 application. The class should include the necessary " +
  "annotations to define an entry point for the Spring Boot application and should have a main method. " +
  "Also add a comment to briefly explain each annotation used.";

export const SAMPLE_PROJECT = path.join(repositoryRoot, "test", "fixtures", "sample-project");

/**
 * @typedef {object} ShownPassage
 * @property {string} document
 * @property {string} text
 * @property {readonly string[]} headingPath
 * @property {string} [anchor]
 * @property {number} [page]
 * @property {string} [version]
 * @property {string} [officialUrl]
 * @property {number} score
 *
 * @typedef {object} Checks
 * @property {readonly { line: number, level: string, message: string }[]} after
 * @property {readonly { title: string }[]} mended
 * @property {readonly { why: string, remedy?: string }[]} notChecked
 * @property {boolean} hasCode
 * @property {{ title: string, code: string }} [sample]
 */

/**
 * Prints both answers as they stream, their times, the passages of the second, and what the project says of its code: where that has errors, the
 * field guide's own sample stands beside it.
 * @param {{ host: string, model: string }} options
 * @returns {Promise<void>}
 */
export async function showTwoAnswers({ host, model }) {
  print(`\n== Without documents (${model})\n`);
  await answer({ host, model, flags: ["--no-docs"] });
  print(`\n== With documents (${model})\n`);
  const { passages, checks } = await answer({ host, model, flags: ["--check", "--no-repair"] });
  print("\n== Passages\n");
  passages.forEach((passage, index) => print(`${passageText(passage, index + 1)}\n`));
  if (checks) print(`\n== Checked against the project\n${checksText(checks)}\n`);
}

/** @param {Checks} checks */
function checksText({ after, mended, notChecked, hasCode, sample }) {
  const findings = after.map(({ line, level, message }) => `line ${line}: ${level}: ${message}`);
  const open = notChecked.map(({ why, remedy }) => [why, remedy].filter(Boolean).join(" "));
  const compiles = findings.length + open.length === 0 ? ["Nothing found: it compiles."] : [];
  const nothing = hasCode ? compiles : ["There is no code in the answer."];
  const offer = sample
    ? [`\nThe field guide's own sample, compiled with Spring Boot 3.2: ${sample.title}\n`, sample.code]
    : [];
  return [...mended.map(({ title }) => `mended: ${title}`), ...findings, ...open, ...nothing, ...offer].join(
    "\n",
  );
}

/**
 * @param {{ host: string, model: string, flags: readonly string[] }} options
 * @returns {Promise<{ passages: readonly ShownPassage[], checks?: Checks }>}
 */
async function answer({ host, model, flags }) {
  const started = Date.now();
  const cli = path.join(repositoryRoot, "dist", "cli.cjs");
  const where = ["--project", SAMPLE_PROJECT, "--host", host, "--model", model];
  const child = startProcess(process.execPath, [
    cli,
    "generate",
    "--events",
    ...where,
    ...flags,
    INSTRUCTION,
  ]);
  child.stderr?.pipe(process.stderr);
  if (!child.stdout) throw new Error("the command line has no output");
  /** @type {readonly ShownPassage[]} */
  let passages = [];
  /** @type {number | undefined} */
  let firstToken;
  let lastToken = 0;
  /** @type {Checks | undefined} */
  let checks;
  let isDone = false;
  let isLoading = false;
  const ended = new Promise((resolve) => child.once("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    /** @type {{ type: string, text?: string, status?: string, passages?: readonly ShownPassage[], checks?: Checks }} */
    const event = JSON.parse(line);
    if (event.type === "token") {
      lastToken = Date.now() - started;
      firstToken ??= lastToken;
      print(event.text ?? "");
    } else if (event.type === "passages") passages = event.passages ?? [];
    else if (event.type === "status" && event.status === "loading-model") {
      if (!isLoading) say("the model is being loaded");
      isLoading = true;
    } else if (event.type === "done") {
      isDone = true;
      checks = event.checks;
    }
  }
  const exitCode = await ended;
  if (exitCode !== 0 || !isDone || firstToken === undefined) {
    throw new Error(`the answer did not come: docwright generate ended with ${String(exitCode)}`);
  }
  print(`\n\n(first token after ${seconds(firstToken)}, ${seconds(lastToken)} in all)\n`);
  return { passages, ...(checks && { checks }) };
}

/**
 * @param {ShownPassage} passage
 * @param {number} number
 */
function passageText(passage, number) {
  const place = [
    `${passage.document}${passage.version ? ` ${passage.version}` : ""}`,
    passage.page === undefined ? undefined : `page ${passage.page}`,
    passage.officialUrl ?? (passage.anchor ? `#${passage.anchor}` : undefined),
  ];
  const beginning = passage.text.replace(/\s+/g, " ").slice(0, 160);
  const heading = passage.headingPath.join(" > ");
  return `[${number}] ${heading}\n    ${place.filter(Boolean).join(", ")}\n    ${beginning}`;
}

/** @param {number} milliseconds */
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** @param {string} text */
const print = (text) => void process.stdout.write(text);
