import type { Embedder } from "../../core/embedder";
import { passageHash, type VectorCache } from "../store/vectorCache";

export interface ReusingEmbedderProps {
  readonly embedder: Embedder;
  /** Vectors of the same space by {@link passageHash}. */
  readonly known: ReadonlyMap<string, Float32Array>;
  readonly cache: VectorCache;
  readonly onEmbedded: (texts: number) => void;
  readonly onReused: (texts: number) => void;
}

/** Texts embedded between two writes of the cache: what a kill can cost. */
const sliceSize = 4;

/** Embeds only texts that have no vector yet, each once, and keeps every new vector on disk as soon as it is there. */
export function createReusingEmbedder(
  props: ReusingEmbedderProps,
): Pick<Embedder, "embedDocuments" | "embedQuery"> {
  const { embedder, known, cache, onEmbedded, onReused } = props;
  const own = new Map<string, Float32Array>();

  const embedSlice = async (
    slice: readonly (readonly [hash: string, text: string])[],
    signal: AbortSignal,
  ) => {
    const vectors = await embedder.embedDocuments(
      slice.map(([, text]) => text),
      signal,
    );
    await cache.append(
      slice.flatMap(([hash], index) => (vectors[index] ? [{ hash, vector: vectors[index] }] : [])),
    );
    slice.forEach(([hash], index) => vectors[index] && own.set(hash, vectors[index]));
    onEmbedded(slice.length);
  };

  return {
    async embedDocuments(texts, signal) {
      const hashes = texts.map((text) => passageHash(text));
      const missing = new Map<string, string>();
      hashes.forEach((hash, index) => {
        if (!known.has(hash) && !own.has(hash)) missing.set(hash, texts[index] ?? "");
      });
      onReused(texts.length - missing.size);
      const entries = [...missing];
      const slices: (typeof entries)[] = [];
      for (let start = 0; start < entries.length; start += sliceSize)
        slices.push(entries.slice(start, start + sliceSize));
      await Promise.all(slices.map((slice) => embedSlice(slice, signal)));
      return hashes.map((hash) => {
        const vector = own.get(hash) ?? known.get(hash);
        if (!vector) throw new Error("a text was left without a vector");
        return vector;
      });
    },
    embedQuery: (text, signal) => embedder.embedQuery(text, signal),
  };
}
