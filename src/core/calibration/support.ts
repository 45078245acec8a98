/**
 * Whether a case is like what a fit has seen. The distance is Mahalanobis' ("On the generalised distance in statistics", 1936) over the
 * standardised inputs with a covariance shrunk as Ledoit and Wolf do ("A well-conditioned estimator for large-dimensional covariance
 * matrices", 2004).
 */
import { cholesky, solveLower } from "./learn/matrix";

export interface Support {
  /** Of the standardised inputs. */
  readonly means: readonly number[];
  /** Cholesky factor of the covariance. */
  readonly factor: readonly (readonly number[])[];
}

export function fitSupport(rows: readonly (readonly number[])[]): Support {
  const width = rows[0]?.length ?? 0;
  const means = Array.from({ length: width }, (_, column) => mean(rows.map((row) => row[column] ?? 0)));
  const centered = rows.map((row) => row.map((value, column) => value - (means[column] ?? 0)));
  return { means, factor: cholesky(shrunkCovariance(centered, width)) };
}

/** The row in a space in which the distance is Euclid's. */
export function whiten({ means, factor }: Support, row: readonly number[]): readonly number[] {
  return solveLower(
    factor,
    row.map((value, column) => value - (means[column] ?? 0)),
  );
}

export function lengthOf(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

/** Ledoit and Wolf's estimator: the sample covariance drawn towards a multiple of the identity, as far as its own noise asks for. */
export function shrunkCovariance(
  centered: readonly (readonly number[])[],
  width: number,
): readonly (readonly number[])[] {
  const count = centered.length;
  const sample = Array.from({ length: width }, () => new Float64Array(width));
  let fourth = 0; // sum over cases of the squared length, squared
  for (const row of centered) {
    let squares = 0;
    for (let left = 0; left < width; left++) {
      const value = row[left] ?? 0;
      squares += value * value;
      const line = sample[left];
      if (!line) continue;
      for (let right = 0; right <= left; right++)
        line[right] = (line[right] ?? 0) + value * (row[right] ?? 0);
    }
    fourth += squares * squares;
  }
  const at = (row: number, column: number) =>
    (sample[Math.max(row, column)]?.[Math.min(row, column)] ?? 0) / count;
  let trace = 0;
  let norm = 0;
  for (let row = 0; row < width; row++) {
    trace += at(row, row);
    for (let column = 0; column < width; column++) norm += at(row, column) ** 2;
  }
  const average = trace / width;
  const spread = norm - width * average * average; // squared distance of the sample from the target
  const noise = (fourth / count - norm) / count;
  const shrinkage = spread <= 0 ? 1 : Math.min(1, Math.max(0, noise / spread));
  return Array.from({ length: width }, (_, row) =>
    Array.from(
      { length: width },
      (__, column) => (1 - shrinkage) * at(row, column) + (row === column ? shrinkage * average + 1e-9 : 0),
    ),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
