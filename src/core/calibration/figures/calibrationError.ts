import { createRandom } from "../learn/random";

/** Mean squared distance of probability and label (Brier, "Verification of forecasts expressed in terms of probability", 1950). */
export function brier(labels: readonly number[], probabilities: readonly number[]): number {
  const sum = probabilities.reduce((total, p, index) => total + (p - (labels[index] ?? 0)) ** 2, 0);
  return sum / probabilities.length;
}

/** How sure a probability is, whichever way it points. */
export function confidenceOf(probability: number): number {
  return Math.max(probability, 1 - probability);
}

/** Right means that a probability of at least one half agrees with the label. */
export function isRight(label: number, probability: number): boolean {
  return (probability >= 0.5 ? 1 : 0) === label;
}

/** A bin of a reliability diagram, [from, to). */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly cases: number;
  /** Mean confidence and share of right cases; 0 without cases. */
  readonly confidence: number;
  readonly accuracy: number;
}

const binCount = 10;

/** Ten equal bins of max(p, 1 - p) over [0, 1], as Guo et al. cut them; those below one half stay empty. */
export function reliability(
  labels: readonly number[],
  probabilities: readonly number[],
): readonly ReliabilityBin[] {
  const sums = Array.from({ length: binCount }, () => ({ cases: 0, confidence: 0, right: 0 }));
  probabilities.forEach((probability, index) => {
    const bin = sums[binOf(confidenceOf(probability))];
    if (!bin) return;
    bin.cases++;
    bin.confidence += confidenceOf(probability);
    if (isRight(labels[index] ?? 0, probability)) bin.right++;
  });
  return sums.map(({ cases, confidence, right }, bin) => ({
    from: bin / binCount,
    to: (bin + 1) / binCount,
    cases,
    confidence: cases === 0 ? 0 : confidence / cases,
    accuracy: cases === 0 ? 0 : right / cases,
  }));
}

/**
 * Expected calibration error: the mean over cases of the distance between accuracy and confidence of their bin (Guo et al., "On calibration
 * of modern neural networks", 2017, equation 3).
 */
export function expectedCalibrationError(
  labels: readonly number[],
  probabilities: readonly number[],
): number {
  const bins = reliability(labels, probabilities);
  const sum = bins.reduce(
    (total, { cases, confidence, accuracy }) => total + cases * Math.abs(confidence - accuracy),
    0,
  );
  return sum / probabilities.length;
}

/**
 * The quantile of the ECE that a perfectly calibrated predictor with the same probabilities would show: labels are drawn from them again
 * and again (consistency resampling: Bröcker and Smith, "Increasing the reliability of reliability diagrams", 2007).
 */
export function perfectCalibrationError(
  probabilities: readonly number[],
  { quantile = 0.9, draws = 1000, seed = 1 }: { quantile?: number; draws?: number; seed?: number } = {},
): number {
  const random = createRandom(seed);
  const confidences = probabilities.map(confidenceOf);
  const bins = confidences.map(binOf);
  const errors = Array.from({ length: draws }, () => {
    const gaps = new Float64Array(binCount);
    confidences.forEach((confidence, index) => {
      const bin = bins[index] ?? 0;
      gaps[bin] = (gaps[bin] ?? 0) + confidence - (random() < confidence ? 1 : 0);
    });
    return gaps.reduce((total, gap) => total + Math.abs(gap), 0) / confidences.length;
  }).sort((a, b) => a - b);
  return errors[Math.min(draws - 1, Math.floor(quantile * draws))] ?? 0;
}

function binOf(confidence: number): number {
  return Math.min(binCount - 1, Math.floor(confidence * binCount + 1e-12));
}
