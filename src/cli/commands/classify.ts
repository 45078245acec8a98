import { askAgain } from "../../adapters/classify/askAgain";
import { asidePath, classifyFile, type Classified } from "../../adapters/classify/classifyFile";
import { createOllamaServer } from "../../adapters/ollama/server";
import { FailureError } from "../../core/failure";
import type { ModelServer } from "../../core/models/modelServer";
import type { BatchLine } from "../../core/reask/batchLine";
import { documentMessages, labelMessages, namedLabel } from "../../core/reask/question";
import { lastPositionAttributes, rawYes } from "../../core/reask/yesNo";
import type { Command, ParsedCommand } from "../command";
import {
  badArgument,
  host,
  hostFlag,
  isSet,
  model,
  modelFlag,
  neededPath,
  text,
  wholeNumber,
} from "../flags";
import { environmentSecrets } from "../serverSecrets";
import { timeLeft } from "../terminal";
import { synthesize, type Batch } from "./synthesize";

export const classify: Command = {
  operands: "",
  summary:
    "Ask a model about each document of a file, and write each line with the attributes of its answer.",
  flags: {
    input: {
      type: "string",
      value: "IN.jsonl",
      help: "a line each: id, document, and what else is to be kept",
    },
    output: { type: "string", value: "OUT.jsonl", help: "the same lines with attributes, in the same order" },
    "prompt-text": { type: "string", value: "TEXT", help: "stands before each document" },
    "trailing-instruction": {
      type: "string",
      value: "TEXT",
      help: "stands after each: the question, Yes or No",
    },
    labels: {
      type: "string",
      value: "A,B,C",
      help: "the model names one of these, and is asked again whether it is right",
    },
    "drop-prompt": { type: "boolean", help: "leave the field prompt out of what is written" },
    model: modelFlag,
    host: hostFlag,
    concurrency: { type: "string", value: "N", help: "documents asked about at a time (default: 1)" },
    context: { type: "string", value: "N", help: "the window in tokens (default: 4096)" },
    resume: { type: "boolean", help: "go on after the last whole line of the output" },
    synthesize: {
      type: "string",
      value: "N",
      help: "instead of reading: write N labelled drafts, marked synthetic, for a person to check",
    },
  },
  async run(parsed, context, signal) {
    const output = neededPath("classify", parsed, "output", context);
    const { environment } = context;
    const address = host(parsed, context);
    const server = createOllamaServer({ environment, secrets: environmentSecrets(environment, address) });
    const name = model(parsed, context);
    const concurrency = wholeNumber(parsed, "concurrency", 32) ?? 1;
    const contextTokens = wholeNumber(parsed, "context", 1_000_000) ?? 4096;
    const { thinks } = await server.describe(address, name, signal);
    const batch: Batch = {
      promptText: text(parsed, "prompt-text") ?? "",
      trailing: text(parsed, "trailing-instruction") ?? "",
      labels: labelsOf(parsed),
      question: { host: address, model: name, contextTokens, thinks },
    };
    const { terminal } = context;
    const count = wholeNumber(parsed, "synthesize", 10_000);
    if (count !== undefined) {
      await synthesize({ server, batch, output, count, resume: isSet(parsed, "resume"), terminal }, signal);
      return 0;
    }
    if (batch.trailing === "" && batch.labels.length === 0)
      throw badArgument("docwright classify needs --trailing-instruction with a question, or --labels.");
    let saidSamples = false;
    const report = await classifyFile(
      {
        input: neededPath("classify", parsed, "input", context),
        output,
        resume: isSet(parsed, "resume"),
        dropPrompt: isSet(parsed, "drop-prompt"),
        concurrency,
      },
      async (line, abort) => {
        const { classified, sampled } = await askAbout(server, batch, line, abort);
        if (sampled && !saidSamples) {
          saidSamples = true;
          terminal.say(
            "The server gives no log-probabilities (Ollama 0.12.11 does): shares of 8 samples stand for them.",
          );
        }
        return classified;
      },
      {
        onProgress: ({ documents, documentsTotal, tokensPerSecond, secondsLeft }) =>
          terminal.progress(
            `${documents}/${documentsTotal} documents, ${Math.round(tokensPerSecond)} tokens/s, ${timeLeft(secondsLeft)} left`,
          ),
        onAside: (line, why) => terminal.say(`Line ${line} is kept aside: ${why}.`),
      },
      signal,
    );
    terminal.endProgress();
    const already = report.before > 0 ? `, ${report.before} were there before` : "";
    terminal.say(`${report.written} lines written to ${output}${already}.`);
    if (report.malformed > 0)
      terminal.say(`${report.malformed} lines are kept aside in ${asidePath(output)}.`);
    return 0;
  },
};

async function askAbout(
  server: ModelServer,
  { promptText, trailing, labels, question }: Batch,
  { document, prompt }: BatchLine,
  signal: AbortSignal,
): Promise<{ readonly classified: Classified; readonly sampled: boolean }> {
  const parts = {
    prompt: [promptText, prompt ?? ""].filter((part) => part !== "").join("\n\n"),
    document,
    trailing,
  };
  try {
    let named: string | undefined;
    let tokens = 0;
    if (labels.length > 0) {
      const messages = labelMessages({ ...parts, labels });
      const reply = await server.askToken({ ...question, messages, answerTokens: 16 }, signal);
      named = namedLabel(reply.text, labels);
      tokens += reply.timings.promptTokens + reply.timings.answerTokens;
      if (named === undefined)
        return refused(`the model named none of the labels but "${reply.text.trim().slice(0, 60)}"`);
    }
    const messages = documentMessages({ ...parts, ...(named !== undefined && { named }) });
    const { yesNo, method, tokens: more } = await askAgain(server, { ...question, messages }, signal);
    const found = {
      attributes: lastPositionAttributes(yesNo),
      ...(named !== undefined && { named }),
      reask: { yes: rawYes(yesNo), method },
    };
    return { classified: { kind: "found", found, tokens: tokens + more }, sampled: method === "samples" };
  } catch (error) {
    if (
      error instanceof FailureError &&
      error.failure.kind === "ollama-error" &&
      error.failure.status === 400
    )
      return refused(error.failure.cause);
    throw error;
  }
}

/** Such a document would stop each run at the same place; the others are asked all the same. */
function refused(why: string) {
  return { classified: { kind: "refused", why } as const, sampled: false };
}

function labelsOf(parsed: ParsedCommand): readonly string[] {
  const labels = (text(parsed, "labels") ?? "")
    .split(",")
    .map((label) => label.trim())
    .filter((label) => label !== "");
  if (labels.length === 1 || new Set(labels.map((label) => label.toLowerCase())).size < labels.length)
    throw badArgument("--labels takes two or more different labels, divided by commas.");
  return labels;
}
