/** What stands beside the best results in their sections: a prompt takes it when there is room, since a listing or its explanation often follows. */
import type { IndexedSet } from "./indexedSet";

interface Place {
  readonly set: IndexedSet;
  readonly position: number;
}

/** Results whose neighbours are worth their room. */
const bestResults = 3;

/** The passages after and before each of the best results within the same section, the best result's first; none that is a result itself. */
export function neighboursOf(found: readonly Place[]): readonly Place[] {
  const keyOf = ({ set, position }: Place) => `${set.source.set.id}:${position}`;
  const taken = new Set(found.map(keyOf));
  const neighbours: Place[] = [];
  for (const { set, position } of found.slice(0, bestResults)) {
    for (const beside of [position + 1, position - 1]) {
      const place = { set, position: beside };
      if (set.sections[beside] !== set.sections[position] || taken.has(keyOf(place))) continue;
      taken.add(keyOf(place));
      neighbours.push(place);
    }
  }
  return neighbours;
}
