import { expect, test } from "vitest";
import { dotProducts } from "../../../src/core/search/dotProducts";

test.each([0, 1, 3, 4, 5, 11])("of %i rows each sum is the one that adding in order gives", (count) => {
  const width = 7;
  const rows = Float32Array.from({ length: count * width }, (_, at) => Math.sin(at * 1.7));
  const vector = Float32Array.from({ length: width }, (_, at) => Math.cos(at));
  const expected = Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let at = 0; at < width; at++) sum += (rows[row * width + at] ?? 0) * (vector[at] ?? 0);
    return sum;
  });
  expect([...dotProducts(rows, vector)]).toEqual(expected);
});

test("a vector without dimensions has no products", () => {
  expect([...dotProducts(new Float32Array(8), new Float32Array())]).toEqual([]);
});
