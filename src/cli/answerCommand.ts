/** `generate` and `explain` differ in nothing but what the engine is asked to make. */
import type {
  AnswerEvent,
  AnswerKind,
  AnswerRequest,
  AnswerResult,
  AnswerStatus,
} from "../core/answer/answer";
import { hiddenText } from "../core/answer/hiddenCharacters";
import { defaultThreshold } from "../core/calibration/predict";
import { FailureError } from "../core/failure";
import { confidenceLine } from "../core/reask/confidenceLine";
import type { ProjectFacts } from "../core/project/projectFacts";
import { english } from "../core/translate";
import type { Command, CommandContext, ParsedCommand } from "./command";
import {
  agreementFlag,
  badArgument,
  host,
  hostFlag,
  isSet,
  jsonFlag,
  model,
  modelFlag,
  path,
  projectFlag,
  springBoot,
  springBootFlag,
  store,
  storeFlag,
  text,
  wholeNumber,
} from "./flags";
import { checkFlags, proven, sayProof, type Proof } from "./provenAnswer";
import { readSelection } from "./selectionFile";
import type { Terminal } from "./terminal";

export function answerCommand({
  kind,
  summary,
}: {
  readonly kind: AnswerKind;
  readonly summary: string;
}): Command {
  return {
    operands: '"instruction"',
    summary,
    flags: {
      store: storeFlag,
      project: projectFlag,
      "spring-boot": springBootFlag,
      file: { type: "string", value: "F", help: "the file that the code is in or goes to" },
      lines: { type: "string", value: "A-B", help: "the selected lines of the file, from 1 (default: all)" },
      model: modelFlag,
      host: hostFlag,
      "no-docs": { type: "boolean", help: "ask the model without documents" },
      "draft-first": {
        type: "boolean",
        help: "let the model write a short draft first, and ask the documents by its names too",
      },
      reask: {
        type: "boolean",
        help: "ask the model again whether its answer is right, and say how sure that is",
      },
      ...(kind === "generate" && checkFlags),
      agreement: agreementFlag,
      json: jsonFlag,
      events: { type: "boolean", help: "print what happens as JSON lines: status, passages, token, done" },
    },
    async run(parsed, context, signal) {
      const request = await requestOf(kind, parsed, context, signal);
      if (isSet(parsed, "json") && isSet(parsed, "events"))
        throw badArgument("Choose --json or --events, not both.");
      const { terminal, engine } = context;
      const isChecked = isSet(parsed, "check");
      const prove = (result: AnswerResult) =>
        isChecked ? proven(request, result, { parsed, context }, signal) : undefined;
      if (isSet(parsed, "events")) {
        const line = (value: object) => terminal.answer(`${JSON.stringify(value)}\n`);
        const result = await engine.answer(request, line, signal);
        const done = withProof(result, await prove(result));
        line({ type: "done", ...done });
        sayHidden(done.text, terminal);
        return 0;
      }
      const streams = !isSet(parsed, "json");
      // What is checked is printed once it is as good as it gets.
      const result = await engine.answer(
        request,
        (event) => show(event, terminal, streams && !isChecked),
        signal,
      );
      terminal.endProgress();
      const proof = await prove(result);
      const answer = withProof(result, proof);
      if (streams) {
        terminal.answer(proof ? `${answer.text.trimEnd()}\n` : "\n");
        sayWhatBelongsToIt(answer, terminal);
        if (proof) sayProof(proof, terminal);
      } else terminal.answer(`${JSON.stringify({ model: request.model.model, ...answer })}\n`);
      sayHidden(answer.text, terminal);
      return 0;
    },
  };
}

function withProof(result: AnswerResult, proof: Proof | undefined) {
  return proof ? { ...result, text: proof.text, checks: proof } : result;
}

async function requestOf(
  kind: AnswerKind,
  parsed: ParsedCommand,
  context: CommandContext,
  signal: AbortSignal,
): Promise<AnswerRequest> {
  const instruction = parsed.positionals.join(" ").trim();
  const file = path(parsed, "file", context);
  const lines = text(parsed, "lines");
  if (file === undefined && lines !== undefined) throw badArgument("--lines needs --file.");
  if (instruction === "" && file === undefined)
    throw badArgument(`docwright ${kind} needs an instruction or a --file.`);
  const withDocuments = !isSet(parsed, "no-docs");
  const agreement = wholeNumber(parsed, "agreement", 10);
  const directory = path(parsed, "project", context);
  const place = directory ?? file;
  const project =
    place === undefined ? undefined : await context.engine.projectFacts({ path: place }, signal);
  const selection = file === undefined ? undefined : await readSelection(file, lines, project?.directory);
  return {
    kind,
    instruction,
    history: [],
    withDocuments,
    model: { host: host(parsed, context), model: model(parsed, context) },
    ...(isSet(parsed, "draft-first") && { draftFirst: true }),
    ...(isSet(parsed, "reask") && {
      reask: { threshold: defaultThreshold, ...(agreement !== undefined && { samples: agreement }) },
    }),
    ...(selection && { selection }),
    ...(project && { project }),
    ...(withDocuments && version(parsed, directory, project)),
    ...store(parsed, context),
  };
}

/** The flag, else the project's own; a project that names none is not answered from whatever is there. */
function version(parsed: ParsedCommand, directory: string | undefined, project: ProjectFacts | undefined) {
  const named = springBoot(parsed);
  if (named.springBootVersion !== undefined) return named;
  if (project?.springBootVersion !== undefined) return { springBootVersion: project.springBootVersion };
  if (directory !== undefined) throw new FailureError({ kind: "version-unknown", directory });
  return {};
}

const statusLines = {
  retrieving: "Looking into the documents",
  "loading-model": "Loading the model",
  summarising: "The model summarises the conversation",
  "reading-prompt": "The model reads the prompt",
  writing: "The model writes",
} as const satisfies Record<AnswerStatus, string>;

const notAnswered = "The documents do not answer this: the answer comes from the model alone.";

function show(event: AnswerEvent, terminal: Terminal, streams: boolean): void {
  switch (event.type) {
    case "status":
      if (event.status !== "writing" || !streams) terminal.progress(statusLines[event.status]);
      break;
    case "token":
      if (streams) terminal.answer(event.text);
      break;
    case "left-out":
      for (const what of event.what) terminal.say(`Left out: ${what}`);
      break;
    case "passages":
      if (!event.answered) terminal.say(notAnswered);
      break;
    case "summary": // the command line has no conversation
    case "thinking":
      break;
  }
}

function sayHidden(text: string, terminal: Terminal): void {
  const hidden = hiddenText(text, english);
  if (hidden !== undefined) terminal.say(`The answer has ${hidden}`);
}

function sayWhatBelongsToIt(
  { confidence, passages, truncated, timings }: AnswerResult,
  terminal: Terminal,
): void {
  if (truncated) terminal.say("The model stopped because the room for its answer ended.");
  passages.forEach(({ headingPath, document, version: of, page, officialUrl }, index) => {
    const place = [document, of, page === undefined ? undefined : `page ${page}`, officialUrl];
    terminal.say(`[${index + 1}] ${headingPath.join(" > ")} (${place.filter(Boolean).join(", ")})`);
  });
  if (confidence) terminal.say(confidenceLine(confidence));
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);
  terminal.say(`First token after ${seconds(timings.firstToken)} s, ${seconds(timings.total)} s in all.`);
}
