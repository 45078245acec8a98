/** Names a vector space: vectors of two identities are never compared or mixed. */
export interface EmbeddingIdentity {
  readonly model: string;
  readonly dimensions: number;
  /** Put before a question and before a passage; they belong to the model. */
  readonly queryPrefix: string;
  readonly documentPrefix: string;
}

/** Turns texts into unit vectors. */
export interface Embedder {
  readonly identity: EmbeddingIdentity;
  /** One unit vector (length `identity.dimensions`) a text, in order. Throws `embedder-failed`. */
  embedDocuments(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
  embedQuery(text: string, signal: AbortSignal): Promise<Float32Array>;
  close(): Promise<void>;
}
