/** Solves A x = b by Cholesky's decomposition; A is symmetric and positive definite, row by row. */
export function solveSymmetric(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): readonly number[] {
  const lower = cholesky(matrix);
  const forward = solveLower(lower, right);
  const size = forward.length;
  const result = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let value = forward[row] ?? 0;
    for (let below = row + 1; below < size; below++) value -= at(lower, below, row) * (result[below] ?? 0);
    result[row] = value / at(lower, row, row);
  }
  return result;
}

/** Lower triangle L of A = L Lᵀ; each row ends at the diagonal. A pivot that rounding made negative is taken for a tiny one. */
export function cholesky(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const lower: number[][] = [];
  for (let row = 0; row < matrix.length; row++) {
    const current: number[] = [];
    for (let column = 0; column <= row; column++) {
      let value = at(matrix, row, column);
      for (let k = 0; k < column; k++)
        value -= (current[k] ?? 0) * (column === row ? (current[k] ?? 0) : at(lower, column, k));
      current.push(column === row ? Math.sqrt(Math.max(value, 1e-12)) : value / at(lower, column, column));
    }
    lower.push(current);
  }
  return lower;
}

/** Solves L x = b for a lower triangle: for the Cholesky factor of a covariance, x is the whitened b. */
export function solveLower(
  lower: readonly (readonly number[])[],
  right: readonly number[],
): readonly number[] {
  const result: number[] = [];
  lower.forEach((row, index) => {
    let value = right[index] ?? 0;
    for (let column = 0; column < index; column++) value -= (row[column] ?? 0) * (result[column] ?? 0);
    result.push(value / (row[index] ?? 1));
  });
  return result;
}

function at(matrix: readonly (readonly number[])[], row: number, column: number): number {
  return matrix[row]?.[column] ?? 0;
}
