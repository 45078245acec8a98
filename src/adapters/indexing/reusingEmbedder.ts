import type { Embedder } from "../../core/embedder";
import { FailureError, type Failure } from "../../core/failure";
import { passageHash, type VectorCache } from "../store/vectorCache";

export interface ReusingEmbedderProps {
  readonly embedder: Embedder;
  /** Vectors of the same space by {@link passageHash}. */
  readonly known: ReadonlyMap<string, Float32Array>;
  readonly cache: VectorCache;
  readonly onEmbedded: (texts: number) => void;
  readonly onReused: (texts: number) => void;
}

export interface ReusingEmbedder extends Pick<Embedder, "embedDocuments" | "embedQuery"> {
  /**
   * Sees to it that the texts have vectors; returns those that cannot have one. A text that the embedder cannot take is no reason to leave
   * the others without. Throws when it is the embedder that fails: another failure than `embedder-failed`, or too many of these.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Failure>>;
  /** Undefined for a text that was not embedded. */
  vectorOf(text: string): Float32Array | undefined;
}

/** Texts embedded between two writes of the cache: what a kill can cost. */
const sliceSize = 4;
/** Keeps every thread of the embedder busy, and a server from being asked for everything at once. */
const slicesAtOnce = 8;
/** With more texts that fail it is not the texts. */
const toleratedFailures = 8;

/** Embeds only texts that have no vector yet, each once, and keeps every new vector on disk as soon as it is there. */
export function createReusingEmbedder(props: ReusingEmbedderProps): ReusingEmbedder {
  const { embedder, known, cache, onEmbedded, onReused } = props;
  const own = new Map<string, Float32Array>();
  const vectorOf = (hash: string) => own.get(hash) ?? known.get(hash);

  const embedSlice = async (slice: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> => {
    const vectors = await embedder.embedDocuments([...slice.values()], signal);
    const entries = [...slice.keys()].flatMap((hash, index) => {
      const vector = vectors[index];
      return vector ? [{ hash, vector }] : [];
    });
    await cache.append(entries);
    for (const { hash, vector } of entries) own.set(hash, vector);
    onEmbedded(slice.size);
  };

  const embed = async (texts: readonly string[], signal: AbortSignal) => {
    const missing = new Map<string, string>();
    for (const text of texts) {
      const hash = passageHash(text);
      if (!vectorOf(hash)) missing.set(hash, text);
    }
    onReused(texts.length - missing.size);
    const failures = new Map<string, Failure>();
    const embedOrTell = async (slice: ReadonlyMap<string, string>): Promise<void> => {
      try {
        await embedSlice(slice, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof FailureError) || error.failure.kind !== "embedder-failed") throw error;
        const [only, ...others] = slice;
        if (only && others.length === 0) failures.set(only[1], error.failure);
        // Which text is it? One more try for each, one after the other.
        else for (const entry of slice) await embedOrTell(new Map([entry]));
        if (failures.size > toleratedFailures || (failures.size >= slice.size && own.size === 0)) throw error;
      }
    };
    const entries = [...missing];
    let next = 0;
    const embedInTurn = async (): Promise<void> => {
      while (next < entries.length) {
        const start = next;
        next += sliceSize;
        await embedOrTell(new Map(entries.slice(start, next)));
      }
    };
    await Promise.all(Array.from({ length: slicesAtOnce }, embedInTurn));
    return failures;
  };

  return {
    embed,
    vectorOf: (text) => vectorOf(passageHash(text)),
    async embedDocuments(texts, signal) {
      const [failure] = (await embed(texts, signal)).values();
      if (failure) throw new FailureError(failure);
      return texts.map((text) => {
        const vector = vectorOf(passageHash(text));
        if (!vector) throw new Error("a text was left without a vector");
        return vector;
      });
    },
    embedQuery: (text, signal) => embedder.embedQuery(text, signal),
  };
}
