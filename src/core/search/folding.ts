/** Leaves out results that say again what a better one says: the same page in another format, or of another patch release. */
import { sharedCount } from "../sharedCount";

/** Share of common terms (Jaccard) from which two passages count as the same. */
export const sameFrom = 0.85;

/** Keeps the order; of near-duplicates the first stays. @param termsOf Different terms of an item's text. */
export function foldDuplicates<T>(
  items: readonly T[],
  termsOf: (item: T) => ReadonlySet<string>,
  count: number,
): T[] {
  const kept: { readonly item: T; readonly terms: ReadonlySet<string> }[] = [];
  for (const item of items) {
    if (kept.length >= count) break;
    const terms = termsOf(item);
    if (!kept.some((other) => likeness(terms, other.terms) >= sameFrom)) kept.push({ item, terms });
  }
  return kept.map(({ item }) => item);
}

function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  if (small.size === 0 || small.size < large.size * sameFrom) return 0;
  const common = sharedCount(small, large);
  return common / (left.size + right.size - common);
}
