import type { AnswerEvent, AnswerRequest, WindowUse } from "../../core/answer/answer";
import { createRepetitionWatch } from "../../core/answer/repetition";
import { FailureError } from "../../core/failure";
import type { ChatEvent, ModelDetails } from "../../core/models/modelServer";
import { buildPrompt, type BuiltPrompt } from "../../core/prompt/buildPrompt";
import { estimateTokens, messageOverhead, type TokenCalibration } from "../../core/prompt/tokenEstimate";
import type { AnswerToken } from "../../core/reask/answerTokens";
import type { TypesAtHand } from "../../core/prompt/typesAtHand";
import type { Passage } from "../../core/search/passage";

export interface GenerationProps {
  readonly request: AnswerRequest;
  readonly details: ModelDetails;
  readonly calibration: TokenCalibration;
  readonly onEvent: (event: AnswerEvent) => void;
  /** Asked once, with the passages that were found. */
  readonly typesAtHand?: (passages: readonly Passage[]) => Promise<TypesAtHand | undefined>;
}

export interface GenerationOutcome {
  readonly passages: readonly Passage[];
  readonly leftOut: readonly string[];
  /** Absent before a prompt was made. */
  readonly use?: WindowUse;
  /** The prompt as it was sent at last. */
  readonly prompt?: BuiltPrompt;
  readonly truncated: boolean;
  /** Milliseconds from the request to the server until the first token. */
  readonly firstToken: number;
  /** Milliseconds from the first token to the last; absent when there was none. */
  readonly writing?: number;
  readonly promptTokens?: number;
  readonly answerTokens?: number;
  /** How likely its tokens were; empty when that was not asked for. */
  readonly tokens: readonly AnswerToken[];
}

export interface Generation {
  /**
   * Streams the answer's text and tells everything else as events. A prompt that the server finds too long is packed smaller.
   * `answered`: whether the documents answer; undefined when they were not asked.
   */
  write(
    passages: readonly Passage[],
    answered: boolean | undefined,
    chat: (prompt: BuiltPrompt) => AsyncIterable<ChatEvent>,
  ): AsyncGenerator<string>;
  /** What is known once the text has ended. */
  outcome(): GenerationOutcome;
}

/** In `leftOut`: why an answer ends early. */
const repeated = "The rest of the answer: the model repeated itself without end and was stopped.";

/** Each refusal makes the estimate a quarter larger; more than this and the model's window is not what it says. */
const mostRefusals = 4;

export function createGeneration(props: GenerationProps): Generation {
  const { request, details, calibration, onEvent, typesAtHand } = props;
  const { model } = request.model;
  const tokens: AnswerToken[] = [];
  let outcome: GenerationOutcome = { passages: [], leftOut: [], truncated: false, firstToken: 0, tokens: [] };

  async function* send(
    prompt: BuiltPrompt,
    chat: (prompt: BuiltPrompt) => AsyncIterable<ChatEvent>,
  ): AsyncGenerator<string> {
    const started = performance.now();
    const repetition = createRepetitionWatch();
    let status = "";
    let last = 0;
    for await (const event of chat(prompt)) {
      switch (event.type) {
        case "status":
          if (event.status !== status) onEvent(event);
          status = event.status;
          break;
        case "thinking":
          onEvent(event);
          break;
        case "odds":
          tokens.push(...event.tokens);
          break;
        case "token":
          if (outcome.firstToken === 0) outcome = { ...outcome, firstToken: performance.now() - started };
          last = performance.now() - started;
          onEvent(event);
          yield event.text;
          if (repetition.push(event.text)) {
            // Leaving the loop ends the server's work; nothing that would still come is worth waiting for.
            outcome = { ...outcome, truncated: true, leftOut: [...outcome.leftOut, repeated] };
            onEvent({ type: "left-out", what: outcome.leftOut });
            return;
          }
          break;
        case "done": {
          const { truncated, promptTokens, answerTokens } = event;
          if (promptTokens !== undefined) calibration.learn(model, plainEstimate(prompt), promptTokens);
          outcome = {
            ...outcome,
            truncated,
            ...(last > 0 && { writing: last - outcome.firstToken }),
            ...(promptTokens !== undefined && { promptTokens }),
            ...(answerTokens !== undefined && { answerTokens }),
          };
        }
      }
    }
  }

  return {
    async *write(passages, answered, chat) {
      const types = await typesAtHand?.(passages);
      for (let refusals = 0; ; refusals++) {
        const prompt = buildPrompt({
          request,
          passages,
          searchedInVain: answered === false,
          ...(types && { types }),
          details,
          tokensOf: (text) => calibration.count(model, text),
        });
        const { leftOut, use } = prompt;
        outcome = { ...outcome, passages: prompt.passages, leftOut, use, prompt };
        if (answered !== undefined) onEvent({ type: "passages", passages: prompt.passages, answered });
        if (leftOut.length > 0) onEvent({ type: "left-out", what: leftOut });
        try {
          yield* send(prompt, chat);
          return;
        } catch (error) {
          if (refusals >= mostRefusals || !isTooLong(error)) throw error;
          calibration.refused(model);
        }
      }
    },
    outcome: () => ({ ...outcome, tokens }),
  };
}

function plainEstimate({ messages }: BuiltPrompt): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content) + messageOverhead, 0);
}

/** Ollama's refusal of a prompt that is longer than the window; it comes before any token. */
function isTooLong(error: unknown): boolean {
  return (
    error instanceof FailureError &&
    error.failure.kind === "ollama-error" &&
    error.failure.status === 400 &&
    error.failure.cause.includes("exceeds the context length")
  );
}
