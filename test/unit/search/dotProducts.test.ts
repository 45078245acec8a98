import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kernelModule } from "../../../scripts/dotKernel.mjs";
import { createRows, rowsOf } from "../../../src/core/search/dotProducts";

const filled = (count: number, width: number) => {
  const rows = createRows(count, width);
  for (let at = 0; at < count * width; at++) rows.values[at] = Math.sin(at * 1.7);
  return rows;
};

// A width that the kernel takes, and one that it does not.
test.each([0, 1, 3, 4, 5, 11].flatMap((count) => [16, 384, 8].map((width) => [count, width] as const)))(
  "of %i rows of %i numbers each sum is the one that adding in order gives",
  (count, width) => {
    const rows = filled(count, width);
    const vector = Float32Array.from({ length: width }, (_, at) => Math.cos(at));
    const products = rows.products(vector);
    expect(products).toHaveLength(count);
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let at = 0; at < width; at++) sum += (rows.values[row * width + at] ?? 0) * (vector[at] ?? 0);
      expect(products[row]).toBeCloseTo(sum, 4);
    }
  },
);

test("equal rows have equal products, wherever they stand", () => {
  const rows = createRows(6, 384);
  const row = Float32Array.from({ length: 384 }, (_, at) => Math.sin(at * 0.3) / 7);
  for (let at = 0; at < 6; at++) rows.values.set(row, at * 384);
  const products = rows.products(Float32Array.from({ length: 384 }, (_, at) => Math.cos(at)));
  expect(new Set(products).size).toBe(1);
});

test("what was asked before does not reach into the next answer", () => {
  const rows = filled(5, 16);
  const [one, other] = [new Float32Array(16).fill(1), new Float32Array(16).fill(-1)];
  const first = rows.products(one);
  rows.products(other);
  expect(first).toEqual(rows.products(one));
});

test("rows are found by a view on one of them", () => {
  const rows = filled(3, 16);
  expect(rowsOf(rows.values.subarray(16, 32))).toBe(rows);
  expect(rowsOf(new Float32Array(16))).toBeUndefined();
});

test("a vector without dimensions has a product of nothing for each row", () => {
  expect([...createRows(2, 0).products([])]).toEqual([0, 0]);
});

test("the kernel is the one that its source gives", async () => {
  expect(readFileSync("src/core/search/dotKernel.ts", "utf8")).toBe(await kernelModule());
});
