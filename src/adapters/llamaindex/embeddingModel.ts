import { BaseEmbedding } from "@llamaindex/core/embeddings";
import type { Embedder } from "../../core/embedder";

/** Our {@link Embedder} as LlamaIndex's embedding model. One signal for its life: LlamaIndex's methods carry none. */
export class EmbedderModel extends BaseEmbedding {
  constructor(
    private readonly embedder: Pick<Embedder, "embedDocuments" | "embedQuery">,
    private readonly signal: AbortSignal,
  ) {
    super();
    this.embedBatchSize = 64; // enough to keep all threads of the pool busy
    this.getTextEmbeddings = async (texts) =>
      (await this.embedder.embedDocuments(texts, this.signal)).map((vector) => Array.from(vector));
  }

  override async getTextEmbedding(text: string): Promise<number[]> {
    const [vector] = await this.getTextEmbeddings([text]);
    return vector ?? [];
  }

  override async getQueryEmbedding(
    query: Parameters<BaseEmbedding["getQueryEmbedding"]>[0],
  ): Promise<number[] | null> {
    // A question has a prefix of its own in some models, so it does not go the way of a text.
    return query.type === "text" ? Array.from(await this.embedder.embedQuery(query.text, this.signal)) : null;
  }
}
