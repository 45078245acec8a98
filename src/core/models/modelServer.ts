import type { AnswerToken } from "../reask/answerTokens";
import type { TokenOdds } from "../reask/yesNo";
import type { PullProgress, ServerStatus } from "./model";

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface ChatRequest {
  readonly host: string;
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** The window in tokens: prompt and answer together. A longer prompt is refused, never cut. */
  readonly contextTokens: number;
  /** The longest answer in tokens. */
  readonly answerTokens: number;
  /** True when the model can think before it answers: it is asked not to. */
  readonly thinks: boolean;
  /** Passed on as they are; they win over what is chosen here. */
  readonly options?: Readonly<Record<string, number>>;
  /** Also how likely each token was, beside so many others. Servers that cannot tell answer all the same. */
  readonly alternatives?: number;
}

export type ChatEvent =
  /** Signs of life before the first token; the same status may come again. */
  | { readonly type: "status"; readonly status: "loading-model" | "reading-prompt" | "writing" }
  | { readonly type: "thinking"; readonly text: string }
  | { readonly type: "token"; readonly text: string }
  /** Of the tokens that came last, when that was asked for. */
  | { readonly type: "odds"; readonly tokens: readonly AnswerToken[] }
  | {
      readonly type: "done";
      /** True when the answer stopped because its room ended. */
      readonly truncated: boolean;
      readonly promptTokens?: number;
      readonly answerTokens?: number;
    };

/** A question whose answer is one token, of which the likelihood of each is wanted. */
export interface TokenQuestion {
  readonly host: string;
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly contextTokens: number;
  readonly thinks: boolean;
  readonly options?: Readonly<Record<string, number>>;
  /** Longest answer; 1 when absent. The odds are always those of the first token. */
  readonly answerTokens?: number;
}

export interface TokenReply {
  readonly text: string;
  /** The likeliest first tokens; absent when the server is too old to give any. */
  readonly odds?: readonly TokenOdds[];
  /** Milliseconds that the server took to read the prompt and to write, and the tokens of both. */
  readonly timings: {
    readonly prompt: number;
    readonly writing: number;
    readonly promptTokens: number;
    readonly answerTokens: number;
  };
}

/** What the prompt builder needs to know of a model before it asks it. */
export interface ModelDetails {
  /** The longest window that the model was trained for, in tokens. */
  readonly contextTokens?: number;
  /** The window that the model is loaded with now; another one means that it is loaded again. */
  readonly loadedContextTokens?: number;
  /** Number of weights, when known. */
  readonly parameters?: number;
  readonly thinks: boolean;
}

/** A server of language models. Every method throws the `ollama-*`, `model-missing` and `pull-failed` failures. */
export interface ModelServer {
  status(host: string, signal: AbortSignal): Promise<ServerStatus>;
  describe(host: string, model: string, signal: AbortSignal): Promise<ModelDetails>;
  pull(
    request: { readonly host: string; readonly model: string; readonly insecure?: boolean },
    onProgress: (progress: PullProgress) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Ends after `done`. What came before a failure stays valid. Waits for the first token without a limit. */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
  /** Asks for one token and how likely the others were; the most likely one unless the options name a temperature. */
  askToken(question: TokenQuestion, signal: AbortSignal): Promise<TokenReply>;
}
