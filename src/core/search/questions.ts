/** Users' questions that lead to a section: further entries by which the section is found, in any document that has its anchor. */
import { buildWordIndex, searchWords, type WordIndex } from "./bm25";
import type { EmbeddingIdentity } from "../embedder";
import { createRows, type VectorRows } from "./dotProducts";
import { largest } from "./largest";
import type { SearchQuery } from "./query";
import { termsOf } from "./terms";

export interface QuestionEntry {
  readonly anchor: string;
  readonly question: string;
}

export interface QuestionSource {
  readonly entries: readonly QuestionEntry[];
  /** Unit vectors of the entries in order, and their space; an entry without one is found by its words. */
  readonly vectors?: {
    readonly embedding: EmbeddingIdentity;
    readonly values: readonly (Float32Array | undefined)[];
    /** Of questions that users ask beside these and that the documents do not answer. */
    readonly unanswered?: readonly Float32Array[];
  };
}

export interface QuestionIndex {
  readonly source: QuestionSource;
  readonly words: WordIndex;
  /** The vectors, a row of zeros where there is none; and where there is one. */
  readonly vectors: VectorRows;
  readonly hasVector: readonly boolean[];
  /** Likewise of the questions that the documents do not answer. */
  readonly unanswered: VectorRows;
  /** The anchors that questions lead to, each once, and of each question which of them. */
  readonly anchors: readonly string[];
  readonly anchorOf: Uint32Array;
}

export function indexQuestions(source: QuestionSource): QuestionIndex {
  const { embedding, values = [] } = source.vectors ?? {};
  const dimensions = embedding?.dimensions ?? 0;
  const vectors = createRows(source.entries.length, dimensions);
  const hasVector = source.entries.map((_, position) => {
    const value = values[position];
    if (value) vectors.values.set(value, position * dimensions);
    return value !== undefined;
  });
  const others = source.vectors?.unanswered ?? [];
  const unanswered = createRows(others.length, dimensions);
  others.forEach((value, position) => unanswered.values.set(value, position * dimensions));
  const places = new Map(
    [...new Set(source.entries.map(({ anchor }) => anchor))].map((anchor, at) => [anchor, at]),
  );
  return {
    anchors: [...places.keys()],
    anchorOf: Uint32Array.from(source.entries, ({ anchor }) => places.get(anchor) ?? 0),
    source,
    words: buildWordIndex(source.entries, ({ question }) => [{ terms: termsOf(question), weight: 1 }]),
    vectors,
    hasVector,
    unanswered,
  };
}

/** Cosines of all questions with a unit vector of their space, by position; -Infinity where a question has no vector. */
export function questionSimilarities(
  { source, vectors, hasVector }: QuestionIndex,
  vector: Float32Array,
): Float64Array {
  const count = source.entries.length;
  if (vectors.values.length !== count * vector.length) return new Float64Array(count).fill(-Infinity);
  const cosines = vectors.products(vector);
  for (let position = 0; position < count; position++) {
    if (!hasVector[position]) cosines[position] = -Infinity;
  }
  return cosines;
}

/** The largest cosine of a question that the documents do not answer; undefined when there is none. */
export function nearestUnanswered({ unanswered }: QuestionIndex, vector: Float32Array): number | undefined {
  const { values } = unanswered;
  if (values.length === 0 || values.length % vector.length !== 0) return undefined;
  return unanswered.products(vector).reduce((most, value) => Math.max(most, value), -1);
}

/** Positions of the questions that share words with the query, best first. */
export function questionsByWords({ words }: QuestionIndex, query: SearchQuery, count: number): number[] {
  return searchWords([words], query.terms, count).map(({ position }) => position);
}

/** Anchors whose questions lie nearest to the query's vector, best first, each once. @param similarities See {@link questionSimilarities}. */
export function questionsByVector(
  index: QuestionIndex,
  similarities: Float64Array,
  count: number,
): readonly string[] {
  return anchorsAt(index, largest(similarities, count));
}

/** How many of the nearest questions are evidence. */
const nearestCount = 40;

/**
 * The largest cosines of questions with the query's vector, best first, one an anchor and among the questions whose anchor is known. Undefined
 * when most anchors are not, or most questions have no vector: then the questions were written for another document, and what is far from them
 * may still be answered.
 * @param isKnownAt By position in `anchors`.
 */
export function nearestQuestions(
  { anchors, anchorOf, hasVector }: QuestionIndex,
  similarities: Float64Array,
  isKnownAt: readonly boolean[],
): readonly number[] | undefined {
  const best = new Float64Array(anchors.length).fill(-Infinity);
  let known = 0;
  for (let position = 0; position < anchorOf.length; position++) {
    const anchor = anchorOf[position] ?? 0;
    if (!hasVector[position] || !isKnownAt[anchor]) continue;
    known++;
    const similarity = similarities[position] ?? -1;
    if (similarity > (best[anchor] ?? -1)) best[anchor] = similarity;
  }
  if (known * 2 < anchorOf.length || known === 0) return undefined;
  return largest(best, nearestCount).map((anchor) => best[anchor] ?? -1);
}

/** The anchors that these questions lead to, in order, each once. */
export function anchorsAt(
  { anchors, anchorOf }: QuestionIndex,
  positions: readonly number[],
): readonly string[] {
  const isSeen = new Uint8Array(anchors.length);
  const led: string[] = [];
  for (const position of positions) {
    const at = anchorOf[position] ?? 0;
    const anchor = anchors[at];
    if (anchor === undefined || isSeen[at] === 1) continue;
    isSeen[at] = 1;
    led.push(anchor);
  }
  return led;
}
