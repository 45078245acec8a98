/** Answers a request: retrieves, prompts, streams, and attaches the citations. */
import type { AnswerEvent, AnswerRequest, AnswerResult } from "../../core/answer/answer";
import { citeAnswer } from "../../core/answer/citations";
import type { SearchReply, SearchRequest } from "../../core/engine";
import type { ChatEvent, ModelServer } from "../../core/models/modelServer";
import { createTokenCalibration } from "../../core/prompt/tokenEstimate";
import { isJvm, promptLanguage } from "../../core/prompt/language";
import type { TypesAtHand } from "../../core/prompt/typesAtHand";
import { promptBudget } from "../../core/prompt/window";
import type { Passage } from "../../core/search/passage";
import { waysOfAsking } from "../../core/search/waysOfAsking";
import type { AnswerConfidence } from "../../core/reask/confidence";
import type { GivenAnswer } from "./reasking";
import { writeDraft } from "./drafting";
import { createGeneration } from "./generation";
import { withSummary } from "./summarising";

/** For the entropy of an answer's tokens; more cost bytes and change little. */
const listedAlternatives = 5;

export interface AnsweringProps {
  readonly searching: {
    search(request: SearchRequest, signal: AbortSignal): Promise<SearchReply>;
  };
  readonly ollama: Pick<ModelServer, "describe" | "chat">;
  /** The project's types that an answer is likely to need; absent: none are told. */
  readonly typesAtHand?: (
    request: AnswerRequest,
    passages: readonly Passage[],
    signal: AbortSignal,
  ) => Promise<TypesAtHand | undefined>;
  /** Parameters that a model has at least to be told of them. */
  readonly tellsTypesFrom?: number;
  /** Asks again about an answer; absent: answers carry no verdict. */
  readonly reask?: (answer: GivenAnswer, signal: AbortSignal) => Promise<AnswerConfidence | undefined>;
}

export interface Answering {
  /**
   * Rejects with a `FailureError`; what was streamed before stays valid. When the documents do not answer, the model does without them, and
   * the result says so: the shells mark such an answer. Documents of the request's version are asked, no others.
   */
  answer(
    request: AnswerRequest,
    onEvent: (event: AnswerEvent) => void,
    signal: AbortSignal,
  ): Promise<AnswerResult>;
}

/** Milliseconds that an answer waits for the types at hand; a compiler that is warm needs a tenth of it. */
const typesPatience = 2_000;

/** Smaller models made nothing of a list of types (`npm run bench -- types`). */
const leastToTellTypes = 1e9;

export function createAnswering(props: AnsweringProps): Answering {
  const { searching, ollama, typesAtHand, tellsTypesFrom = leastToTellTypes, reask } = props;
  const calibration = createTokenCalibration();

  return {
    async answer(asked, onEvent, signal) {
      const started = performance.now();
      const { withDocuments } = asked;
      const details = await ollama.describe(asked.model.host, asked.model.model, signal);
      const budget = promptBudget(details.parameters);
      const model = { ...asked.model, options: { ...budget.options, ...asked.model.options } };
      const request = await withSummary({ ollama, details, budget, calibration }, asked, onEvent, signal);
      const { given } = asked;
      const odds = asked.reask && given === undefined ? { alternatives: listedAlternatives } : {};
      const chat: ModelServer["chat"] =
        given === undefined ? (wanted, abort) => ollama.chat(wanted, abort) : () => sayGiven(given);
      const isCode =
        (details.parameters ?? leastToTellTypes) >= tellsTypesFrom &&
        request.kind === "generate" &&
        isJvm(promptLanguage(request.selection, request.project));
      const generation = createGeneration({
        ...{ request, details, calibration, onEvent },
        ...(isCode &&
          typesAtHand && {
            typesAtHand: (passages) =>
              patiently((abort) => typesAtHand(request, passages, abort), typesPatience, signal),
          }),
      });
      const [question = "", ...others] = waysOfAsking(request);
      let [drafting, retrieval] = [0, 0];
      let answered: boolean | undefined;
      let text = "";

      if (withDocuments) {
        const { PassageRetriever } = await import("../llamaindex/passageRetriever");
        const { queryDocuments } = await import("../llamaindex/queryEngine");
        const { OllamaLlm } = await import("../llamaindex/llm");
        onEvent({ type: "status", status: "retrieving" });
        const retriever = new PassageRetriever(async (wording) => {
          const begun = performance.now();
          const draft =
            request.draftFirst === true
              ? await writeDraft(wording, { ollama, request, model, thinks: details.thinks, onEvent }, signal)
              : "";
          const before = performance.now();
          drafting = before - begun;
          let reply: SearchReply = { answered: false, results: [] };
          for (const way of [wording, ...others]) {
            const wanted = searchRequest(request, way, budget.count);
            reply = await searching.search({ ...wanted, ...(draft !== "" && { draft }) }, signal);
            if (reply.answered) break;
          }
          retrieval = performance.now() - before;
          answered = reply.answered;
          // Poor passages mislead the model, and would look like sources.
          return answered ? reply : { answered, results: [] };
        });
        const answer = queryDocuments(
          question,
          {
            retriever,
            passageOf: (node) => retriever.passageOf(node),
            llm: new OllamaLlm(
              {
                server: { chat },
                choice: model,
                thinks: details.thinks,
                window: { contextTokens: 4_096, answerTokens: budget.answer },
                ...odds,
              },
              signal,
            ),
            write: (passages, chat) => generation.write(passages, answered, chat),
          },
          signal,
        );
        for await (const piece of answer) text += piece;
      } else {
        const answer = generation.write([], undefined, ({ messages, window }) =>
          chat(
            {
              host: model.host,
              model: model.model,
              messages,
              thinks: details.thinks,
              ...window,
              ...odds,
              options: model.options,
            },
            signal,
          ),
        );
        for await (const piece of answer) text += piece;
      }

      const {
        passages,
        leftOut,
        use,
        prompt,
        truncated,
        firstToken,
        writing,
        promptTokens,
        answerTokens,
        tokens,
      } = generation.outcome();
      const total = Math.round(performance.now() - started);
      const passageScores = passages.map(({ score }) => score).sort((a, b) => b - a);
      const confidence =
        request.reask && reask && prompt && text.trim() !== ""
          ? await reask(
              { request: { ...request, model }, prompt, thinks: details.thinks, text, tokens, passageScores },
              signal,
            )
          : undefined;
      const cited = citeAnswer({ text, passages, ownCode: ownCodeOf(request) });
      return {
        text: cited.text,
        citations: cited.citations,
        ...(cited.doubtful && { doubtful: cited.doubtful }),
        passages,
        ...(answered !== undefined && { answered }),
        truncated,
        leftOut,
        ...(use && { window: use }),
        ...(confidence && { confidence }),
        timings: {
          ...(request.draftFirst === true && { draft: Math.round(drafting) }),
          retrieval: Math.round(retrieval),
          firstToken: Math.round(firstToken),
          total,
          ...(writing !== undefined && { writing: Math.round(writing) }),
          ...(promptTokens !== undefined && { promptTokens }),
          ...(answerTokens !== undefined && { answerTokens }),
        },
      };
    },
  };
}

/** Undefined when it fails or takes longer: the answer does without. Throws when the answer is cancelled. */
async function patiently<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  patience: number,
  signal: AbortSignal,
): Promise<T | undefined> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const given = new Promise<undefined>((resolve) => {
    limit.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const asked = await Promise.race([ask(limit).catch(() => undefined), given]);
  signal.throwIfAborted();
  return asked;
}

async function* sayGiven(text: string): AsyncGenerator<ChatEvent> {
  yield await Promise.resolve({ type: "token", text } as const);
  yield { type: "done", truncated: false };
}

function searchRequest(request: AnswerRequest, question: string, count: number): SearchRequest {
  const { selection, history, project, store, sets } = request;
  const version = request.springBootVersion ?? project?.springBootVersion;
  const earlier = history.filter(({ role }) => role === "user").map(({ text }) => text);
  return {
    question,
    count,
    withNeighbours: true,
    ...(selection && selection.text.trim() !== "" && { selection: selection.text }),
    ...(earlier.length > 0 && { earlier }),
    ...(version !== undefined && { springBootVersion: version }),
    ...(project && { project: project.directory }),
    ...(store !== undefined && { store }),
    ...(sets && sets.length > 0 && { sets }),
  };
}

/** Names of the person's own code, which no documentation can support. */
function ownCodeOf({ selection }: AnswerRequest): string {
  return selection ? [selection.before, selection.text, selection.after].join("\n") : "";
}
