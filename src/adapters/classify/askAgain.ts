import type { ModelServer, TokenQuestion } from "../../core/models/modelServer";
import { readYesNo, yesNoFromSamples, type YesNo } from "../../core/reask/yesNo";

/** How the odds were got: from the server's log-probabilities, or from so many samples of a server that gives none. */
export type ReaskMethod = "log-probabilities" | "samples";

export interface Reask {
  readonly yesNo: YesNo;
  readonly method: ReaskMethod;
  /** Tokens read and written. */
  readonly tokens: number;
  /** Milliseconds that the server worked. */
  readonly milliseconds: number;
}

const sampleCount = 8;

/** Asks a yes-or-no question. A server before 0.12.11 gives no log-probabilities: it is asked {@link sampleCount} times at temperature 1. */
export async function askAgain(
  server: Pick<ModelServer, "askToken">,
  question: TokenQuestion,
  signal: AbortSignal,
): Promise<Reask> {
  const first = await server.askToken(question, signal);
  const yesNo = first.odds && readYesNo(first.odds);
  let { tokens, milliseconds } = costOf(first.timings);
  if (yesNo) return { yesNo, method: "log-probabilities", tokens, milliseconds };
  const samples: string[] = [];
  for (let seed = 1; seed <= sampleCount; seed++) {
    const options = { ...question.options, temperature: 1, seed };
    const reply = await server.askToken({ ...question, options }, signal);
    const cost = costOf(reply.timings);
    tokens += cost.tokens;
    milliseconds += cost.milliseconds;
    samples.push(reply.text);
  }
  return { yesNo: yesNoFromSamples(samples), method: "samples", tokens, milliseconds };
}

function costOf(timings: {
  readonly prompt: number;
  readonly writing: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
}) {
  return {
    tokens: timings.promptTokens + timings.answerTokens,
    milliseconds: timings.prompt + timings.writing,
  };
}
