import { expect, test } from "vitest";
import { indexSet } from "../../../src/core/search/indexedSet";
import { neighboursOf } from "../../../src/core/search/neighbours";

const section = (anchor: string, text: string) => ({ anchor, text, headingPath: ["Guide", anchor] });
const chunks = [
  section("pool", "before"),
  section("pool", "found"),
  section("pool", "after"),
  section("banner", "another section"),
].map((chunk, ordinal) => ({ ...chunk, ordinal, document: "Guide" }));
const set = indexSet({
  set: {
    ...{ id: "s", name: "s", origin: "s", documents: 1, passages: 4, embedded: 0, bytes: 0, indexedAt: "" },
    state: "lexical",
  },
  chunks,
  nearest: () => Promise.resolve([]),
});
const positions = (...found: readonly number[]) =>
  neighboursOf(found.map((position) => ({ set, position }))).map(({ position }) => position);

test("what follows comes before what precedes, and the section's border is kept", () => {
  expect(positions(1)).toEqual([2, 0]);
  expect(positions(2)).toEqual([1]);
  expect(positions(3)).toEqual([]);
});

test("a result is no neighbour", () => {
  expect(positions(1, 2)).toEqual([0]);
});
