/** Passages into an index, as a LlamaIndex ingestion: nodes → embedding model → vector store. Import it when it is needed: it loads LlamaIndex. */
import { IngestionPipeline } from "llamaindex/ingestion";
import type { Embedder } from "../../core/embedder";
import type { SetChunk } from "../../core/search/searchableSet";
import type { PassageIndex } from "../vectra/passageIndex";
import { EmbedderModel } from "./embeddingModel";
import { passageNode } from "./passageNode";
import { VectraVectorStore } from "./vectorStore";

export interface IngestionProps {
  readonly setId: string;
  /** All passages of the set, by ordinal. */
  readonly chunks: readonly SetChunk[];
  /** Those that get a vector; absent: all. */
  readonly ordinals?: readonly number[];
  /** Made and empty. */
  readonly index: PassageIndex;
  readonly embedder: Pick<Embedder, "embedDocuments" | "embedQuery">;
  /** Called after each batch with the passages that are in. */
  readonly onIngested: (passages: number) => void;
}

/** Nodes that exist at one time: their vectors are arrays of doubles, eight times what the index keeps. */
const batchSize = 512;

/** Ends with all passages in the index and the index on disk, or throws and leaves an index that nobody must use. */
export async function ingest(props: IngestionProps, signal: AbortSignal): Promise<void> {
  const { setId, chunks, index, embedder, onIngested } = props;
  const ordinals = props.ordinals ?? chunks.map((_, ordinal) => ordinal);
  const embedModel = new EmbedderModel(embedder, signal);
  const nodeOf = (ordinal: number) => {
    const chunk = chunks[ordinal];
    return chunk && passageNode(setId, ordinal, chunk);
  };
  const vectorStore = new VectraVectorStore({ index, embedModel, nodeOf });
  const pipeline = new IngestionPipeline({ transformations: [embedModel], vectorStore, disableCache: true });
  for (let start = 0; start < ordinals.length; start += batchSize) {
    signal.throwIfAborted();
    const batch = ordinals.slice(start, start + batchSize).flatMap((ordinal) => nodeOf(ordinal) ?? []);
    const nodes = await pipeline.run({ nodes: batch });
    // The pipeline drops a node without an embedding and says nothing.
    const bare = nodes.filter(({ embedding }) => embedding === undefined).length;
    if (nodes.length !== batch.length || bare > 0)
      throw new Error(`${bare} passages were left without a vector`);
    onIngested(start + batch.length);
  }
  await vectorStore.persist();
}
