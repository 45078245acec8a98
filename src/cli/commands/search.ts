import { readFile, writeFile } from "node:fs/promises";
import type { SearchReply, SearchRequest } from "../../core/engine";
import { FailureError } from "../../core/failure";
import type { Evidence } from "../../core/search/evidence";
import { searchLegs, type SearchLeg } from "../../core/search/legs";
import type { FoundBy, Passage } from "../../core/search/passage";
import type { Command, CommandContext, ParsedCommand } from "../command";
import {
  badArgument,
  isSet,
  jsonFlag,
  path,
  projectFlag,
  springBoot,
  springBootFlag,
  store,
  storeFlag,
  text,
} from "../flags";
import { parseQuestions } from "../questionsFile";

const defaultCount = 10;
const mostResults = 100;

export const search: Command = {
  operands: '"question"',
  summary: "Find the passages that answer a question.",
  flags: {
    store: storeFlag,
    k: { type: "string", short: "k", value: "N", help: `number of results (default: ${defaultCount})` },
    "spring-boot": springBootFlag,
    project: { ...projectFlag, help: "the project whose version and whose dependencies are asked" },
    json: jsonFlag,
    explain: { type: "boolean", help: "say why each passage was found" },
    questions: { type: "string", value: "IN.jsonl", help: "ask each line's question; needs --out" },
    out: { type: "string", value: "RUN.jsonl", help: "where the results of --questions go" },
    without: {
      type: "string",
      value: "PARTS",
      help: `leave out parts of the search: ${searchLegs.join(", ")}`,
    },
  },
  async run(parsed, context, signal) {
    const request = { ...(await projectPart(parsed, context, signal)), ...requestOf(parsed, context) };
    const input = path(parsed, "questions", context);
    const output = path(parsed, "out", context);
    const question = parsed.positionals.join(" ").trim();
    if ((input === undefined) !== (output === undefined))
      throw badArgument("--questions and --out belong together.");
    if (input !== undefined && output !== undefined) {
      if (question !== "") throw badArgument("With --questions no question is taken from the command line.");
      return askAll(input, output, request, isSet(parsed, "explain"), context, signal);
    }
    if (question === "") throw badArgument("docwright search needs a question.");
    const reply = await context.engine.search({ ...request, question }, signal);
    const explained = isSet(parsed, "explain");
    context.terminal.answer(
      isSet(parsed, "json") ? `${JSON.stringify(json(reply, explained))}\n` : readable(reply, explained),
    );
    if (explained && reply.evidence) context.terminal.say(evidenceText(reply.evidence));
    if (!reply.answered) context.terminal.say("The documents do not seem to answer this.");
    return reply.answered ? 0 : 1;
  },
};

/** The version and the folder of the project; a version that is named wins. */
async function projectPart(parsed: ParsedCommand, context: CommandContext, signal: AbortSignal) {
  const place = path(parsed, "project", context);
  if (place === undefined) return {};
  const { directory, springBootVersion } = await context.engine.projectFacts({ path: place }, signal);
  return { project: directory, ...(springBootVersion !== undefined && { springBootVersion }) };
}

type Request = Omit<SearchRequest, "question">;

function requestOf(parsed: ParsedCommand, context: CommandContext): Request {
  const count = Number(text(parsed, "k") ?? defaultCount);
  if (!Number.isInteger(count) || count < 1 || count > mostResults) {
    throw badArgument(`-k takes a whole number from 1 to ${mostResults}.`);
  }
  const without = (text(parsed, "without") ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const unknown = without.find((part) => !isLeg(part));
  if (unknown !== undefined) throw badArgument(`--without knows ${searchLegs.join(", ")}, not "${unknown}".`);
  return { count, without: without.filter(isLeg), ...store(parsed, context), ...springBoot(parsed) };
}

const isLeg = (part: string): part is SearchLeg => searchLegs.some((leg) => leg === part);

async function askAll(
  input: string,
  output: string,
  request: Request,
  explained: boolean,
  { engine, terminal }: CommandContext,
  signal: AbortSignal,
) {
  const content = await readFile(input, "utf8").catch(() => {
    throw new FailureError({ kind: "not-found", path: input });
  });
  const questions = parseQuestions(content, input);
  const lines: string[] = [];
  for (const { id, ...asked } of questions) {
    terminal.progress(`Asking ${lines.length + 1}/${questions.length}`);
    const reply = await engine.search({ ...request, ...asked }, signal);
    lines.push(`${JSON.stringify({ id, ...json(reply, explained) })}\n`);
  }
  terminal.endProgress();
  await writeFile(output, lines.join("")).catch((error: unknown) => {
    throw new FailureError({
      kind: "not-writable",
      path: output,
      cause: error instanceof Error ? error.message : String(error),
    });
  });
  terminal.say(`${questions.length} questions asked, results in ${output}.`);
  return questions.length > 0 ? 0 : 1;
}

function json({ answered, results, evidence }: SearchReply, explained: boolean) {
  return {
    answered,
    results: results.map((passage) => result(passage, explained)),
    ...(explained && evidence && { evidence }),
  };
}

function result(passage: Passage, explained: boolean) {
  const {
    text: passageText,
    anchor,
    headingPath,
    page,
    document,
    version,
    score,
    officialUrl,
    foundBy,
  } = passage;
  return {
    text: passageText,
    anchor: anchor ?? null,
    headingPath,
    page: page ?? null,
    document,
    version: version ?? null,
    score,
    ...(officialUrl !== undefined && { officialUrl }),
    ...(explained && { foundBy }),
  };
}

const legNames = {
  lexical: "words",
  vector: "meaning",
  name: "name",
  question: "users' questions",
} as const satisfies Record<FoundBy["leg"], string>;

function readable({ results }: SearchReply, explained: boolean): string {
  return results
    .map((passage, index) => {
      const { headingPath, document, version, page, anchor, text: passageText, foundBy } = passage;
      const place = [
        document,
        version,
        page === undefined ? undefined : `page ${page}`,
        anchor && `#${anchor}`,
      ];
      const why = foundBy.map(
        ({ leg, rank, share }) => `${legNames[leg]} (rank ${rank}, ${Math.round(100 * share)} %)`,
      );
      return [
        `${index + 1}. ${headingPath.join(" > ")}`,
        `   ${place.filter(Boolean).join(", ")}${explained ? `; found by ${why.join(", ")}` : ""}`,
        "",
        passageText.replace(/^/gm, "   "),
        "",
        "",
      ].join("\n");
    })
    .join("");
}

/** The figures behind "answered", for whoever asks why. */
function evidenceText(evidence: Evidence): string {
  const parts = Object.entries(evidence).map(
    ([name, value]) => `${name} ${typeof value === "number" ? value.toFixed(2) : String(value)}`,
  );
  return `Evidence: ${parts.join(", ")}.`;
}
