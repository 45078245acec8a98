/** What a search found out about whether the documents answer at all; the judgement is in `answerable.ts`. */
import { documentFrequency, inverseDocumentFrequency, postingsOf, type WordIndex } from "./bm25";
import type { IndexedSet } from "./indexedSet";
import type { SearchQuery } from "./query";

export interface Evidence {
  /** Different words of the question: a long one is never held by one passage whole. */
  readonly words: number;
  /** Largest cosine of a passage with the query; absent without vectors. */
  readonly bestSimilarity?: number;
  /** How far the nearest passage stands out: its cosine less the mean of the next ones. */
  readonly similarityLead?: number;
  /** Largest cosine of a user's question that leads into the documents with the query; absent where no such questions are. */
  readonly questionSimilarity?: number;
  /** How far the nearest question stands out. */
  readonly questionLead?: number;
  /** Largest cosine of a question that such documents do not answer; absent where no such questions are. */
  readonly unansweredSimilarity?: number;
  /** Share of the query's words, weighted by rarity, that one of the nearest users' questions holds, 0 to 1. */
  readonly questionCoverage: number;
  /** Share of the lists that have one of the best sections among their first, 0 to 1: unlike legs seldom err together. */
  readonly agreement: number;
  /** Share of the question's words, weighted by rarity, that one of the best passages holds, 0 to 1. */
  readonly coverage: number;
  /** The same of its rarest words that the documents know at all. */
  readonly rareCoverage: number;
  /** Share of the question's words that the documents (nearly) never use, 0 to 1. */
  readonly rareShare: number;
  /** Share of the question's words, weighted by rarity, that neither the documents nor what speaks of them ever use, 0 to 1. */
  readonly unknownShare: number;
  /** Names in the question (of products, classes, properties) that are unknown in the same sense, 0 to 3. */
  readonly unknownNames: number;
  /** Annotations and property keys of Spring in the question that are unknown, 0 to 3: they came later, or went before. */
  readonly unknownApi: number;
  /** True when the question names a Spring Boot version that is later than that of the documents. */
  readonly laterVersion: boolean;
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
  /** Keys of the first {@link evidenceDepth} sections as fused. */
  readonly fused: readonly string[];
  /** Cosines of the nearest passages and of the nearest questions, best first. */
  readonly similarities: readonly number[] | undefined;
  readonly questionSimilarities: readonly number[] | undefined;
  readonly unansweredSimilarity: number | undefined;
  /** Words of users' questions, and positions of those that are nearest by words. */
  readonly questions: { readonly words: WordIndex; readonly nearest: readonly number[] } | undefined;
  readonly named: boolean;
}

export function evidenceOf(props: EvidenceProps): Evidence {
  const { query, sets, others, found, lists, fused, similarities, questionSimilarities, named } = props;
  const indexes = sets.map(({ words }) => words);
  const [best] = similarities ?? [];
  const [nearest] = questionSimilarities ?? [];
  const { unansweredSimilarity, questions } = props;
  const isInSets = (term: string) => indexes.some(({ terms }) => terms.has(term));
  const all = [...indexes, ...others];
  const known = (term: string) => all.some(({ terms }) => terms.has(term));
  const weights = wordWeights(indexes, query);
  return {
    words: new Set(query.words).size,
    ...(best !== undefined && { bestSimilarity: best, similarityLead: leadOf(similarities ?? []) }),
    ...(nearest !== undefined && {
      questionSimilarity: nearest,
      questionLead: leadOf(questionSimilarities ?? []),
    }),
    ...(unansweredSimilarity !== undefined && { unansweredSimilarity }),
    questionCoverage: Math.max(
      0,
      ...(questions?.nearest ?? []).map((position) =>
        heldShare(weights, (word) => isIn(questions?.words, word, position)),
      ),
    ),
    agreement: agreement(lists, fused),
    coverage: coverage(weights, found),
    rareCoverage: rareCoverage(indexes, weights, found),
    rareShare: rareShare(sets, query),
    unknownShare: unknownShare(weights, known),
    unknownNames: Math.min(mostNames, query.names.filter((name) => !known(name)).length),
    unknownApi: Math.min(mostNames, query.api.filter((name) => !isInSets(name)).length),
    laterVersion: query.versions.some((version) => sets.every((set) => isLater(version, set))),
    named,
  };
}

/** Whether a version ("3.4", "4") is later than that of a set; of a set without one it is not known. */
function isLater(version: string, { source }: IndexedSet): boolean {
  const own = source.set.springBootVersion;
  if (own === undefined) return false;
  const [major = 0, minor] = version.split(".").map(Number);
  const [ownMajor = 0, ownMinor = 0] = own.split(".").map(Number);
  return major > ownMajor || (major === ownMajor && minor !== undefined && minor > ownMinor);
}

const mostNames = 3;
const leadOver = 20;

/** The first less the mean of those after it. */
function leadOf([first = 0, ...others]: readonly number[]): number {
  const next = others.slice(0, leadOver);
  return next.length === 0 ? 0 : first - next.reduce((sum, value) => sum + value, 0) / next.length;
}

/** Results that are looked at, and how far up a list has to have them. */
export const evidenceDepth = 3;
const agreeWithin = 5;

function agreement(lists: EvidenceProps["lists"], fused: readonly string[]): number {
  if (lists.length === 0) return 0;
  const heads = lists.map(({ keys }) => new Set(keys.slice(0, agreeWithin)));
  const shares = fused
    .slice(0, evidenceDepth)
    .map((key) => heads.filter((head) => head.has(key)).length / lists.length);
  return Math.max(0, ...shares);
}

/** The question's words and how rare each is. */
function wordWeights(indexes: readonly WordIndex[], { words }: SearchQuery): ReadonlyMap<string, number> {
  return new Map(words.map((word) => [word, inverseDocumentFrequency(indexes, word)]));
}

function heldShare(weights: ReadonlyMap<string, number>, isHeld: (word: string) => boolean): number {
  let [held, total] = [0, 0];
  for (const [word, weight] of weights) {
    total += weight;
    if (isHeld(word)) held += weight;
  }
  return total === 0 ? 0 : held / total;
}

function coverage(weights: ReadonlyMap<string, number>, found: readonly Spot[]): number {
  return Math.max(
    0,
    ...found
      .slice(0, evidenceDepth)
      .map(({ set, position }) => heldShare(weights, (word) => isIn(set.words, word, position))),
  );
}

/** How many of the rarest words say what a question is about. */
const tellingWords = 3;

function rareCoverage(
  indexes: readonly WordIndex[],
  weights: ReadonlyMap<string, number>,
  found: readonly Spot[],
): number {
  const known = [...weights]
    .filter(([word]) => indexes.some(({ terms }) => terms.has(word)))
    .sort(([, left], [, right]) => right - left)
    .slice(0, tellingWords);
  return coverage(new Map(known), found);
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
    sets.reduce((sum, set) => sum + documentFrequency(set.words, word), 0) <= rareTo;
  return words.filter(isRare).length / words.length;
}

function unknownShare(weights: ReadonlyMap<string, number>, known: (term: string) => boolean): number {
  return heldShare(weights, (word) => !known(word));
}

function isIn(words: WordIndex | undefined, term: string, position: number): boolean {
  return words !== undefined && postingsOf(words, term).positions.includes(position);
}
