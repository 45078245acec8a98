/**
 * Lexical ranking with BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", equation 3.15, with
 * the weighted fields of BM25F, equation 3.19, and the idf of Lucene, ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative).
 * An index belongs to one set; a search over several takes document frequencies and the mean length over all of them.
 */
import { largest } from "./largest";

export interface Field {
  readonly terms: readonly string[];
  /** How much one occurrence counts. */
  readonly weight: number;
}

export interface WordIndex {
  readonly size: number;
  /** Weighted length of each entry, and their sum. */
  readonly lengths: Float32Array;
  readonly totalLength: number;
  /** Numbers of the terms that occur. */
  readonly terms: ReadonlyMap<string, number>;
  /** Where the postings of each term begin, and the end of the last; see {@link postingsOf}. */
  readonly starts: Uint32Array;
  readonly positions: Uint32Array;
  readonly frequencies: Float32Array;
}

/** Positions of the entries that hold a term, ascending, and its weighted frequency in each. */
export interface Postings {
  readonly positions: Uint32Array;
  readonly frequencies: Float32Array;
}

export interface Bm25Parameters {
  /** How soon repetition stops to count. */
  readonly k1: number;
  /** How much long entries are held back, 0 to 1. */
  readonly b: number;
}

export interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}

export interface WordHit {
  /** Which of the indexes searched, and the position in it. */
  readonly index: number;
  readonly position: number;
  readonly score: number;
}

export const defaultParameters: Bm25Parameters = { k1: 1.2, b: 0.75 };

/**
 * Linear in the number of terms. Entries are taken apart one by one, and what is noted of them stands in two arrays of numbers: an index of a
 * hundred thousand passages has some ten million postings.
 */
export function buildWordIndex<T>(
  entries: readonly T[],
  fieldsOf: (entry: T) => readonly Field[],
): WordIndex {
  const numbers = new Map<string, number>();
  /** By term: how many entries hold it, and the place of its last posting. */
  const counts: number[] = [];
  const lastPlaces: number[] = [];
  /** By posting, in the order of the entries. */
  let terms = new Uint32Array(1024);
  let weights = new Float32Array(1024);
  let used = 0;
  const ends = new Uint32Array(entries.length);
  const lengths = new Float32Array(entries.length);
  let totalLength = 0;
  entries.forEach((entry, position) => {
    const start = used;
    let length = 0;
    for (const { terms: words, weight } of fieldsOf(entry)) {
      length += words.length * weight;
      for (const word of words) {
        const number = numbers.get(word) ?? numbers.size;
        const place = lastPlaces[number] ?? -1;
        if (place >= start) {
          weights[place] = (weights[place] ?? 0) + weight;
          continue;
        }
        if (number === numbers.size) numbers.set(word, number);
        if (used === terms.length) [terms, weights] = [doubled(terms), doubled(weights)];
        terms[used] = number;
        weights[used] = weight;
        counts[number] = (counts[number] ?? 0) + 1;
        lastPlaces[number] = used++;
      }
    }
    ends[position] = used;
    lengths[position] = length;
    totalLength += length;
  });
  const starts = new Uint32Array(counts.length + 1);
  counts.forEach((count, number) => (starts[number + 1] = (starts[number] ?? 0) + count));
  const next = starts.slice();
  const positions = new Uint32Array(used);
  const frequencies = new Float32Array(used);
  for (let place = 0, position = 0; place < used; place++) {
    while (place >= (ends[position] ?? used)) position++;
    const number = terms[place] ?? 0;
    const to = next[number] ?? 0;
    positions[to] = position;
    frequencies[to] = weights[place] ?? 0;
    next[number] = to + 1;
  }
  return { size: entries.length, lengths, totalLength, terms: numbers, starts, positions, frequencies };
}

/** Views on the postings of a term; empty for one that occurs nowhere. */
export function postingsOf({ terms, starts, positions, frequencies }: WordIndex, term: string): Postings {
  const number = terms.get(term);
  const [start, end] = number === undefined ? [0, 0] : [starts[number], starts[number + 1]];
  return { positions: positions.subarray(start, end), frequencies: frequencies.subarray(start, end) };
}

/** How many entries hold a term. */
export function documentFrequency({ terms, starts }: WordIndex, term: string): number {
  const number = terms.get(term);
  return number === undefined ? 0 : (starts[number + 1] ?? 0) - (starts[number] ?? 0);
}

function doubled<T extends Uint32Array | Float32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}

/** The inverse document frequency of a term over all the indexes; largest for a term that occurs nowhere. */
export function inverseDocumentFrequency(indexes: readonly WordIndex[], term: string): number {
  const size = indexes.reduce((sum, index) => sum + index.size, 0);
  const holding = indexes.reduce((sum, index) => sum + documentFrequency(index, term), 0);
  return Math.log(1 + (size - holding + 0.5) / (holding + 0.5));
}

/** The best `count` entries, best first; entries without a term of the query never appear. */
export function searchWords(
  indexes: readonly WordIndex[],
  query: readonly WeightedTerm[],
  count: number,
  { k1, b }: Bm25Parameters = defaultParameters,
): WordHit[] {
  const size = indexes.reduce((sum, index) => sum + index.size, 0);
  const meanLength = indexes.reduce((sum, index) => sum + index.totalLength, 0) / Math.max(size, 1);
  const weighted = query.map(({ term, weight }) => ({
    term,
    weight: weight * inverseDocumentFrequency(indexes, term),
  }));
  const hits = indexes.flatMap((index, number) => {
    const scores = new Float64Array(index.size);
    for (const { term, weight } of weighted) {
      const { positions, frequencies } = postingsOf(index, term);
      for (let at = 0; at < positions.length; at++) {
        const position = positions[at] ?? 0;
        const frequency = frequencies[at] ?? 0;
        const lengthNorm = 1 - b + (b * (index.lengths[position] ?? 0)) / meanLength;
        scores[position] =
          (scores[position] ?? 0) + (weight * frequency * (k1 + 1)) / (frequency + k1 * lengthNorm);
      }
    }
    return largest(scores, count, 0).map((position) => ({
      index: number,
      position,
      score: scores[position] ?? 0,
    }));
  });
  return hits
    .sort((left, right) => right.score - left.score || left.position - right.position)
    .slice(0, count);
}
