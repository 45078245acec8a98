/** What a search found out about whether the documents answer at all; the judgement is in `answerable.ts`. */
import { inverseDocumentFrequency, type WordIndex } from "./bm25";
import type { IndexedSet } from "./indexedSet";
import type { SearchQuery } from "./query";

export interface Evidence {
  /** Largest cosine of a passage with the query; absent without vectors. */
  readonly bestSimilarity?: number;
  /** How far the nearest passage stands out: its cosine less the mean of the next ones. */
  readonly similarityLead?: number;
  /** Largest cosine of a user's question that leads into the documents with the query; absent where no such questions are. */
  readonly questionSimilarity?: number;
  /** How far the nearest question stands out. */
  readonly questionLead?: number;
  /** Share of the lists that have one of the best sections among their first, 0 to 1: unlike legs seldom err together. */
  readonly agreement: number;
  /** Share of the question's words, weighted by rarity, that one of the best passages holds, 0 to 1. */
  readonly coverage: number;
  /** Share of the question's words that the documents (nearly) never use, 0 to 1. */
  readonly rareShare: number;
  /** Share of the question's words, weighted by rarity, that neither the documents nor what speaks of them ever use, 0 to 1. */
  readonly unknownShare: number;
  /** Names in the question (of products, classes, properties) that are unknown in the same sense, 0 to 3. */
  readonly unknownNames: number;
  /** True when a passage was asked for by its exact name. */
  readonly named: boolean;
}

export interface Spot {
  readonly set: IndexedSet;
  readonly position: number;
}

export interface EvidenceProps {
  readonly query: SearchQuery;
  readonly sets: readonly IndexedSet[];
  /** Words of what speaks of the documents: users' questions, the field guide. */
  readonly others: readonly WordIndex[];
  /** The results, best first. */
  readonly found: readonly Spot[];
  /** Keys of sections, best first, of each leg that found anything. */
  readonly lists: readonly { readonly keys: readonly string[] }[];
  /** Keys of sections as fused, best first. */
  readonly fused: readonly string[];
  /** Cosines of the nearest passages and of the nearest questions, best first. */
  readonly similarities: readonly number[] | undefined;
  readonly questionSimilarities: readonly number[] | undefined;
  readonly named: boolean;
}

export function evidenceOf(props: EvidenceProps): Evidence {
  const { query, sets, others, found, lists, fused, similarities, questionSimilarities, named } = props;
  const indexes = sets.map(({ words }) => words);
  const [best] = similarities ?? [];
  const [nearest] = questionSimilarities ?? [];
  const known = (term: string) => [...indexes, ...others].some(({ postings }) => postings.has(term));
  return {
    ...(best !== undefined && { bestSimilarity: best, similarityLead: leadOf(similarities ?? []) }),
    ...(nearest !== undefined && {
      questionSimilarity: nearest,
      questionLead: leadOf(questionSimilarities ?? []),
    }),
    agreement: agreement(lists, fused),
    coverage: coverage(indexes, query, found),
    rareShare: rareShare(sets, query),
    unknownShare: unknownShare(indexes, query, known),
    unknownNames: Math.min(mostNames, query.names.filter((name) => !known(name)).length),
    named,
  };
}

const mostNames = 3;
const leadOver = 20;

/** The first less the mean of those after it. */
function leadOf([first = 0, ...others]: readonly number[]): number {
  const next = others.slice(0, leadOver);
  return next.length === 0 ? 0 : first - next.reduce((sum, value) => sum + value, 0) / next.length;
}

/** Results that are looked at, and how far up a list has to have them. */
const evidenceDepth = 3;
const agreeWithin = 5;

function agreement(lists: EvidenceProps["lists"], fused: readonly string[]): number {
  if (lists.length === 0) return 0;
  const heads = lists.map(({ keys }) => new Set(keys.slice(0, agreeWithin)));
  const shares = fused
    .slice(0, evidenceDepth)
    .map((key) => heads.filter((head) => head.has(key)).length / lists.length);
  return Math.max(0, ...shares);
}

function coverage(indexes: readonly WordIndex[], query: SearchQuery, found: readonly Spot[]): number {
  const weights = new Map(query.words.map((word) => [word, inverseDocumentFrequency(indexes, word)]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return 0;
  const shares = found.slice(0, evidenceDepth).map(({ set, position }) => {
    const held = [...weights].filter(([word]) => holds(set, word, position));
    return held.reduce((sum, [, weight]) => sum + weight, 0) / total;
  });
  return Math.max(0, ...shares);
}

/** In a set of this many passages a word that stands in one or two of them is as good as unknown. */
const passagesAWord = 800;
const mostRare = 2;

function rareShare(sets: readonly IndexedSet[], query: SearchQuery): number {
  const words = [...new Set(query.words)];
  if (words.length === 0) return 0;
  const size = sets.reduce((sum, set) => sum + set.words.size, 0);
  const rareTo = Math.min(mostRare, Math.floor(size / passagesAWord));
  const isRare = (word: string) =>
    sets.reduce((sum, set) => sum + (set.words.postings.get(word)?.positions.length ?? 0), 0) <= rareTo;
  return words.filter(isRare).length / words.length;
}

function unknownShare(
  indexes: readonly WordIndex[],
  query: SearchQuery,
  known: (term: string) => boolean,
): number {
  const words = [...new Set(query.words)];
  const weight = (some: readonly string[]) =>
    some.reduce((sum, word) => sum + inverseDocumentFrequency(indexes, word), 0);
  const total = weight(words);
  return total === 0 ? 0 : weight(words.filter((word) => !known(word))) / total;
}

function holds({ words }: IndexedSet, term: string, position: number): boolean {
  return words.postings.get(term)?.positions.includes(position) ?? false;
}
