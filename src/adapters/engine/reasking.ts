/** Asks again about an answer just given, measures what else tells right from wrong, and judges it by the calibration that fits. */
import { defaultThreshold } from "../../core/calibration/predict";
import type { AnswerRequest } from "../../core/answer/answer";
import type { Embedder } from "../../core/embedder";
import { FailureError } from "../../core/failure";
import type { ModelServer } from "../../core/models/modelServer";
import type { BuiltPrompt } from "../../core/prompt/buildPrompt";
import { answerAttributes, type FindingCounts } from "../../core/reask/answerAttributes";
import type { AnswerToken } from "../../core/reask/answerTokens";
import { chooseFit, judgeAnswer, type AnswerConfidence, type Fits } from "../../core/reask/confidence";
import { reaskMessages } from "../../core/reask/question";
import { askAgain } from "../classify/askAgain";

export interface ReaskingProps {
  readonly ollama: Pick<ModelServer, "askToken" | "chat">;
  readonly fits: (signal: AbortSignal) => Promise<Fits>;
  /** What the checks find in the whole files of an answer; `undefined` where they cannot tell. */
  readonly findings: (
    answer: Pick<GivenAnswer, "request" | "text">,
    signal: AbortSignal,
  ) => Promise<FindingCounts | undefined>;
  readonly embedder: (signal: AbortSignal) => Promise<Embedder>;
}

export interface GivenAnswer {
  readonly request: AnswerRequest;
  /** The prompt as it was sent: its beginning is in the server's cache. */
  readonly prompt: BuiltPrompt;
  readonly thinks: boolean;
  readonly text: string;
  /** How likely its tokens were; empty where the server could not tell. */
  readonly tokens: readonly AnswerToken[];
  /** Scores of the passages, best first. */
  readonly passageScores: readonly number[];
}

/** Tokens of a sample, and characters of the answer beside it. */
const sampleTokens = 160;
const sampleCharacters = 600;
/** Characters of the answer that are embedded: more than the embedding model reads. */
const embeddedCharacters = 2_000;

/** `undefined` when the model could not be asked: an answer is never lost for want of a verdict. */
export async function reask(
  props: ReaskingProps,
  answer: GivenAnswer,
  signal: AbortSignal,
): Promise<AnswerConfidence | undefined> {
  const { request, prompt, thinks, text, tokens, passageScores } = answer;
  const { host, model, options } = request.model;
  const kind = request.kind === "generate" ? "code" : "explanation";
  const choice = request.reask ?? { threshold: defaultThreshold };
  const started = performance.now();
  // What needs no model server goes on meanwhile; whatever fails there is an attribute that is not known.
  const beside = Promise.all([
    props.findings(answer, signal).catch(unlessAborted(signal)),
    embeddings(props, answer, signal).catch(unlessAborted(signal)),
  ]);
  beside.catch(() => undefined); // awaited below
  try {
    const { yesNo, method } = await askAgain(
      props.ollama,
      {
        host,
        model,
        messages: reaskMessages({ messages: prompt.messages, answer: text, kind }),
        // Another window would make the server load the model again.
        contextTokens: prompt.window.contextTokens,
        thinks,
        options: { ...options, temperature: 0 },
      },
      signal,
    );
    const milliseconds = performance.now() - started;
    const samples = choice.samples ? await sample(props, answer, choice.samples, signal) : undefined;
    const [findings, embedded] = await beside;
    const attributes = answerAttributes({
      reask: yesNo,
      passageScores,
      ...(tokens.length > 0 && { tokens }),
      ...(samples && { samples }),
      ...(findings && { findings }),
      ...(embedded && { embeddings: embedded }),
    });
    const from = embedded ? { embedder: embedded.model } : {};
    const chosen = chooseFit(await props.fits(signal), { model, kind, row: attributes, ...from });
    const measuringMilliseconds = performance.now() - started;
    return judgeAnswer(
      { yesNo, method, attributes, ...from, milliseconds, measuringMilliseconds },
      chosen,
      choice,
    );
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

async function embeddings({ embedder }: ReaskingProps, { request, text }: GivenAnswer, signal: AbortSignal) {
  const embedding = await embedder(signal);
  const [question, answer] = await embedding.embedDocuments(
    [request.instruction.slice(0, embeddedCharacters), text.slice(0, embeddedCharacters)],
    signal,
  );
  return question && answer && { question, answer, model: embedding.identity.model };
}

/** The beginnings of further answers, and of the answer itself. */
async function sample(
  { ollama }: ReaskingProps,
  { request, prompt, thinks, text }: GivenAnswer,
  count: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { host, model, options } = request.model;
  const samples = [text.slice(0, sampleCharacters)];
  for (let seed = 1; seed <= count; seed++) {
    let written = "";
    const chat = ollama.chat(
      {
        ...{ host, model, messages: prompt.messages, thinks },
        contextTokens: prompt.window.contextTokens,
        answerTokens: sampleTokens,
        options: { ...options, num_predict: sampleTokens, temperature: 0.8, seed: 7_000 + seed },
      },
      signal,
    );
    for await (const event of chat) if (event.type === "token") written += event.text;
    samples.push(written.slice(0, sampleCharacters));
  }
  return samples;
}

function unlessAborted(signal: AbortSignal) {
  return (): undefined => {
    signal.throwIfAborted();
    return undefined;
  };
}
