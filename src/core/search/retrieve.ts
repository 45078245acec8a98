/**
 * Finds the sections that answer a question. Each leg (words, vectors, names, users' questions) ranks sections by their best passage;
 * the rankings are fused; each section is returned once, with the passage that the legs like best. What is asked by its exact name
 * comes first.
 */
import { searchWords } from "./bm25";
import { evidenceDepth, evidenceOf, type Evidence, type Spot } from "./evidence";
import { foldDuplicates } from "./folding";
import { fuse, reasonsOf, type RankedList } from "./fusion";
import { termSetOf, type IndexedSet } from "./indexedSet";
import { joinFormats } from "./joining";
import { findByName } from "./names";
import type { FoundBy } from "./passage";
import type { SearchQuery } from "./query";
import {
  anchorsAt,
  nearestQuestions,
  nearestUnanswered,
  questionsByVector,
  questionsByWords,
  questionSimilarities,
  type QuestionIndex,
} from "./questions";
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
  /** Of what the words and vectors of a project's jars rank, for a question that names an identifier and for one that names none. */
  readonly jars: { readonly named: number; readonly unnamed: number };
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
  // Thousands of short comments hold the words of every question; the reference explains, a comment says what one member does.
  jars: { named: 0.6, unnamed: 0.2 },
  fusionConstant: 5,
  tableLoss: 0.3,
  depth: 100,
};

export interface Found {
  readonly set: IndexedSet;
  /** Position of the passage in the set's chunks. */
  readonly position: number;
  /** With the page and the anchor that the document has in any of its formats. */
  readonly chunk: SetChunk;
  readonly score: number;
  readonly foundBy: readonly FoundBy[];
}

export interface Retrieval {
  readonly found: readonly Found[];
  readonly evidence: Evidence;
}

type Leg = FoundBy["leg"];
type Ranking = RankedList<Leg> & { readonly spots: readonly Spot[] };
type MakeRanking = (leg: Leg, weight: number, spots: readonly Spot[]) => Ranking;

/** Users' questions, nearest by words, that are compared with the query word by word. */
const evidenceQuestions = 5;

/** Candidates beyond `count` that folding may draw on. */
const spare = 20;

export async function retrieve(request: RetrievalRequest, signal: AbortSignal): Promise<Retrieval> {
  const { query, sets, vector, count, tuning = defaultTuning } = request;
  const joining = joinFormats(sets);
  const keyOf = (spot: Spot) => joining.keyOf(spot);
  const ranking: MakeRanking = (leg, weight, spots) => ({
    ...{ leg, weight, spots },
    keys: [...new Set(spots.map(keyOf))],
  });
  const isJars = ({ source }: IndexedSet) => source.set.source?.kind === "dependencies";
  const [references, jars] = [sets.filter((set) => !isJars(set)), sets.filter(isJars)];
  const near = async (of: readonly IndexedSet[]) =>
    vector && tuning.vector > 0 ? await nearestOf(of, vector, tuning.depth, signal) : [];
  const [neighbours, jarNeighbours] = [await near(references), await near(jars)];
  signal.throwIfAborted();
  const jarWeight = query.identifiers.length > 0 ? tuning.jars.named : tuning.jars.unnamed;
  const named =
    tuning.name > 0
      ? sets.flatMap((set) => findByName(set.names, query).map((position) => ({ set, position })))
      : [];
  const { questions, companions = [] } = request;
  const similarQuestions =
    questions && vector && tuning.questionVectors > 0 ? questionSimilarities(questions, vector) : undefined;
  const wordedQuestions = questions ? questionsByWords(questions, query, tuning.depth) : [];
  const rankings: Ranking[] = [
    ranking("lexical", tuning.lexical, wordSpots(references, query, tuning.depth)),
    ranking("vector", tuning.vector, neighbours),
    ranking("lexical", tuning.lexical * jarWeight, wordSpots(jars, query, tuning.depth)),
    ranking("vector", tuning.vector * jarWeight, jarNeighbours),
    ranking("name", tuning.name, named),
    ...questionRankings(request, wordedQuestions, similarQuestions, tuning, ranking),
    ...(await companionRankings(request, tuning, ranking, signal)),
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
  const kept = (key: string) => {
    const { set, position = 0 } = places.get(key) ?? {};
    return 1 - tuning.tableLoss * (set?.tableShares[position] ?? 0);
  };
  const fused = fuse(rankings, tuning.fusionConstant, kept);
  const first = new Set(named.map(keyOf));
  const candidates = [
    ...(first.size > 0 ? fused.filter(({ key }) => first.has(key)) : []),
    ...(first.size > 0 ? fused.filter(({ key }) => !first.has(key)) : fused),
  ]
    .slice(0, count + spare)
    .flatMap((item) => {
      const spot = places.get(item.key);
      return spot ? [{ ...spot, item }] : [];
    });
  const found = foldDuplicates(candidates, ({ set, position }) => termSetOf(set, position), count).flatMap(
    ({ item, ...spot }): Found[] => {
      const chunk = spot.set.source.chunks[spot.position];
      if (!chunk) return [];
      const score = first.has(item.key) ? item.score + 1 : item.score;
      const place = joining.placeOf(spot);
      return [{ ...spot, chunk: { ...chunk, ...place }, score, foundBy: joinLegs(reasonsOf(item)) }];
    },
  );
  // Users' questions tell nothing of a document that they were not written for, such as a company's own beside the reference.
  const [best] = found;
  const nearestAsked =
    questions && similarQuestions && best
      ? nearestQuestions(questions, similarQuestions, knownAnchors(questions, best.set))
      : undefined;
  const evidence = evidenceOf({
    query,
    sets,
    others: [...companions.map(({ words }) => words), ...(questions ? [questions.words] : [])],
    found,
    lists: rankings.filter(({ keys, leg }) => keys.length > 0 && leg !== "name"),
    fused: fused.slice(0, evidenceDepth).map(({ key }) => key),
    similarities: vector && tuning.vector > 0 ? neighbours.map(({ similarity }) => similarity) : undefined,
    questionSimilarities: nearestAsked,
    unansweredSimilarity:
      questions && nearestAsked && vector ? nearestUnanswered(questions, vector) : undefined,
    questions: questions &&
      nearestAsked && {
        words: questions.words,
        nearest: wordedQuestions.slice(0, evidenceQuestions),
      },
    named: named.length > 0,
  });
  return { found, evidence };
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
  if (lists.length === 1) return lists[0] ?? [];
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
  { sets, questions }: RetrievalRequest,
  worded: readonly number[],
  similarities: Float64Array | undefined,
  tuning: RetrievalTuning,
  ranking: MakeRanking,
): Ranking[] {
  if (!questions) return [];
  const spots = (anchors: readonly string[]) => anchors.flatMap((anchor) => placesOf(sets, anchor));
  return [
    ranking("question", tuning.questionWords, spots(anchorsAt(questions, worded))),
    ranking(
      "question",
      tuning.questionVectors,
      similarities ? spots(questionsByVector(questions, similarities, tuning.depth)) : [],
    ),
  ];
}

/** The companions are asked as the sets are; the place that each of their passages leads to takes its rank. */
async function companionRankings(
  { query, sets, companions = [], vector }: RetrievalRequest,
  tuning: RetrievalTuning,
  ranking: MakeRanking,
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

/** The first passage of each section that has the anchor. */
function placesOf(sets: readonly IndexedSet[], anchor: string): Spot[] {
  const spots: Spot[] = [];
  for (const set of sets) {
    for (const position of set.sectionsByAnchor.get(anchor) ?? []) spots.push({ set, position });
  }
  return spots;
}

/** Made once for a set: they do not depend on what is asked. */
const anchorsKnown = new WeakMap<IndexedSet, { readonly of: QuestionIndex; readonly known: boolean[] }>();

/** Which of the questions' anchors a set has. */
function knownAnchors(questions: QuestionIndex, set: IndexedSet): readonly boolean[] {
  const made = anchorsKnown.get(set);
  if (made?.of === questions) return made.known;
  const known = questions.anchors.map((anchor) => set.sectionsByAnchor.has(anchor));
  anchorsKnown.set(set, { of: questions, known });
  return known;
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

/** Several lists of one leg are one reason: the best rank, and all that they gave. */
function joinLegs(foundBy: readonly FoundBy[]): FoundBy[] {
  const legs = new Map<Leg, FoundBy>();
  for (const { leg, rank, share } of foundBy) {
    const known = legs.get(leg);
    legs.set(leg, {
      leg,
      rank: Math.min(rank, known?.rank ?? rank),
      share: share + (known?.share ?? 0),
    });
  }
  return [...legs.values()].sort((left, right) => right.share - left.share);
}
