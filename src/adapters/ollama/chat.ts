import { setTimeout as sleep } from "node:timers/promises";
import type { ChatResponse, Ollama } from "ollama";
import { createThinkingSplitter } from "../../core/answer/thinkingSplitter";
import type { ChatEvent, ChatRequest } from "../../core/models/modelServer";
import { withoutTurnMarkers } from "../../core/prompt/turnMarkers";
import { callOllama, ollamaError, type CallProps } from "./calls";
import type { AnswerToken } from "../../core/reask/answerTokens";
import { isSameModel } from "../../core/models/modelNames";

/** How often the server is asked what it does while the first token is awaited. */
const lookMilliseconds = 1_500;

/**
 * Streams one answer. Until the first token it tells every {@link lookMilliseconds} whether the model is still being loaded or reads the
 * prompt; there is no limit on that time. Leaving the loop early closes the connection, which ends the server's work.
 */
export async function* chat(
  request: ChatRequest,
  props: CallProps,
  quickProps: CallProps,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const own = new AbortController();
  const abort = () => own.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  const splitter = createThinkingSplitter();
  try {
    let pieces: AsyncIterator<ChatResponse> | undefined;
    for await (const item of untilFirst(
      openStream(request, props, own.signal),
      quickProps,
      request,
      own.signal,
    )) {
      if ("status" in item) yield item;
      else pieces = item.pieces;
    }
    if (!pieces) return;
    yield { type: "status", status: "writing" };
    for (;;) {
      const next = await pieces.next();
      if (next.done === true) return;
      const { message, ...end } = next.value;
      if (message.thinking) yield { type: "thinking", text: message.thinking };
      if (message.content) yield* splitter.push(message.content);
      if (request.alternatives && end.logprobs && !message.thinking)
        yield { type: "odds", tokens: end.logprobs.map(answerToken) };
      if (!end.done) continue;
      yield* splitter.end();
      yield {
        type: "done",
        truncated: end.done_reason === "length",
        ...(end.prompt_eval_count && { promptTokens: end.prompt_eval_count }),
        ...(end.eval_count && { answerTokens: end.eval_count }),
      };
      return;
    }
  } catch (error) {
    throw await ollamaError(error, props, signal);
  } finally {
    signal.removeEventListener("abort", abort);
    own.abort();
  }
}

async function openStream(
  request: ChatRequest,
  props: CallProps,
  signal: AbortSignal,
): Promise<AsyncIterator<ChatResponse>> {
  const stream = await callOllama(
    props,
    (client) =>
      client.chat({
        model: request.model,
        messages: request.messages.map(({ role, content }) => ({
          role,
          content: withoutTurnMarkers(content),
        })),
        stream: true,
        ...(request.thinks && { think: false }),
        ...(request.alternatives && { logprobs: true, top_logprobs: request.alternatives }),
        options: {
          num_predict: request.answerTokens,
          ...request.options,
          num_ctx: request.contextTokens,
        },
        ...uncut,
      }),
    signal,
  );
  return stream[Symbol.asyncIterator]();
}

function answerToken({ token, logprob, top_logprobs = [] }: Logprob): AnswerToken {
  return {
    token,
    logprob,
    alternatives: top_logprobs.map((each) => ({ token: each.token, logprob: each.logprob })),
  };
}

type Logprob = NonNullable<ChatResponse["logprobs"]>[number];

/**
 * The server is to refuse a prompt longer than the window (400) and to stop at its end, where it would otherwise drop the front of the
 * prompt without a word. Servers that do not know the fields pass over them; the client's types do not know them either.
 */
const uncut: object = { truncate: false, shift: false };

type BeforeFirst = Extract<ChatEvent, { type: "status" }> | { readonly pieces: AsyncIterator<ChatResponse> };

/** Signs of life while `opening` is pending (the server sends no header before the first token), then what it brought. */
async function* untilFirst(
  opening: Promise<AsyncIterator<ChatResponse>>,
  quickProps: CallProps,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<BeforeFirst> {
  const opened = opening.then((pieces) => ({ pieces }));
  opened.catch(() => undefined); // awaited below, but not while the status is asked for
  for (;;) {
    const looked = isLoaded(quickProps, request, signal).then(
      (loaded) => ({ type: "status", status: loaded ? "reading-prompt" : "loading-model" }) as const,
      () => undefined, // a busy server that does not answer here is no reason to give up
    );
    const first = await Promise.race([opened, looked]);
    if (first) yield first;
    if (first && "pieces" in first) return;
    const paused = pause(lookMilliseconds, signal);
    const second = await Promise.race([opened, paused.done]);
    paused.end();
    if (!second) continue;
    yield second;
    return;
  }
}

async function isLoaded(props: CallProps, { model }: ChatRequest, signal: AbortSignal): Promise<boolean> {
  const { models } = await callOllama(props, (client: Ollama) => client.ps(), signal);
  return models.some((each) => isSameModel(each.name, model));
}

/** A wait that can be ended early; an abort ends it too. */
function pause(milliseconds: number, signal: AbortSignal) {
  const ended = new AbortController();
  const done = sleep(milliseconds, undefined, { signal: AbortSignal.any([ended.signal, signal]) }).catch(
    () => undefined,
  );
  return { done, end: () => ended.abort() };
}
