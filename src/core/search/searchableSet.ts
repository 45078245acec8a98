import type { Chunk } from "../document/chunk";
import type { DocumentSet } from "../document/documentSet";
import type { EmbeddingIdentity } from "../embedder";

/** A chunk of a set together with the document it stands in. */
export interface SetChunk extends Chunk {
  /** Title of the document. */
  readonly document: string;
  /** Path of the document below the set's origin, or its URL; names the page of a document of many pages. */
  readonly documentPath?: string;
  /** Where the document is on the web. */
  readonly documentUrl?: string;
}

/** A passage and the cosine of its vector with a query, -1 to 1. */
export interface Neighbour {
  /** Position in {@link SearchableSet.chunks}. */
  readonly position: number;
  readonly similarity: number;
}

/**
 * A document set opened for searching. The same object is returned while the set on disk is unchanged, so that what is derived from it
 * (the word index) can be kept beside it.
 */
export interface SearchableSet {
  readonly set: DocumentSet;
  readonly chunks: readonly SetChunk[];
  /** The vector space of the set; absent when it has no vectors. */
  readonly embedding?: EmbeddingIdentity;
  /** The passages whose vectors are nearest to a unit vector of the same space, best first; passages without a vector never appear. */
  nearest(query: Float32Array, count: number, signal: AbortSignal): Promise<readonly Neighbour[]>;
}
