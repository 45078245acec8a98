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
  readonly parts: readonly Part<Leg>[];
}

/** What one list gave to an item; ranks from 1. */
interface Part<Leg extends string> {
  readonly leg: Leg;
  readonly rank: number;
  readonly gain: number;
}

/** Best first. @param factorOf What an item keeps of its sum, 0 to 1. */
export function fuse<Leg extends string>(
  lists: readonly RankedList<Leg>[],
  constant: number,
  factorOf: (key: string) => number = () => 1,
): FusedItem<Leg>[] {
  const items = new Map<string, Part<Leg>[]>();
  for (const { leg, weight, keys } of lists) {
    keys.forEach((key, index) => {
      const rank = index + 1;
      const part = { leg, rank, gain: weight / (constant + rank) };
      const parts = items.get(key);
      if (parts) parts.push(part);
      else items.set(key, [part]);
    });
  }
  return Array.from(items, ([key, parts]) => ({ key, score: sumOf(parts) * factorOf(key), parts })).sort(
    (left, right) => right.score - left.score,
  );
}

/** Where an item stood, the leg that gave most first; with the share of the sum that each gave, 0 to 1. */
export function reasonsOf<Leg extends string>({ parts }: FusedItem<Leg>) {
  const sum = sumOf(parts);
  return parts
    .toSorted((left, right) => right.gain - left.gain)
    .map(({ leg, rank, gain }) => ({ leg, rank, share: gain / sum }));
}

function sumOf(parts: readonly { readonly gain: number }[]): number {
  let sum = 0;
  for (const { gain } of parts) sum += gain;
  return sum;
}
