import { BaseRetriever } from "@llamaindex/core/retriever";
import { ObjectType, NodeRelationship, TextNode, type NodeWithScore } from "@llamaindex/core/schema";
import type { Passage } from "../../core/search/passage";

/**
 * Our search as LlamaIndex's retriever. The passages behind the nodes of the last retrieval are kept, because a node carries flat metadata
 * only; make one retriever for one request.
 */
export class PassageRetriever extends BaseRetriever {
  readonly #find: (question: string) => Promise<readonly Passage[]>;
  #passages: readonly Passage[] = [];

  constructor(find: (question: string) => Promise<readonly Passage[]>) {
    super();
    this.#find = find;
  }

  /** The passages of the last retrieval, best first. */
  get passages(): readonly Passage[] {
    return this.#passages;
  }

  override async _retrieve({ query }: Parameters<BaseRetriever["_retrieve"]>[0]): Promise<NodeWithScore[]> {
    this.#passages = await this.#find(questionOf(query));
    return this.#passages.map((passage) => ({ node: nodeOf(passage), score: passage.score }));
  }
}

/** LlamaIndex allows a message of several parts as a query; the parts of text are the question. */
function questionOf(query: Parameters<BaseRetriever["_retrieve"]>[0]["query"]): string {
  if (typeof query === "string") return query;
  return query.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

function nodeOf(passage: Passage): TextNode {
  const metadata = {
    setId: passage.setId,
    document: passage.document,
    headingPath: passage.headingPath.join(" > "),
    ...(passage.anchor !== undefined && { anchor: passage.anchor }),
    ...(passage.page !== undefined && { page: passage.page }),
  };
  return new TextNode({
    id_: passage.id,
    text: passage.text,
    metadata,
    excludedEmbedMetadataKeys: Object.keys(metadata),
    excludedLlmMetadataKeys: Object.keys(metadata),
    relationships: {
      [NodeRelationship.SOURCE]: { nodeId: passage.document, nodeType: ObjectType.DOCUMENT, metadata: {} },
    },
  });
}
