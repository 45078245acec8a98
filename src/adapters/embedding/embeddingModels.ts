import type { EmbeddingIdentity } from "../../core/embedder";

/** How the token vectors of a text become one vector: the mean over the text's tokens, or the vector of its first token. */
export type Pooling = "mean" | "first-token";

/** What has to be known of an embedding model to run it; prefixes belong to the model, so they stand here as data. */
export interface EmbeddingModel {
  readonly identity: EmbeddingIdentity;
  /** Folder below `dist/models` with `model.onnx` and `tokenizer.json`. */
  readonly folder: string;
  readonly pooling: Pooling;
  /** Longest input the model was built for, special tokens included; longer texts are cut there. */
  readonly maximumTokens: number;
}

/** Figures are those of the models' own cards. Both models run without change of code; the package carries the first. */
export const embeddingModels = {
  "all-minilm-l6-v2": {
    identity: { model: "all-minilm-l6-v2-q8", dimensions: 384, queryPrefix: "", documentPrefix: "" },
    folder: "all-minilm-l6-v2",
    pooling: "mean",
    maximumTokens: 512,
  },
  "bge-small-en-v1.5": {
    identity: {
      model: "bge-small-en-v1.5-q8",
      dimensions: 384,
      queryPrefix: "Represent this sentence for searching relevant passages: ",
      documentPrefix: "",
    },
    folder: "bge-small-en-v1.5",
    pooling: "first-token",
    maximumTokens: 512,
  },
} as const satisfies Record<string, EmbeddingModel>;

export type EmbeddingModelName = keyof typeof embeddingModels;

export const defaultEmbeddingModel: EmbeddingModelName = "all-minilm-l6-v2";

/** One text for an identity: two vectors may be compared only when these are equal. */
export function identityKey(identity: EmbeddingIdentity): string {
  return JSON.stringify([identity.model, identity.dimensions, identity.queryPrefix, identity.documentPrefix]);
}
