import type { FileStorage, IndexData, IndexItem, MetadataFilter, MetadataTypes, QueryResult } from "vectra";
import { LocalIndex } from "vectra/LocalIndex";
import { FailureError } from "../../core/failure";
import { float32Codec } from "./codec";
import { createAtomicStorage } from "./storage";

/** What Vectra keeps of a passage beside its vector; text and place stand in the set's list of passages. */
export interface PassageMetadata extends Record<string, MetadataTypes> {
  /** Position of the passage in its set, from 0. */
  readonly ordinal: number;
}

/** The private fields of Vectra 0.15 that a quick bulk insert and a quick scan have to reach; the version is pinned. */
interface Internals {
  readonly _data?: IndexData;
  readonly _update?: IndexData;
}

interface Matrix {
  readonly of: IndexData;
  readonly values: Float32Array;
  readonly norms: Float64Array;
}

/**
 * Vectra's `LocalIndex` with our file format, whole-or-nothing writes and a scan over one array of 32-bit floats. The results are those of
 * the stock scan, in the same order; where two passages score the same, the earlier one comes first.
 */
export class PassageIndex extends LocalIndex<PassageMetadata> {
  #matrix: Matrix | undefined;

  constructor(folder: string, storage: FileStorage = createAtomicStorage()) {
    super(folder, undefined, storage, float32Codec);
  }

  /** Adds many items to the update under way; Vectra's own looks through all items for each one. Throws on an id that is taken. */
  addToUpdate(items: readonly { id: string; vector: Float32Array; metadata: PassageMetadata }[]): void {
    const update = this.#internals._update;
    if (!update) throw new Error("no update in progress");
    const taken = new Set(update.items.map(({ id }) => id));
    for (const { id, vector, metadata } of items) {
      if (taken.has(id)) throw new Error(`item ${id} exists already`);
      taken.add(id);
      const norm = lengthOf(vector);
      // Vectra answers NaN for such a vector, and NaN stays at the top of every result.
      if (!(norm > 0) || !Number.isFinite(norm)) {
        throw new FailureError({
          kind: "embedder-failed",
          cause: `the vector of passage ${id} has the length ${norm}`,
        });
      }
      update.items.push({ id, metadata, norm, vector: vector as unknown as number[] });
    }
  }

  override async queryItems<T extends PassageMetadata = PassageMetadata>(
    vector: number[],
    query: string,
    topK: number,
    filter?: MetadataFilter,
    isBm25?: boolean,
  ): Promise<QueryResult<T>[]> {
    if (filter !== undefined || isBm25 === true) {
      return super.queryItems<T>(vector, query, topK, filter, isBm25);
    }
    await this.loadIndexData();
    const data = this.#internals._data;
    if (!data) return [];
    const scores = this.#scan(data, vector);
    return best(scores, Math.min(topK, scores.length)).flatMap((position) => {
      const item = data.items[position] as IndexItem<T> | undefined;
      return item ? [{ item: { ...item }, score: scores[position] ?? 0 }] : [];
    });
  }

  get #internals(): Internals {
    return this as unknown as Internals;
  }

  /** The cosine of the query with each item, in the order of operations of Vectra's own, so that sums round alike. */
  #scan(data: IndexData, query: readonly number[]): Float64Array {
    if (this.#matrix?.of !== data) this.#matrix = flatten(data);
    const { values, norms } = this.#matrix;
    const dimensions = data.items[0]?.vector.length ?? 0;
    const shared = Math.min(dimensions, query.length);
    const queryNorm = lengthOf(query);
    const scores = new Float64Array(data.items.length);
    const exact = Float64Array.from(query);
    for (let position = 0, offset = 0; position < scores.length; position++, offset += dimensions) {
      let sum = 0;
      for (let index = 0; index < shared; index++) sum += (exact[index] ?? 0) * (values[offset + index] ?? 0);
      scores[position] = sum / (queryNorm * (norms[position] ?? 0));
    }
    return scores;
  }
}

function flatten(data: IndexData): Matrix {
  const dimensions = data.items[0]?.vector.length ?? 0;
  const norms = Float64Array.from(data.items, ({ norm }) => norm);
  // Vectors that our codec has just read are views on one such array already: no second copy of what can be 150 MB.
  const shared = data.items[0]?.vector as unknown;
  const isOneArray =
    shared instanceof Float32Array &&
    shared.buffer.byteLength === data.items.length * dimensions * 4 &&
    data.items.every(({ vector }, position) => {
      const view = vector as unknown;
      return (
        view instanceof Float32Array &&
        view.buffer === shared.buffer &&
        view.byteOffset === position * dimensions * 4
      );
    });
  if (isOneArray) return { of: data, values: new Float32Array(shared.buffer), norms };
  const values = new Float32Array(data.items.length * dimensions);
  data.items.forEach(({ vector }, position) => values.set(vector, position * dimensions));
  return { of: data, values, norms };
}

/** Positions of the highest scores, best first, the earlier one first where they are equal. */
function best(scores: Float64Array, count: number): number[] {
  const top: number[] = [];
  if (count <= 0) return top;
  const scoreAt = (position: number | undefined) =>
    position === undefined ? -Infinity : (scores[position] ?? 0);
  for (let position = 0; position < scores.length; position++) {
    const score = scoreAt(position);
    if (top.length === count && !(score > scoreAt(top[count - 1]))) continue;
    let place = top.length === count ? count - 1 : top.length;
    for (; place > 0 && scoreAt(top[place - 1]) < score; place--) {
      const moved = top[place - 1];
      if (moved !== undefined) top[place] = moved;
    }
    top[place] = position;
  }
  return top;
}

function lengthOf(vector: Iterable<number>): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
