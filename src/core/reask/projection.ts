/**
 * A unit vector in a few numbers that keep distances roughly: a random projection with signs for entries (Achlioptas, "Database-friendly
 * random projections", 2003), the same on every machine.
 */
import { createRandom } from "../calibration/learn/random";

export const projectedLength = 4;
const seed = 20_240;

/** Each number is of the size of a vector's component along one direction, times the root of the vector's length. */
export function projected(vector: ArrayLike<number>): readonly number[] {
  const random = createRandom(seed);
  const sums = new Array<number>(projectedLength).fill(0);
  for (const value of Array.from(vector)) {
    for (let row = 0; row < projectedLength; row++)
      sums[row] = (sums[row] ?? 0) + (random() < 0.5 ? -1 : 1) * value;
  }
  return sums;
}
