import { BaseRetriever } from "@llamaindex/core/retriever";
import { extractText } from "@llamaindex/core/utils";
import { TextNode, type NodeWithScore } from "@llamaindex/core/schema";
import type { QueryBundle } from "@llamaindex/core/query-engine";
import type { SearchReply } from "../../core/engine";
import type { Passage } from "../../core/search/passage";

/** Our search as LlamaIndex's retriever. One for a question: it remembers the passages behind the nodes it gave. */
export class PassageRetriever extends BaseRetriever {
  private readonly passages = new Map<string, Passage>();

  constructor(private readonly search: (question: string) => Promise<SearchReply>) {
    super();
  }

  override async _retrieve({ query }: QueryBundle): Promise<NodeWithScore[]> {
    const { results } = await this.search(extractText(query));
    return results.map((passage) => {
      this.passages.set(passage.id, passage);
      return { node: new TextNode({ id_: passage.id, text: passage.text }), score: passage.score };
    });
  }

  passageOf(node: NodeWithScore): Passage | undefined {
    return this.passages.get(node.node.id_);
  }
}
