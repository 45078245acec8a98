/** Users' questions that lead to a section: further entries by which the section is found, in any document that has its anchor. */
import { buildWordIndex, searchWords, type WordIndex } from "./bm25";
import type { EmbeddingIdentity } from "../embedder";
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
  };
}

export interface QuestionIndex {
  readonly source: QuestionSource;
  readonly words: WordIndex;
}

export function indexQuestions(source: QuestionSource): QuestionIndex {
  const entries = source.entries.map(({ question }) => ({
    fields: [{ terms: termsOf(question), weight: 1 }],
  }));
  return { source, words: buildWordIndex(entries) };
}

/** Anchors whose questions share words with the query, best first, each once. */
export function questionsByWords(index: QuestionIndex, query: SearchQuery, count: number): string[] {
  const hits = searchWords([index.words], query.terms, count);
  return anchors(
    index,
    hits.map(({ position }) => position),
  );
}

/** Anchors whose questions lie nearest to the query's vector, best first, each once. */
export function questionsByVector(index: QuestionIndex, vector: Float32Array, count: number): string[] {
  const similarities = similaritiesOf(index, vector);
  const order = Array.from(similarities, (_, position) => position);
  order.sort((left, right) => (similarities[right] ?? 0) - (similarities[left] ?? 0));
  return anchors(index, order.slice(0, count));
}

/**
 * The largest cosine of a question with the query's vector, among the questions whose anchor is known. Undefined when most anchors are not, or most questions have no vector:
 * then the questions were written for another document, and what is far from them may still be answered.
 */
export function nearestQuestion(
  index: QuestionIndex,
  vector: Float32Array,
  isKnown: (anchor: string) => boolean,
): number | undefined {
  const { entries, vectors } = index.source;
  const known = entries.map(
    ({ anchor }, position) => vectors?.values[position] !== undefined && isKnown(anchor),
  );
  if (known.filter(Boolean).length * 2 < entries.length) return undefined;
  const similarities = similaritiesOf(index, vector).filter((_, position) => known[position]);
  return similarities.length === 0
    ? undefined
    : similarities.reduce((most, value) => Math.max(most, value), -1);
}

function similaritiesOf({ source }: QuestionIndex, vector: Float32Array): Float32Array {
  return Float32Array.from(source.vectors?.values ?? [], (value) => (value ? cosine(value, vector) : -1));
}

function anchors({ source }: QuestionIndex, positions: readonly number[]): string[] {
  return [...new Set(positions.flatMap((position) => source.entries[position]?.anchor ?? []))];
}

/** Of unit vectors. */
export function cosine(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}
