import { expect, test } from "vitest";
import { fuse, reasonsOf } from "../../../src/core/search/fusion";

// 1 / 61 + 1 / 62 for what both lists hold at ranks 1 and 2, 1 / 63 and 1 / 61 alone for the others.
test("sums the weighted reciprocal ranks and says where each item stood", () => {
  const fused = fuse(
    [
      { leg: "words", weight: 1, keys: ["a", "b", "c"] },
      { leg: "vectors", weight: 1, keys: ["d", "a"] },
    ],
    60,
  );
  expect(fused.map(({ key }) => key)).toEqual(["a", "d", "b", "c"]);
  expect(fused[0]?.score).toBeCloseTo(1 / 61 + 1 / 62, 12);
  expect(fused[0] && reasonsOf(fused[0])).toEqual([
    { leg: "words", rank: 1, share: expect.closeTo(62 / 123, 12) as number },
    { leg: "vectors", rank: 2, share: expect.closeTo(61 / 123, 12) as number },
  ]);
});

test("a heavier list wins a tie", () => {
  const fused = fuse(
    [
      { leg: "words", weight: 1, keys: ["a"] },
      { leg: "vectors", weight: 1.5, keys: ["b"] },
    ],
    60,
  );
  expect(fused.map(({ key }) => key)).toEqual(["b", "a"]);
});
