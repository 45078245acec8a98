/** Asks again about an answer just given, and judges it by the calibration that fits. */
import type { AnswerRequest } from "../../core/answer/answer";
import { FailureError } from "../../core/failure";
import type { ModelServer } from "../../core/models/modelServer";
import type { BuiltPrompt } from "../../core/prompt/buildPrompt";
import { answerAttributes } from "../../core/reask/answerAttributes";
import { chooseFit, judgeAnswer, type AnswerConfidence, type Fits } from "../../core/reask/confidence";
import { reaskMessages } from "../../core/reask/question";
import { askAgain } from "../classify/askAgain";

export interface ReaskingProps {
  readonly ollama: Pick<ModelServer, "askToken">;
  readonly fits: (signal: AbortSignal) => Promise<Fits>;
}

export interface GivenAnswer {
  readonly request: AnswerRequest;
  /** The prompt as it was sent: its beginning is in the server's cache. */
  readonly prompt: BuiltPrompt;
  readonly thinks: boolean;
  readonly text: string;
  /** Scores of the passages, best first. */
  readonly passageScores: readonly number[];
}

/** `undefined` when the model could not be asked: an answer is never lost for want of a verdict. */
export async function reask(
  { ollama, fits }: ReaskingProps,
  { request, prompt, thinks, text, passageScores }: GivenAnswer,
  signal: AbortSignal,
): Promise<AnswerConfidence | undefined> {
  const { host, model, options } = request.model;
  const kind = request.kind === "generate" ? "code" : "explanation";
  const started = performance.now();
  try {
    const { yesNo, method } = await askAgain(
      ollama,
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
    const attributes = answerAttributes({ reask: yesNo, passageScores });
    const chosen = chooseFit(await fits(signal), { model, kind, row: attributes });
    return judgeAnswer(
      { yesNo, method, attributes, milliseconds },
      chosen,
      request.reask ?? { threshold: 0.95 },
    );
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}
