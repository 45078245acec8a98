/** Joins what two queries of one question found; the first query's own judgement stays. */
import { fuse } from "./fusion";
import type { Found, Retrieval } from "./retrieve";

/** What a rank of the second query counts beside one of the first. */
const secondWeight = 0.3;
const fusionConstant = 5;

/** Sections once each, with the passage, score and reasons of the query that found it first. */
export function joinRetrievals(first: Retrieval, second: Retrieval, count: number): Retrieval {
  const keyOf = ({ set, position }: Found) => `${set.source.set.id}:${set.sections[position] ?? ""}`;
  const byKey = new Map([...second.found, ...first.found].map((each) => [keyOf(each), each]));
  const keys = ({ found }: Retrieval) => [...new Set(found.map(keyOf))];
  const fused = fuse(
    [
      { leg: "question", weight: 1, keys: keys(first) },
      { leg: "draft", weight: secondWeight, keys: keys(second) },
    ],
    fusionConstant,
  );
  const found = fused.slice(0, count).flatMap(({ key }) => byKey.get(key) ?? []);
  // Scores are compared within a reply: they follow the order that was just made.
  let least = Infinity;
  return {
    ...first,
    found: found.map((each) => ({ ...each, score: (least = Math.min(least, each.score)) })),
  };
}
