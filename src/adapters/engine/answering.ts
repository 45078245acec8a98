/** Answers a request: retrieves, prompts, streams, and attaches the citations. */
import type { AnswerEvent, AnswerRequest, AnswerResult } from "../../core/answer/answer";
import { citeAnswer } from "../../core/answer/citations";
import type { SearchReply, SearchRequest } from "../../core/engine";
import type { ModelServer } from "../../core/models/modelServer";
import { createTokenCalibration } from "../../core/prompt/tokenEstimate";
import { promptBudget } from "../../core/prompt/window";
import { createGeneration } from "./generation";

export interface AnsweringProps {
  readonly searching: {
    search(request: SearchRequest, signal: AbortSignal): Promise<SearchReply>;
  };
  readonly ollama: Pick<ModelServer, "describe" | "chat">;
}

export interface Answering {
  /**
   * Rejects with a `FailureError`; what was streamed before stays valid. When the documents hold nothing for the request it is answered
   * without them, and `leftOut` says so: the shells mark such an answer. Documents of the request's version are asked, no others.
   */
  answer(
    request: AnswerRequest,
    onEvent: (event: AnswerEvent) => void,
    signal: AbortSignal,
  ): Promise<AnswerResult>;
}

/** What `leftOut` starts with when no passage was found. */
export const nothingFound = "The documents hold no passage for this; the answer comes from the model alone.";

export function createAnswering({ searching, ollama }: AnsweringProps): Answering {
  const calibration = createTokenCalibration();

  return {
    async answer(request, onEvent, signal) {
      const started = performance.now();
      const { withDocuments } = request;
      const details = await ollama.describe(request.model.host, request.model.model, signal);
      const budget = promptBudget(details.parameters);
      const model = { ...request.model, options: { ...budget.options, ...request.model.options } };
      const generation = createGeneration({ request, details, calibration, onEvent });
      let retrieval = 0;
      let text = "";

      if (withDocuments) {
        const { PassageRetriever } = await import("../llamaindex/passageRetriever");
        const { queryDocuments } = await import("../llamaindex/queryEngine");
        const { OllamaLlm } = await import("../llamaindex/llm");
        onEvent({ type: "status", status: "retrieving" });
        const retriever = new PassageRetriever(async (question) => {
          const before = performance.now();
          const reply = await searching.search(searchRequest(request, question, budget.count), signal);
          retrieval = performance.now() - before;
          return reply;
        });
        const answer = queryDocuments(
          questionOf(request),
          {
            retriever,
            passageOf: (node) => retriever.passageOf(node),
            llm: new OllamaLlm(
              {
                server: ollama,
                choice: model,
                thinks: details.thinks,
                window: { contextTokens: 4_096, answerTokens: budget.answer },
              },
              signal,
            ),
            write: (passages, chat) =>
              generation.write(passages, passages.length > 0 ? [] : [nothingFound], chat),
          },
          signal,
        );
        for await (const piece of answer) text += piece;
      } else {
        const answer = generation.write([], [], ({ messages, window }) =>
          ollama.chat(
            {
              host: model.host,
              model: model.model,
              messages,
              thinks: details.thinks,
              ...window,
              options: model.options,
            },
            signal,
          ),
        );
        for await (const piece of answer) text += piece;
      }

      const { passages, leftOut, truncated, firstToken, promptTokens, answerTokens } = generation.outcome();
      const cited = citeAnswer({ text, passages, ownCode: ownCodeOf(request) });
      return {
        text: cited.text,
        citations: cited.citations,
        passages,
        truncated,
        leftOut,
        timings: {
          retrieval: Math.round(retrieval),
          firstToken: Math.round(firstToken),
          total: Math.round(performance.now() - started),
          ...(promptTokens !== undefined && { promptTokens }),
          ...(answerTokens !== undefined && { answerTokens }),
        },
      };
    },
  };
}

/** What is asked of the documents: the instruction, or the code itself when there is none. */
function questionOf({ instruction, selection }: AnswerRequest): string {
  return instruction.trim() || (selection?.text.trim() ?? "");
}

function searchRequest(request: AnswerRequest, question: string, count: number): SearchRequest {
  const { selection, history, project, store } = request;
  const version = request.springBootVersion ?? project?.springBootVersion;
  const earlier = history.filter(({ role }) => role === "user").map(({ text }) => text);
  return {
    question,
    count,
    ...(selection && selection.text.trim() !== "" && { selection: selection.text }),
    ...(earlier.length > 0 && { earlier }),
    ...(version !== undefined && { springBootVersion: version }),
    ...(store !== undefined && { store }),
  };
}

/** Names of the person's own code, which no documentation can support. */
function ownCodeOf({ selection }: AnswerRequest): string {
  return selection ? [selection.before, selection.text, selection.after].join("\n") : "";
}
