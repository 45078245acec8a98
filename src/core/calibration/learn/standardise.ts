/** Means and standard deviations of the inputs, weighted; an input that never varies has deviation 1. */
export interface Scale {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

export function fitScale(
  rows: readonly (readonly (number | undefined)[])[],
  weights: readonly number[],
): Scale {
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => {
    let [total, sum, squares] = [0, 0, 0];
    rows.forEach((row, index) => {
      const value = row[column];
      const weight = weights[index] ?? 0;
      if (value === undefined) return;
      total += weight;
      sum += weight * value;
      squares += weight * value * value;
    });
    const mean = total === 0 ? 0 : sum / total;
    const variance = total === 0 ? 0 : squares / total - mean * mean;
    return { mean, deviation: variance > 1e-18 ? Math.sqrt(variance) : 1 };
  });
  return { means: columns.map(({ mean }) => mean), deviations: columns.map(({ deviation }) => deviation) };
}

/** Distance from the mean in standard deviations; what is not known stands at the mean. */
export function standardise(scale: Scale, row: readonly (number | undefined)[]): readonly number[] {
  return scale.means.map((mean, column) => {
    const value = row[column];
    return value === undefined ? 0 : (value - mean) / (scale.deviations[column] ?? 1);
  });
}
