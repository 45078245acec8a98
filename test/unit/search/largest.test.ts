import { expect, test } from "vitest";
import { largest } from "../../../src/core/search/largest";

const scores = Float64Array.from({ length: 500 }, (_, at) => ((at * 7919) % 97) - 20);
/** The same by sorting all. */
const sorted = (above: number) =>
  [...scores.keys()]
    .filter((position) => (scores[position] ?? 0) > above)
    .sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0) || left - right);

test.each([0, 1, 2, 17, 499, 500, 900])("the first %i are those of a sort, earlier ones first", (count) => {
  expect(largest(scores, count)).toEqual(sorted(-Infinity).slice(0, count));
});

test("only what lies above the bound counts, and what is no number never does", () => {
  expect(largest(scores, 500, 0)).toEqual(sorted(0));
  expect(largest(Float64Array.of(1, Number.NaN, -Infinity, 2), 4)).toEqual([3, 0]);
});
