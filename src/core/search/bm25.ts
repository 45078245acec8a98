/**
 * Lexical ranking with BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", equation 3.15, with
 * the weighted fields of BM25F, equation 3.19, and the idf of Lucene, ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative).
 * An index belongs to one set; a search over several takes document frequencies and the mean length over all of them.
 */
export interface FieldedText {
  /** Terms of a field and how much one occurrence counts. */
  readonly fields: readonly { readonly terms: readonly string[]; readonly weight: number }[];
}

export interface WordIndex {
  readonly size: number;
  /** Weighted length of each entry, and their sum. */
  readonly lengths: Float32Array;
  readonly totalLength: number;
  readonly postings: ReadonlyMap<string, Postings>;
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

/** Linear in the number of terms. */
export function buildWordIndex(entries: readonly FieldedText[]): WordIndex {
  const growing = new Map<string, { positions: number[]; frequencies: number[] }>();
  const lengths = new Float32Array(entries.length);
  let totalLength = 0;
  entries.forEach((entry, position) => {
    let length = 0;
    for (const { terms, weight } of entry.fields) {
      length += terms.length * weight;
      for (const term of terms) {
        let postings = growing.get(term);
        if (!postings) growing.set(term, (postings = { positions: [], frequencies: [] }));
        const last = postings.positions.length - 1;
        if (postings.positions[last] === position)
          postings.frequencies[last] = (postings.frequencies[last] ?? 0) + weight;
        else {
          postings.positions.push(position);
          postings.frequencies.push(weight);
        }
      }
    }
    lengths[position] = length;
    totalLength += length;
  });
  const postings = new Map<string, Postings>();
  for (const [term, { positions, frequencies }] of growing) {
    postings.set(term, {
      positions: Uint32Array.from(positions),
      frequencies: Float32Array.from(frequencies),
    });
  }
  return { size: entries.length, lengths, totalLength, postings };
}

/** The inverse document frequency of a term over all the indexes; largest for a term that occurs nowhere. */
export function inverseDocumentFrequency(indexes: readonly WordIndex[], term: string): number {
  const size = indexes.reduce((sum, index) => sum + index.size, 0);
  const holding = indexes.reduce((sum, index) => sum + (index.postings.get(term)?.positions.length ?? 0), 0);
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
      const postings = index.postings.get(term);
      if (!postings) continue;
      const { positions, frequencies } = postings;
      for (let at = 0; at < positions.length; at++) {
        const position = positions[at] ?? 0;
        const frequency = frequencies[at] ?? 0;
        const lengthNorm = 1 - b + (b * (index.lengths[position] ?? 0)) / meanLength;
        scores[position] =
          (scores[position] ?? 0) + (weight * frequency * (k1 + 1)) / (frequency + k1 * lengthNorm);
      }
    }
    return best(scores, count).map((position) => ({ index: number, position, score: scores[position] ?? 0 }));
  });
  return hits
    .sort((left, right) => right.score - left.score || left.position - right.position)
    .slice(0, count);
}

/** Positions of the `count` largest positive scores, found with a bounded heap so that a large index is not sorted whole. */
function best(scores: Float64Array, count: number): number[] {
  const heap: number[] = [];
  const at = (slot: number) => scores[heap[slot] ?? 0] ?? 0;
  const swap = (left: number, right: number) => {
    const kept = heap[left] ?? 0;
    heap[left] = heap[right] ?? 0;
    heap[right] = kept;
  };
  const sink = (start: number) => {
    for (let slot = start; ;) {
      let least = slot;
      for (const child of [2 * slot + 1, 2 * slot + 2])
        if (child < heap.length && at(child) < at(least)) least = child;
      if (least === slot) return;
      swap(slot, least);
      slot = least;
    }
  };
  for (let position = 0; position < scores.length; position++) {
    const score = scores[position] ?? 0;
    if (score <= 0) continue;
    if (heap.length < count) {
      heap.push(position);
      for (let slot = heap.length - 1; slot > 0 && at(slot) < at((slot - 1) >> 1); slot = (slot - 1) >> 1) {
        swap(slot, (slot - 1) >> 1);
      }
    } else if (count > 0 && score > at(0)) {
      heap[0] = position;
      sink(0);
    }
  }
  return heap;
}
