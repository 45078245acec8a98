import { confidenceOf, isRight } from "./calibrationError";

/** What is left, and how much of it is right, when only cases of at least this confidence are admitted. */
export interface CoveragePoint {
  readonly threshold: number;
  readonly admitted: number;
  /** Share of all cases. */
  readonly coverage: number;
  /** Share of the admitted; absent where none is. */
  readonly accuracy?: number;
}

/** Selective prediction at one threshold (El-Yaniv and Wiener, "On the foundations of noise-free selective classification", 2010). */
export function coverageAt(
  labels: readonly number[],
  probabilities: readonly number[],
  threshold: number,
): CoveragePoint {
  let admitted = 0;
  let right = 0;
  probabilities.forEach((probability, index) => {
    if (confidenceOf(probability) < threshold) return;
    admitted++;
    if (isRight(labels[index] ?? 0, probability)) right++;
  });
  return {
    threshold,
    admitted,
    coverage: probabilities.length === 0 ? 0 : admitted / probabilities.length,
    ...(admitted > 0 && { accuracy: right / admitted }),
  };
}

/** From all cases down to the surest. */
export function coverageCurve(
  labels: readonly number[],
  probabilities: readonly number[],
): readonly CoveragePoint[] {
  const thresholds = Array.from({ length: 50 }, (_, index) => 0.5 + index / 100);
  return thresholds.map((threshold) => coverageAt(labels, probabilities, threshold));
}
