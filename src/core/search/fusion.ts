/**
 * Weighted reciprocal rank fusion (Cormack, Clarke and Buettcher 2009, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank
 * Learning Methods"): an item's score is the sum over the lists of weight / (constant + rank). Only ranks count, so that lists of
 * unlike scores can be joined.
 */
export interface RankedList<Leg extends string> {
  readonly leg: Leg;
  readonly weight: number;
  /** Keys, best first, each once. */
  readonly keys: readonly string[];
}

export interface FusedItem<Leg extends string> {
  readonly key: string;
  readonly score: number;
  /** Where it stood, the leg that gave most first; ranks from 1, and the share of the score that the leg gave, 0 to 1. */
  readonly foundBy: readonly { readonly leg: Leg; readonly rank: number; readonly share: number }[];
}

export function fuse<Leg extends string>(
  lists: readonly RankedList<Leg>[],
  constant: number,
): FusedItem<Leg>[] {
  const items = new Map<string, { leg: Leg; rank: number; gain: number }[]>();
  for (const { leg, weight, keys } of lists) {
    keys.forEach((key, index) => {
      const rank = index + 1;
      const parts = items.get(key) ?? [];
      parts.push({ leg, rank, gain: weight / (constant + rank) });
      items.set(key, parts);
    });
  }
  return [...items]
    .map(([key, parts]) => {
      const score = parts.reduce((sum, { gain }) => sum + gain, 0);
      const foundBy = parts
        .sort((left, right) => right.gain - left.gain)
        .map(({ leg, rank, gain }) => ({ leg, rank, share: gain / score }));
      return { key, score, foundBy };
    })
    .sort((left, right) => right.score - left.score);
}
