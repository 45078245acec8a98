import { isotonicShares, type ScoreBin } from "./isotonic";

/** Lower and upper probability of label 1. */
export interface ProbabilityInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * Inductive Venn-Abers prediction (Vovk, Petej and Fedorova, "Large-scale probabilistic predictors with and without guarantees of
 * validity", 2015, section 2): the new case joins the calibration cases once with label 0 and once with label 1, and its isotonic shares
 * are the two ends. `bins` in the order of their scores.
 */
export function vennAbers(bins: readonly ScoreBin[], score: number): ProbabilityInterval {
  return { low: shareWith(bins, score, 0), high: shareWith(bins, score, 1) };
}

function shareWith(bins: readonly ScoreBin[], score: number, label: 0 | 1): number {
  const above = bins.findIndex((bin) => bin.score >= score);
  const place = above === -1 ? bins.length : above;
  const equal = bins[place]?.score === score ? bins[place] : undefined;
  const own = { score, cases: (equal?.cases ?? 0) + 1, ones: (equal?.ones ?? 0) + label };
  const joined = [...bins.slice(0, place), own, ...bins.slice(equal ? place + 1 : place)];
  return isotonicShares(joined)[place] ?? 0.5;
}
