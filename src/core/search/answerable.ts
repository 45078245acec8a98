/** Says whether the documents answer at all, so that nobody is shown a poor passage as if it were an answer. */
export interface Evidence {
  /** Largest cosine of a passage with the query; absent without vectors. */
  readonly bestSimilarity?: number;
  /** Largest cosine of a user's question that leads into the documents with the query; absent where no such questions are. */
  readonly questionSimilarity?: number;
  /** Share of the question's words, weighted by rarity, that one of the best passages holds, 0 to 1. */
  readonly coverage: number;
  /** Share of the question's words that the documents (nearly) never use, 0 to 1. */
  readonly rareShare: number;
  /** True when a passage was asked for by its exact name. */
  readonly named: boolean;
}

/**
 * Logistic regressions on 113 questions that the 3.2.1 guide answers and 25 that it does not (test/eval/questions/tuning.jsonl and the
 * benchmark's), by 10-fold cross-validation. Of the questions that it does not answer are refused, where one in 25 that it answers is refused too:
 * 80 of 100 with users' questions, 64 with vectors, 30 with words alone.
 */
const byQuestions = { similarity: 22.3, coverage: 2.4, rareShare: -11.6, needed: 9 };
const byVectors = { similarity: 9.3, coverage: 2.39, rareShare: -8.26, needed: 2.4 };
const byWords = { similarity: 0, coverage: 4.78, rareShare: -10.54, needed: -1.35 };

/** A passage this near answers whatever else is said; the nearest of a question that is not answered was .55. */
const certain = 0.65;

export function isAnswered(evidence: Evidence): boolean {
  const { bestSimilarity, questionSimilarity, coverage, rareShare, named } = evidence;
  if (named || (bestSimilarity ?? 0) >= certain) return true;
  const weights =
    questionSimilarity !== undefined ? byQuestions : bestSimilarity !== undefined ? byVectors : byWords;
  const similarity = questionSimilarity ?? bestSimilarity ?? 0;
  const sum = weights.similarity * similarity + weights.coverage * coverage + weights.rareShare * rareShare;
  return sum >= weights.needed;
}
