/** Replaces the older messages of a long chat by a summary, before the question is asked. */
import type { AnswerEvent, AnswerRequest } from "../../core/answer/answer";
import type { ModelDetails, ModelServer } from "../../core/models/modelServer";
import { planSummary, summaryMessages } from "../../core/prompt/summary";
import type { TokenCalibration } from "../../core/prompt/tokenEstimate";
import { chooseWindow, type PromptBudget } from "../../core/prompt/window";

export interface SummarisingProps {
  readonly ollama: Pick<ModelServer, "chat">;
  readonly details: ModelDetails;
  readonly budget: PromptBudget;
  readonly calibration: TokenCalibration;
}

/** Tokens: 150 words, with room for a model that counts badly. */
const longestSummary = 400;

/** What a smaller model writes of a conversation misleads more than what is left out of it. */
const leastParameters = 1e9;

/** The request as it is, or with a summary in the place of its older messages; the event tells of a new one. */
export async function withSummary(
  { ollama, details, budget, calibration }: SummarisingProps,
  request: AnswerRequest,
  onEvent: (event: AnswerEvent) => void,
  signal: AbortSignal,
): Promise<AnswerRequest> {
  // A refinement needs the code that it refines, word by word.
  if (request.kind === "generate") return request;
  if (details.parameters !== undefined && details.parameters < leastParameters) return request;
  const { host, model, contextTokens: chosen, options } = request.model;
  const tokensOf = (text: string) => calibration.count(model, text);
  const { history, summary } = request;
  const plan = planSummary({
    ...{ history, tokensOf, room: budget.history },
    ...(summary !== undefined && { summary }),
  });
  if (!plan) return request;
  onEvent({ type: "status", status: "summarising" });
  const messages = summaryMessages(plan.older, summary, budget.context);
  const wanted = messages.reduce((sum, { content }) => sum + tokensOf(content), 0) + longestSummary;
  let text = "";
  const answer = ollama.chat(
    {
      ...{ host, model, messages, thinks: details.thinks },
      ...chooseWindow(wanted, budget, details, chosen),
      answerTokens: longestSummary,
      options: { ...options, temperature: 0 },
    },
    signal,
  );
  for await (const event of answer) if (event.type === "token") text += event.text;
  // Without one, the prompt leaves out what does not fit and says so.
  if (text.trim() === "") return request;
  const made = text.trim();
  onEvent({ type: "summary", text: made, messages: plan.older.length });
  return { ...request, history: plan.latest, summary: made };
}
