/** The border between the pool and one embedding thread: what the thread is told at its start, and the one thing it can do. */
import type { EmbeddingModelName } from "./embeddingModels";

export interface EmbeddingThreadData {
  readonly model: EmbeddingModelName;
  readonly modelFolder: string;
  readonly runtimeFolder: string;
}

export interface EmbeddingMethods {
  readonly embed: {
    readonly params: { readonly text: string };
    readonly event: never;
    readonly result: Float32Array;
  };
}
