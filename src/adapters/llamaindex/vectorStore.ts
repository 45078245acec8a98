import {
  BaseVectorStore,
  type VectorStoreQuery,
  type VectorStoreQueryResult,
} from "@llamaindex/core/vector-store";
import type { BaseNode, TextNode } from "@llamaindex/core/schema";
import type { BaseEmbedding } from "@llamaindex/core/embeddings";
import type { PassageIndex } from "../vectra/passageIndex";
import type { PassageNodeMetadata } from "./passageNode";

export interface VectraVectorStoreProps {
  readonly index: PassageIndex;
  readonly embedModel: BaseEmbedding;
  /** The node of a passage, for results; the index itself keeps no text. */
  readonly nodeOf: (ordinal: number) => TextNode<PassageNodeMetadata> | undefined;
}

/**
 * LlamaIndex's vector store over Vectra's `LocalIndex`. What is added waits in memory until {@link persist}, which writes the index file at once;
 * a query answers from what is persisted.
 */
export class VectraVectorStore extends BaseVectorStore<PassageIndex> {
  override readonly storesText = false;
  readonly #index: PassageIndex;
  readonly #nodeOf: VectraVectorStoreProps["nodeOf"];
  #updating = false;

  constructor({ index, embedModel, nodeOf }: VectraVectorStoreProps) {
    super({ embedModel });
    this.#index = index;
    this.#nodeOf = nodeOf;
  }

  override client(): PassageIndex {
    return this.#index;
  }

  /** Takes nodes of passages with their embedding. Throws for a vector without a direction and for an id that is taken. */
  override async add(nodes: BaseNode[]): Promise<string[]> {
    await this.#update();
    this.#index.addToUpdate(
      nodes.map((node) => ({
        id: node.id_,
        vector: Float32Array.from(node.getEmbedding()),
        metadata: { ordinal: ordinalOf(node), document: node.sourceNode?.nodeId ?? "" },
      })),
    );
    return nodes.map((node) => node.id_);
  }

  /** Takes out all passages of a document; named as the node's source. */
  override async delete(documentPath: string): Promise<void> {
    const items = await this.#index.listItems();
    await this.#update();
    await this.#index.deleteItems(
      items.filter(({ metadata }) => metadata["document"] === documentPath).map(({ id }) => id),
    );
  }

  override async query({
    queryEmbedding,
    similarityTopK,
  }: VectorStoreQuery): Promise<VectorStoreQueryResult> {
    if (!queryEmbedding) throw new Error("a query needs its embedding");
    const found = await this.#index.queryItems(queryEmbedding, "", similarityTopK);
    const results = found.flatMap(({ item, score }) => {
      const node = this.#nodeOf(item.metadata.ordinal);
      return node ? [{ node, score }] : [];
    });
    return {
      nodes: results.map(({ node }) => node),
      similarities: results.map(({ score }) => score),
      ids: results.map(({ node }) => node.id_),
    };
  }

  /** Writes what was added and deleted; whole or not at all. */
  async persist(): Promise<void> {
    if (!this.#updating) return;
    this.#updating = false;
    await this.#index.endUpdate();
  }

  async #update(): Promise<void> {
    if (this.#updating) return;
    await this.#index.beginUpdate();
    this.#updating = true;
  }
}

function ordinalOf(node: BaseNode): number {
  const ordinal: unknown = node.metadata["ordinal"];
  if (typeof ordinal !== "number") throw new Error(`node ${node.id_} is no passage`);
  return ordinal;
}
