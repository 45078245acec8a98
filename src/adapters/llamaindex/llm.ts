import {
  BaseLLM,
  type ChatMessage as LlamaMessage,
  type ChatResponse,
  type ChatResponseChunk,
  type LLMChatParamsNonStreaming,
  type LLMChatParamsStreaming,
  type LLMMetadata,
} from "@llamaindex/core/llms";
import type { ModelChoice } from "../../core/answer/answer";
import type { ChatEvent, ChatMessage, ChatRequest, ModelServer } from "../../core/models/modelServer";
import type { PromptWindow } from "../../core/prompt/window";

export interface OllamaLlmProps {
  readonly server: Pick<ModelServer, "chat">;
  readonly choice: ModelChoice;
  readonly thinks: boolean;
  /** The window when a call names none. */
  readonly window: PromptWindow;
  /** As in a {@link ChatRequest}. */
  readonly alternatives?: number;
}

/** What a chunk carries as `raw`: the event it was made of. */
export type OllamaChunk = ChatResponseChunk & { readonly raw: ChatEvent };

/** Our {@link ModelServer} as LlamaIndex's language model. One signal for its life: LlamaIndex's methods carry none. */
export class OllamaLlm extends BaseLLM<PromptWindow> {
  override readonly metadata: LLMMetadata;

  constructor(
    private readonly props: OllamaLlmProps,
    private readonly signal: AbortSignal,
  ) {
    super();
    const { choice, window } = props;
    this.metadata = {
      model: choice.model,
      temperature: choice.options?.["temperature"] ?? 0.8,
      topP: choice.options?.["top_p"] ?? 0.9,
      contextWindow: window.contextTokens,
      maxTokens: window.answerTokens,
      tokenizer: undefined,
      structuredOutput: false,
    };
  }

  override chat(params: LLMChatParamsStreaming<PromptWindow>): Promise<AsyncIterable<OllamaChunk>>;
  override chat(params: LLMChatParamsNonStreaming<PromptWindow>): Promise<ChatResponse>;
  override async chat(
    params: LLMChatParamsStreaming<PromptWindow> | LLMChatParamsNonStreaming<PromptWindow>,
  ): Promise<AsyncIterable<OllamaChunk> | ChatResponse> {
    const chunks = this.chunks(params.messages, params.additionalChatOptions ?? this.props.window);
    if (params.stream === true) return chunks;
    let content = "";
    for await (const chunk of chunks) content += chunk.delta;
    return { message: { role: "assistant", content }, raw: null };
  }

  /** One chunk an event, so that whoever reads the chunks sees thinking, signs of life and the end, too; their delta is empty. */
  private async *chunks(
    messages: readonly LlamaMessage[],
    window: PromptWindow,
  ): AsyncGenerator<OllamaChunk> {
    const { server, choice, thinks, alternatives } = this.props;
    const request: ChatRequest = {
      host: choice.host,
      model: choice.model,
      messages: messages.map(plainMessage),
      thinks,
      ...window,
      ...(choice.options && { options: choice.options }),
      ...(alternatives !== undefined && { alternatives }),
    };
    for await (const event of server.chat(request, this.signal)) {
      yield { raw: event, delta: event.type === "token" ? event.text : "" };
    }
  }
}

function plainMessage({ role, content }: LlamaMessage): ChatMessage {
  const text =
    typeof content === "string"
      ? content
      : content.map((part) => (part.type === "text" ? part.text : "")).join("");
  if (role === "user" || role === "assistant") return { role, content: text };
  return { role: "system", content: text };
}
