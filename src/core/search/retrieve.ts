/**
 * Finds the sections that answer a question. Each leg (words, vectors, names, users' questions) ranks sections by their best passage;
 * the rankings are fused; each section is returned once, with the passage that the legs like best. What is asked by its exact name
 * comes first.
 */
import type { Evidence } from "./answerable";
import { inverseDocumentFrequency, searchWords } from "./bm25";
import { foldDuplicates } from "./folding";
import { fuse, type RankedList } from "./fusion";
import type { IndexedSet } from "./indexedSet";
import { findByName } from "./names";
import type { FoundBy } from "./passage";
import type { SearchQuery } from "./query";
import { nearestQuestion, questionsByVector, questionsByWords, type QuestionIndex } from "./questions";
import type { SetChunk } from "./searchableSet";

export interface RetrievalRequest {
  readonly query: SearchQuery;
  readonly sets: readonly IndexedSet[];
  readonly questions?: QuestionIndex;
  /** Sets that speak of the same sections in other words: what they hold of an anchor leads to that anchor in the sets asked. */
  readonly companions?: readonly IndexedSet[];
  /** Unit vector of the query's text; absent when there is no embedder, then words alone answer. */
  readonly vector?: Float32Array;
  readonly count: number;
  readonly tuning?: RetrievalTuning;
}

/** Weights of the legs and the constant of the fusion; a weight of 0 leaves a leg out. */
export interface RetrievalTuning {
  readonly lexical: number;
  readonly vector: number;
  readonly name: number;
  readonly questionWords: number;
  readonly questionVectors: number;
  readonly companion: number;
  readonly fusionConstant: number;
  /** What a passage that is all table loses of its score, 0 to 1: tables of keys and classes share words with every question. */
  readonly tableLoss: number;
  /** Passages that a leg ranks. */
  readonly depth: number;
}

/**
 * Chosen on the project's own questions (test/eval/questions/tuning.jsonl) together with the benchmark's, from HTML and PDF alike; what lies
 * near these values differs by less than two questions of a hundred. A small constant lets the first ranks of each leg count.
 */
export const defaultTuning: RetrievalTuning = {
  lexical: 1,
  vector: 1,
  name: 1,
  questionWords: 0.5,
  questionVectors: 0.5,
  companion: 0.5,
  fusionConstant: 5,
  tableLoss: 0.3,
  depth: 100,
};

export interface Found {
  readonly set: IndexedSet;
  /** Position of the passage in the set's chunks. */
  readonly position: number;
  readonly chunk: SetChunk;
  readonly score: number;
  readonly foundBy: readonly FoundBy[];
}

export interface Retrieval {
  readonly found: readonly Found[];
  readonly evidence: Evidence;
}

interface Spot {
  readonly set: IndexedSet;
  readonly position: number;
}

type Leg = FoundBy["leg"];
type Ranking = RankedList<Leg> & { readonly spots: readonly Spot[] };

/** Candidates beyond `count` that folding may draw on. */
const spare = 20;

export async function retrieve(request: RetrievalRequest, signal: AbortSignal): Promise<Retrieval> {
  const { query, sets, vector, count, tuning = defaultTuning } = request;
  const neighbours = vector && tuning.vector > 0 ? await nearestOf(sets, vector, tuning.depth, signal) : [];
  signal.throwIfAborted();
  const named =
    tuning.name > 0
      ? sets.flatMap((set) => findByName(set.names, query).map((position) => ({ set, position })))
      : [];
  const rankings: Ranking[] = [
    ranking("lexical", tuning.lexical, wordSpots(sets, query, tuning.depth)),
    ranking("vector", tuning.vector, neighbours),
    ranking("name", tuning.name, named),
    ...questionRankings(request, tuning),
    ...(await companionRankings(request, tuning, signal)),
  ].filter(({ weight }) => weight > 0);

  const passageScores = scorePassages(rankings, tuning.fusionConstant);
  const places = new Map<string, Spot>();
  for (const { spots } of rankings) {
    for (const spot of spots) {
      const key = keyOf(spot);
      const known = places.get(key);
      if (!known || scoreOf(passageScores, spot) > scoreOf(passageScores, known)) places.set(key, spot);
    }
  }
  const kept = ({ set, position }: Spot) => 1 - tuning.tableLoss * (set.tableShares[position] ?? 0);
  const fused = fuse(rankings, tuning.fusionConstant)
    .map((item) => {
      const spot = places.get(item.key);
      return spot ? { ...item, score: item.score * kept(spot) } : item;
    })
    .sort((left, right) => right.score - left.score);
  const first = new Set(named.map(keyOf));
  const candidates = [
    ...fused.filter(({ key }) => first.has(key)),
    ...fused.filter(({ key }) => !first.has(key)),
  ]
    .slice(0, count + spare)
    .flatMap(({ key, score, foundBy }): Found[] => {
      const spot = places.get(key);
      const chunk = spot?.set.source.chunks[spot.position];
      return spot && chunk
        ? [{ ...spot, chunk, score: first.has(key) ? score + 1 : score, foundBy: distinctLegs(foundBy) }]
        : [];
    });
  const found = foldDuplicates(candidates, ({ chunk }) => chunk.text, count);
  const [nearest] = neighbours;
  const isKnown = (anchor: string) => sets.some(({ positionsByAnchor }) => positionsByAnchor.has(anchor));
  const { questions } = request;
  const questionSimilarity =
    questions && vector && tuning.questionVectors > 0
      ? nearestQuestion(questions, vector, isKnown)
      : undefined;
  const evidence = {
    coverage: coverage(sets, query, found),
    rareShare: rareShare(sets, query),
    named: named.length > 0,
    ...(nearest && { bestSimilarity: nearest.similarity }),
    ...(questionSimilarity !== undefined && { questionSimilarity }),
  };
  return { found, evidence };
}

/** Passages whose words are taken as evidence that the documents answer. */
const evidenceDepth = 3;

/** The largest share of the question's words, weighted by rarity, that one of the best passages holds. */
function coverage(sets: readonly IndexedSet[], query: SearchQuery, found: readonly Found[]): number {
  const indexes = sets.map(({ words }) => words);
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

/** The share of the question's words that the sets (nearly) never use. */
function rareShare(sets: readonly IndexedSet[], query: SearchQuery): number {
  const words = [...new Set(query.words)];
  if (words.length === 0) return 0;
  const size = sets.reduce((sum, set) => sum + set.words.size, 0);
  const rareTo = Math.min(mostRare, Math.floor(size / passagesAWord));
  const isRare = (word: string) =>
    sets.reduce((sum, set) => sum + (set.words.postings.get(word)?.positions.length ?? 0), 0) <= rareTo;
  return words.filter(isRare).length / words.length;
}

function holds({ words }: IndexedSet, term: string, position: number): boolean {
  return words.postings.get(term)?.positions.includes(position) ?? false;
}

async function nearestOf(
  sets: readonly IndexedSet[],
  vector: Float32Array,
  depth: number,
  signal: AbortSignal,
) {
  const lists = await Promise.all(
    sets.map(async (set) => {
      const neighbours = await set.source.nearest(vector, depth, signal);
      return neighbours.map(({ position, similarity }) => ({ set, position, similarity }));
    }),
  );
  return lists
    .flat()
    .sort((left, right) => right.similarity - left.similarity)
    .slice(0, depth);
}

function wordSpots(sets: readonly IndexedSet[], query: SearchQuery, depth: number): Spot[] {
  const hits = searchWords(
    sets.map(({ words }) => words),
    query.terms,
    depth,
  );
  return hits.flatMap(({ index, position }) => {
    const set = sets[index];
    return set ? [{ set, position }] : [];
  });
}

function questionRankings(
  { query, sets, questions, vector }: RetrievalRequest,
  tuning: RetrievalTuning,
): Ranking[] {
  if (!questions) return [];
  const spots = (anchors: readonly string[]) => anchors.flatMap((anchor) => placesOf(sets, anchor));
  return [
    ranking("question", tuning.questionWords, spots(questionsByWords(questions, query, tuning.depth))),
    ranking(
      "question",
      tuning.questionVectors,
      vector ? spots(questionsByVector(questions, vector, tuning.depth)) : [],
    ),
  ];
}

/** The companions are asked as the sets are; the place that each of their passages leads to takes its rank. */
async function companionRankings(
  { query, sets, companions = [], vector }: RetrievalRequest,
  tuning: RetrievalTuning,
  signal: AbortSignal,
): Promise<Ranking[]> {
  if (companions.length === 0 || tuning.companion === 0) return [];
  const led = (spots: readonly Spot[]) =>
    spots.flatMap(({ set: companion, position }) => {
      const anchor = companion.source.chunks[position]?.anchor;
      return anchor === undefined ? [] : placesOf(sets, anchor).filter(({ set }) => set !== companion);
    });
  const near = vector && tuning.vector > 0 ? await nearestOf(companions, vector, tuning.depth, signal) : [];
  const worded = tuning.lexical > 0 ? wordSpots(companions, query, tuning.depth) : [];
  return [
    ranking("question", tuning.companion, led(worded)),
    ranking("question", tuning.companion, led(near)),
  ];
}

function placesOf(sets: readonly IndexedSet[], anchor: string): Spot[] {
  return sets.flatMap(
    (set) => set.positionsByAnchor.get(anchor)?.map((position) => ({ set, position })) ?? [],
  );
}

function ranking(leg: Leg, weight: number, spots: readonly Spot[]): Ranking {
  return { leg, weight, spots, keys: [...new Set(spots.map(keyOf))] };
}

/** Which passage of a section to show: the one that words and vectors rank best; a name or question points at the section whole. */
function scorePassages(rankings: readonly Ranking[], constant: number): Map<IndexedSet, Map<number, number>> {
  const scores = new Map<IndexedSet, Map<number, number>>();
  for (const { leg, weight, spots } of rankings) {
    if (leg === "question") continue;
    spots.forEach(({ set, position }, index) => {
      const ofSet = scores.get(set) ?? new Map<number, number>();
      ofSet.set(position, (ofSet.get(position) ?? 0) + weight / (constant + index + 1));
      scores.set(set, ofSet);
    });
  }
  return scores;
}

const scoreOf = (scores: ReadonlyMap<IndexedSet, ReadonlyMap<number, number>>, { set, position }: Spot) =>
  scores.get(set)?.get(position) ?? 0;

const keyOf = ({ set, position }: Spot) => set.sections[position] ?? "";

function distinctLegs(foundBy: readonly FoundBy[]): FoundBy[] {
  return foundBy.filter(({ leg }, index) => foundBy.findIndex((other) => other.leg === leg) === index);
}
