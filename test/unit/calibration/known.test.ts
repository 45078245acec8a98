/** Against the results of scikit-learn on fixed data: test/fixtures/calibration/make.py makes them. */
import { expect, test } from "vitest";
import {
  brier,
  expectedCalibrationError,
  perfectCalibrationError,
} from "../../../src/core/calibration/figures/calibrationError";
import { auroc } from "../../../src/core/calibration/figures/ranking";
import { boostedLogOdds, fitBoosting } from "../../../src/core/calibration/learn/boosting";
import { binScores, isotonicProbability, isotonicShares } from "../../../src/core/calibration/learn/isotonic";
import { fitLogistic } from "../../../src/core/calibration/learn/logistic";
import { fitPlatt } from "../../../src/core/calibration/learn/platt";
import { vennAbers } from "../../../src/core/calibration/learn/vennAbers";
import { shrunkCovariance } from "../../../src/core/calibration/support";
import known from "../../fixtures/calibration/known.json";

const { rows, labels, scores, probabilities } = known;
const even = labels.map(() => 1);

function expectClose(found: readonly number[], expected: readonly number[], digits: number): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? Number.NaN, digits));
}

test("area under the ROC curve, with ties", () => {
  expect(auroc(labels, scores)).toBeCloseTo(known.auroc, 12);
  expect(auroc([1, 1], [0.2, 0.4])).toBeUndefined();
});

test("Brier score", () => {
  expect(brier(labels, probabilities)).toBeCloseTo(known.brier, 12);
});

test("expected calibration error", () => {
  expect(expectedCalibrationError(labels, probabilities)).toBeCloseTo(known.calibrationError, 12);
});

test("logistic regression with penalty and weights", () => {
  const model = fitLogistic(rows, labels, known.weights, { penalty: 1 / 0.5, interceptPenalty: 0 });
  expectClose([model.intercept, ...model.slopes], [known.logistic.intercept, ...known.logistic.slopes], 5);
});

test("Platt's scale", () => {
  const { slope, intercept } = fitPlatt(scores, labels, even);
  expectClose([intercept, slope], [known.platt.intercept, ...known.platt.slopes], 5);
});

test("isotonic regression", () => {
  const bins = binScores(scores, labels, scores.length);
  const shares = isotonicShares(bins);
  expectClose(
    known.isotonic.at.map((score) => isotonicProbability(bins, shares, score)),
    known.isotonic.shares,
    9,
  );
});

test("Venn-Abers ends", () => {
  const bins = binScores(scores, labels, scores.length);
  known.vennAbers.at.forEach((score, index) => {
    const { low, high } = vennAbers(bins, score);
    expectClose([low, high], known.vennAbers.ends[index] ?? [], 9);
  });
});

test("shrunk covariance", () => {
  const means = (rows[0] ?? []).map(
    (_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length,
  );
  const centered = rows.map((row) => row.map((value, column) => value - (means[column] ?? 0)));
  const covariance = shrunkCovariance(centered, means.length);
  covariance.forEach((row, index) => expectClose(row, known.covariance[index] ?? [], 7));
});

test("boosted trees", () => {
  const trees = fitBoosting(rows, labels, even, {
    rounds: 30,
    depth: 3,
    rate: 0.1,
    penalty: 5,
    leastLeaf: 10,
    columns: 1,
    cases: 1,
    seed: 1,
  });
  expectClose(
    rows.map((row) => boostedLogOdds(trees, row)),
    known.boosting,
    3,
  );
});

test("a perfectly calibrated predictor stays below its own quantile about nine times in ten", () => {
  const sure = Array.from({ length: 300 }, (_, index) => 0.5 + index / 600);
  const limit = perfectCalibrationError(sure, { draws: 500, seed: 3 });
  const median = perfectCalibrationError(sure, { draws: 500, seed: 4, quantile: 0.5 });
  expect(limit).toBeGreaterThan(median);
  expect(limit).toBeCloseTo(perfectCalibrationError(sure, { draws: 500, seed: 9 }), 1);
});
