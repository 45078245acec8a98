import type { FileStorage, IndexData, IndexItem, MetadataFilter, MetadataTypes, QueryResult } from "vectra";
import { LocalIndex } from "vectra/LocalIndex";
import { FailureError } from "../../core/failure";
import { createRows, rowsOf, type VectorRows } from "../../core/search/dotProducts";
import { largest } from "../../core/search/largest";
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
  readonly rows: VectorRows;
  readonly norms: Float64Array;
}

/**
 * Vectra's `LocalIndex` with our file format, whole-or-nothing writes and a scan over one matrix of 32-bit floats. The results are those of
 * the stock scan to some seven digits; where two passages score the same, the earlier one comes first.
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
    // What cannot be compared element by element is left to Vectra.
    if (data?.items[0]?.vector.length !== vector.length) return super.queryItems<T>(vector, query, topK);
    const scores = this.#scan(data, vector);
    return largest(scores, topK).flatMap((position) => {
      const item = data.items[position] as IndexItem<T> | undefined;
      return item ? [{ item, score: scores[position] ?? 0 }] : [];
    });
  }

  get #internals(): Internals {
    return this as unknown as Internals;
  }

  /** The cosine of the query with each item. */
  #scan(data: IndexData, query: readonly number[]): Float64Array {
    if (this.#matrix?.of !== data) this.#matrix = flatten(data);
    const { rows, norms } = this.#matrix;
    const queryNorm = lengthOf(query);
    const scores = rows.products(query);
    for (let position = 0; position < scores.length; position++) {
      scores[position] = (scores[position] ?? 0) / (queryNorm * (norms[position] ?? 0));
    }
    return scores;
  }
}

function flatten(data: IndexData): Matrix {
  const dimensions = data.items[0]?.vector.length ?? 0;
  const norms = Float64Array.from(data.items, ({ norm }) => norm);
  // Vectors that our codec has just read are views on such rows already: no second copy of what can be 150 MB.
  const shared = viewed(data.items, dimensions);
  if (shared) return { of: data, rows: shared, norms };
  const rows = createRows(data.items.length, dimensions);
  data.items.forEach(({ vector }, position) => rows.values.set(vector, position * dimensions));
  return { of: data, rows, norms };
}

/** The rows that the items' vectors are views on, when they are all of them in order. */
function viewed(items: readonly IndexItem[], dimensions: number): VectorRows | undefined {
  const views = items.map(({ vector }): unknown => vector);
  const rows = views[0] instanceof Float32Array ? rowsOf(views[0]) : undefined;
  if (rows?.values.length !== items.length * dimensions) return undefined;
  const { buffer, byteOffset } = rows.values;
  const isRow = (view: unknown, position: number) =>
    view instanceof Float32Array &&
    view.buffer === buffer &&
    view.byteOffset === byteOffset + position * dimensions * 4;
  return views.every(isRow) ? rows : undefined;
}

function lengthOf(vector: Iterable<number>): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
