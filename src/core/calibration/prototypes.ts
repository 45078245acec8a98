/**
 * What the cases of a fit are like, in a few dozen points: a model that is passed on carries these and no case. Found by k-means (Lloyd,
 * "Least squares quantization in PCM", 1982) in the whitened space of the fit's support.
 */
import { createRandom } from "./learn/random";

export interface Prototype {
  readonly center: readonly number[];
  readonly cases: number;
  /** How many of them have label 1. */
  readonly ones: number;
}

const rounds = 8;
/** A point stands for at least so many cases, so that none gives a single case away. */
const leastCases = 20;

export function findPrototypes(
  points: readonly (readonly number[])[],
  labels: readonly number[],
  count: number,
): readonly Prototype[] {
  const random = createRandom(7);
  const wanted = Math.max(1, Math.min(count, Math.floor(points.length / (2 * leastCases))));
  let centers = Array.from({ length: wanted }, () => points[Math.floor(random() * points.length)] ?? []);
  let nearest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    nearest = points.map((point) => nearestOf(centers, point));
    centers = centers.map((center, index) => {
      const own = points.filter((_, at) => nearest[at] === index);
      if (own.length === 0) return center;
      return center.map(
        (_, column) => own.reduce((sum, point) => sum + (point[column] ?? 0), 0) / own.length,
      );
    });
  }
  return centers.flatMap((center, index) => {
    const own = labels.filter((_, at) => nearest[at] === index);
    if (own.length < Math.min(leastCases, points.length)) return [];
    return [{ center, cases: own.length, ones: own.filter((label) => label === 1).length }];
  });
}

export function squaredDistance(left: readonly number[], right: readonly number[]): number {
  let sum = 0;
  for (let column = 0; column < left.length; column++) {
    const difference = (left[column] ?? 0) - (right[column] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

function nearestOf(centers: readonly (readonly number[])[], point: readonly number[]): number {
  let best = 0;
  let least = Infinity;
  centers.forEach((center, index) => {
    const distance = squaredDistance(center, point);
    if (distance >= least) return;
    least = distance;
    best = index;
  });
  return best;
}
