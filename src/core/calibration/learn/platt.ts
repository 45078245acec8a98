import { fitLogistic } from "./logistic";
import { probabilityOf } from "./logOdds";

/** Log-odds are `slope * score + intercept` (Platt, "Probabilistic outputs for support vector machines", 1999, equation 1). */
export interface PlattScale {
  readonly slope: number;
  readonly intercept: number;
}

/** No penalty: Platt's own fit, without his smoothing of the targets. */
export function fitPlatt(
  scores: readonly number[],
  labels: readonly number[],
  weights: readonly number[],
  towards?: { readonly scale: PlattScale; readonly penalty: number },
): PlattScale {
  const { intercept, slopes } = fitLogistic(
    scores.map((score) => [score]),
    labels,
    weights,
    {
      penalty: towards?.penalty ?? 1e-6,
      interceptPenalty: towards?.penalty ?? 0,
      center: { intercept: towards?.scale.intercept ?? 0, slopes: [towards?.scale.slope ?? 1] },
    },
  );
  return { slope: slopes[0] ?? 0, intercept };
}

export function plattProbability({ slope, intercept }: PlattScale, score: number): number {
  return probabilityOf(slope * score + intercept);
}
