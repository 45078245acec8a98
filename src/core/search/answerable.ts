/** Says whether the documents answer at all, so that nobody is shown a poor passage as if it were an answer. */
export interface Evidence {
  /** Largest cosine of a passage (or a user's question that leads to one) with the query; absent without vectors. */
  readonly bestSimilarity?: number;
  /** Share of the question's weight, by rarity, that the best passage holds, 0 to 1. */
  readonly coverage: number;
  /** True when a passage was asked for by its exact name. */
  readonly named: boolean;
}

export function isAnswered({ bestSimilarity, coverage, named }: Evidence): boolean {
  if (named) return true;
  if (bestSimilarity === undefined) return coverage >= 0.25;
  return bestSimilarity >= 0.3 || coverage >= 0.5;
}
