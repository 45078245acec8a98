/** Has the model write a short first draft, whose names then ask the documents. */
import type { AnswerEvent, AnswerRequest, ModelChoice } from "../../core/answer/answer";
import { FailureError } from "../../core/failure";
import type { ModelServer } from "../../core/models/modelServer";
import { draftMessages, draftTokens } from "../../core/search/draft";

export interface DraftingProps {
  readonly ollama: Pick<ModelServer, "chat">;
  readonly request: Pick<AnswerRequest, "selection" | "springBootVersion" | "project">;
  readonly model: ModelChoice;
  readonly thinks: boolean;
  readonly onEvent: (event: AnswerEvent) => void;
}

/** The window of a draft: a question, a selection of two pages, the draft. */
const window = { contextTokens: 4_096, longestCode: 6_000 };

/** Empty when the model could not: what then fails for the answer too is told there. */
export async function writeDraft(
  question: string,
  props: DraftingProps,
  signal: AbortSignal,
): Promise<string> {
  const { ollama, request, model, thinks, onEvent } = props;
  const code = request.selection?.text.slice(0, window.longestCode) ?? "";
  const version = request.springBootVersion ?? request.project?.springBootVersion;
  let draft = "";
  try {
    const events = ollama.chat(
      {
        ...{ host: model.host, model: model.model, thinks, contextTokens: window.contextTokens },
        messages: draftMessages(question, version, code),
        answerTokens: draftTokens,
        // The likeliest draft, whatever the answer is to be; and never longer than a draft.
        options: { ...model.options, temperature: 0, num_predict: draftTokens },
      },
      signal,
    );
    for await (const event of events) {
      if (event.type === "token") draft += event.text;
      else if (event.type === "status" && event.status === "loading-model") onEvent(event);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof FailureError)) throw error;
  }
  return draft;
}
