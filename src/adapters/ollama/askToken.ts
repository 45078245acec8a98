import type { TokenQuestion, TokenReply } from "../../core/models/modelServer";
import { withoutTurnMarkers } from "../../core/prompt/turnMarkers";
import { callOllama, type CallProps } from "./calls";

/** As many alternatives as Ollama lists (0.12.11 and newer; older servers pass over the field and list none). */
const listed = 20;
/** Nanoseconds in a millisecond. */
const nano = 1_000_000;

/** One token, with the likeliest alternatives. */
export async function askToken(
  question: TokenQuestion,
  props: CallProps,
  signal: AbortSignal,
): Promise<TokenReply> {
  const reply = await callOllama(
    props,
    (client) =>
      client.chat({
        model: question.model,
        messages: question.messages.map(({ role, content }) => ({
          role,
          content: withoutTurnMarkers(content),
        })),
        stream: false,
        logprobs: true,
        top_logprobs: listed,
        ...(question.thinks && { think: false }),
        options: {
          temperature: 0,
          ...question.options,
          num_predict: question.answerTokens ?? 1,
          num_ctx: question.contextTokens,
        },
        ...uncut,
      }),
    signal,
  );
  const odds = reply.logprobs?.[0]?.top_logprobs?.map(({ token, logprob }) => ({ token, logprob }));
  return {
    text: reply.message.content,
    ...(odds && odds.length > 0 && { odds }),
    timings: {
      prompt: reply.prompt_eval_duration / nano || 0,
      writing: reply.eval_duration / nano || 0,
      promptTokens: reply.prompt_eval_count || 0,
      answerTokens: reply.eval_count || 0,
    },
  };
}

/** As in `chat.ts`: a prompt that is too long is refused, not cut. */
const uncut: object = { truncate: false, shift: false };
