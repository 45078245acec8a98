/** How far several answers to one question agree, by the names that they use of an API. */
import { sharedCount } from "../sharedCount";

/** Mean over pairs of the Jaccard index of the sets of API symbols; `undefined` with fewer than two samples. */
export function agreement(samples: readonly string[]): number | undefined {
  const sets = samples.map(apiSymbols);
  const pairs = sets.flatMap((left, index) => sets.slice(index + 1).map((right) => jaccard(left, right)));
  return pairs.length === 0 ? undefined : pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
}

/** Annotations, types, called methods and dotted property names. */
export function apiSymbols(text: string): ReadonlySet<string> {
  return new Set(
    text.match(/@[A-Za-z]\w*|\b[A-Z]\w*[a-z]\w*\b|\b[a-z]\w*(?=\()|\b[a-z][\w-]*(?:\.[a-z][\w-]*){2,}\b/g) ??
      [],
  );
}

function jaccard(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const shared = sharedCount(left, right);
  const all = left.size + right.size - shared;
  return all === 0 ? 1 : shared / all;
}
