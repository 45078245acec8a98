/** Says whether the documents answer at all, so that nobody is shown a poor passage as if it were an answer. */
export interface Evidence {
  /** Largest cosine of a passage with the query; absent without vectors. */
  readonly bestSimilarity?: number;
  /** Share of the question's words, weighted by rarity, that one of the best passages holds, 0 to 1. */
  readonly coverage: number;
  /** Share of the question's words that the documents (nearly) never use, 0 to 1. */
  readonly rareShare: number;
  /** True when a passage was asked for by its exact name. */
  readonly named: boolean;
}

/**
 * A logistic regression on 113 questions that the 3.2.1 guide answers and 25 that it does not (test/eval/questions/tuning.jsonl and the
 * benchmark's), with 10-fold cross-validation: where one in twenty-five that it answers is refused, 64 of 100 that it does not answer are, with
 * vectors; 30 of 100 without.
 */
const withVectors = { similarity: 9.3, coverage: 2.39, rareShare: -8.26, needed: 2.4 };
const withoutVectors = { coverage: 4.78, rareShare: -10.54, needed: -1.35 };

export function isAnswered({ bestSimilarity, coverage, rareShare, named }: Evidence): boolean {
  if (named) return true;
  if (bestSimilarity === undefined) {
    const { needed, ...weights } = withoutVectors;
    return weights.coverage * coverage + weights.rareShare * rareShare >= needed;
  }
  const { needed, ...weights } = withVectors;
  const sum =
    weights.similarity * bestSimilarity + weights.coverage * coverage + weights.rareShare * rareShare;
  return sum >= needed;
}
