import { ObjectType, NodeRelationship, TextNode } from "@llamaindex/core/schema";
import type { SetChunk } from "../../core/search/searchableSet";

/** What LlamaIndex carries beside a passage's text; flat, as its vector stores want it. */
export interface PassageNodeMetadata extends Record<string, string | number> {
  readonly setId: string;
  /** Position in the set, from 0. */
  readonly ordinal: number;
  readonly document: string;
}

/** `<set id>:<ordinal>`, unique over all sets. */
export const passageId = (setId: string, ordinal: number) => `${setId}:${ordinal}`;

/** A passage as LlamaIndex's node. Its text has its heading path in it, so no metadata is put before it when it is embedded or prompted. */
export function passageNode(setId: string, ordinal: number, chunk: SetChunk): TextNode<PassageNodeMetadata> {
  const metadata: PassageNodeMetadata = {
    setId,
    ordinal,
    document: chunk.document,
    headingPath: chunk.headingPath.join(" > "),
    ...(chunk.anchor !== undefined && { anchor: chunk.anchor }),
    ...(chunk.page !== undefined && { page: chunk.page }),
  };
  return new TextNode<PassageNodeMetadata>({
    id_: passageId(setId, ordinal),
    text: chunk.text,
    metadata,
    excludedEmbedMetadataKeys: Object.keys(metadata),
    excludedLlmMetadataKeys: Object.keys(metadata),
    relationships: {
      [NodeRelationship.SOURCE]: {
        nodeId: chunk.documentPath ?? chunk.document,
        nodeType: ObjectType.DOCUMENT,
        metadata,
      },
    },
  });
}
