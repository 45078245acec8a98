/**
 * Logistic regression by Newton's method (iteratively reweighted least squares: Hastie, Tibshirani and Friedman, "The Elements of
 * Statistical Learning", 2nd edition, section 4.4.1) with an L2 penalty towards given coefficients. With `center` at zero and a penalty
 * of 1/C it minimises what scikit-learn's `LogisticRegression(C=C)` does.
 */
import { probabilityOf } from "./logOdds";
import { solveSymmetric } from "./matrix";

export interface LogisticModel {
  readonly intercept: number;
  readonly slopes: readonly number[];
}

export interface LogisticOptions {
  /** Penalty on the squared distance of the slopes from the center's, halved. */
  readonly penalty: number;
  /** The same for the intercept; 0 leaves it free. */
  readonly interceptPenalty: number;
  readonly center?: LogisticModel;
}

const mostSteps = 60;

export function fitLogistic(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  weights: readonly number[],
  { penalty, interceptPenalty, center }: LogisticOptions,
): LogisticModel {
  const width = (rows[0]?.length ?? 0) + 1;
  const target = Array.from({ length: width }, (_, column) =>
    column === 0 ? (center?.intercept ?? 0) : (center?.slopes[column - 1] ?? 0),
  );
  const strength = (column: number) => (column === 0 ? interceptPenalty : penalty);
  const loss = (candidate: readonly number[]) =>
    candidate.reduce(
      (sum, value, column) => sum + (strength(column) * (value - (target[column] ?? 0)) ** 2) / 2,
      0,
    ) +
    rows.reduce((sum, row, index) => {
      const logOdds = linear(candidate, row);
      const signed = labels[index] === 1 ? logOdds : -logOdds;
      // log(1 + e^-signed) without overflow
      return sum + (weights[index] ?? 1) * (Math.max(0, -signed) + Math.log1p(Math.exp(-Math.abs(signed))));
    }, 0);
  let coefficients = target;
  let current = loss(coefficients);
  for (let step = 0; step < mostSteps; step++) {
    const gradient = coefficients.map((value, column) => strength(column) * ((target[column] ?? 0) - value));
    const hessian = coefficients.map((_, row) =>
      coefficients.map((__, column) => (row === column ? strength(row) + 1e-9 : 0)),
    );
    rows.forEach((row, index) => {
      const probability = probabilityOf(linear(coefficients, row));
      const weight = weights[index] ?? 1;
      addCase(
        gradient,
        hessian,
        row,
        weight * ((labels[index] ?? 0) - probability),
        weight * probability * (1 - probability),
      );
    });
    const change = solveSymmetric(hessian, gradient);
    let factor = 1;
    let next = moved(coefficients, change, factor);
    let nextLoss = loss(next);
    while (nextLoss > current && factor > 1e-4) {
      factor /= 2;
      next = moved(coefficients, change, factor);
      nextLoss = loss(next);
    }
    if (nextLoss > current) break;
    const gained = current - nextLoss;
    coefficients = next;
    current = nextLoss;
    if (gained < 1e-12 * (1 + Math.abs(current))) break;
  }
  const [intercept = 0, ...slopes] = coefficients;
  return { intercept, slopes };
}

export function logisticLogOdds({ intercept, slopes }: LogisticModel, row: readonly number[]): number {
  return linear([intercept, ...slopes], row);
}

function linear(coefficients: readonly number[], row: readonly number[]): number {
  let sum = coefficients[0] ?? 0;
  for (let column = 0; column < row.length; column++)
    sum += (coefficients[column + 1] ?? 0) * (row[column] ?? 0);
  return sum;
}

function moved(from: readonly number[], change: readonly number[], factor: number): number[] {
  return from.map((value, column) => value + factor * (change[column] ?? 0));
}

function addCase(
  gradient: number[],
  hessian: number[][],
  row: readonly number[],
  residual: number,
  curvature: number,
): void {
  for (let left = 0; left <= row.length; left++) {
    const value = left === 0 ? 1 : (row[left - 1] ?? 0);
    gradient[left] = (gradient[left] ?? 0) + residual * value;
    const line = hessian[left];
    if (!line) continue;
    for (let right = 0; right <= row.length; right++)
      line[right] = (line[right] ?? 0) + curvature * value * (right === 0 ? 1 : (row[right - 1] ?? 0));
  }
}
