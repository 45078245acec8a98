/** Answers over documents as a LlamaIndex query: retriever → response synthesizer → language model. Import it when needed: it loads LlamaIndex. */
import type { MessageContent } from "@llamaindex/core/llms";
import { PromptHelper } from "@llamaindex/core/indices";
import { RetrieverQueryEngine } from "@llamaindex/core/query-engine";
import { BaseSynthesizer, type SynthesizeQuery } from "@llamaindex/core/response-synthesizers";
import type { BaseRetriever } from "@llamaindex/core/retriever";
import { EngineResponse, type NodeWithScore } from "@llamaindex/core/schema";
import type { ChatEvent } from "../../core/models/modelServer";
import type { BuiltPrompt } from "../../core/prompt/buildPrompt";
import type { Passage } from "../../core/search/passage";
import type { OllamaLlm } from "./llm";

/** Sends a prompt to the model. */
export type Chat = (prompt: BuiltPrompt) => AsyncIterable<ChatEvent>;

export interface DocumentQueryProps {
  readonly retriever: BaseRetriever;
  /** The passage behind a node of the retriever. */
  readonly passageOf: (node: NodeWithScore) => Passage | undefined;
  readonly llm: OllamaLlm;
  /** Makes the prompt for the passages, sends it through `chat`, and streams the answer's text. */
  readonly write: (passages: readonly Passage[], chat: Chat) => AsyncIterable<string>;
}

/** Streams the answer's text. The signal is the one that retriever and model were made with: LlamaIndex's methods carry none. */
export async function* queryDocuments(
  question: string,
  props: DocumentQueryProps,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const synthesizer = new WindowedSynthesizer(props);
  const engine = new RetrieverQueryEngine(props.retriever, synthesizer);
  const stream = await engine.query({ query: question, stream: true });
  for await (const response of stream) {
    signal.throwIfAborted();
    yield response.delta;
  }
}

/**
 * LlamaIndex's own synthesizers pack passages by a tokenizer of another model and refine over several calls; this one makes a single
 * prompt that fits the window, and also answers when nothing was retrieved.
 */
class WindowedSynthesizer extends BaseSynthesizer {
  constructor(private readonly props: DocumentQueryProps) {
    // A prompt helper of its own: the default one loads the tables of a tokenizer that is never used here.
    super({ llm: props.llm, promptHelper: new PromptHelper({ tokenizer: noTokenizer }) });
  }

  override synthesize(query: SynthesizeQuery, stream: true): Promise<AsyncIterable<EngineResponse>>;
  override synthesize(query: SynthesizeQuery, stream?: false): Promise<EngineResponse>;
  override async synthesize(
    query: SynthesizeQuery,
    stream = false,
  ): Promise<AsyncIterable<EngineResponse> | EngineResponse> {
    if (query.nodes.length === 0) return this.getResponse(textOf(query.query), [], stream);
    return stream ? super.synthesize(query, true) : super.synthesize(query, false);
  }

  protected override async getResponse(
    _query: MessageContent,
    nodes: NodeWithScore[],
    stream: boolean,
  ): Promise<EngineResponse | AsyncIterable<EngineResponse>> {
    const passages = nodes.flatMap((node) => this.props.passageOf(node) ?? []);
    const texts = this.props.write(passages, (prompt) => this.send(prompt));
    if (stream) return responses(texts, nodes);
    let whole = "";
    for await (const text of texts) whole += text;
    return EngineResponse.fromResponse(whole, false, nodes);
  }

  private async *send({ messages, window }: BuiltPrompt): AsyncGenerator<ChatEvent> {
    const chunks = await this.props.llm.chat({
      messages: messages.map(({ role, content }) => ({ role, content })),
      stream: true,
      additionalChatOptions: window,
    });
    for await (const chunk of chunks) yield chunk.raw;
  }

  protected override _getPrompts() {
    return {};
  }
  protected override _updatePrompts() {
    // Its prompt is built by core/prompt, not by a template.
  }
  protected override _getPromptModules() {
    return {};
  }
}

const noTokenizer = { encode: () => new Uint32Array(), decode: () => "" };

async function* responses(
  texts: AsyncIterable<string>,
  nodes: NodeWithScore[],
): AsyncGenerator<EngineResponse> {
  for await (const text of texts) yield EngineResponse.fromResponse(text, true, nodes);
}

const textOf = (query: SynthesizeQuery["query"]): MessageContent =>
  typeof query === "string" ? query : query.query;
