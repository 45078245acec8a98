/** Cases that share a score, or a range of scores: their mean score, how many they are, and how many of them have label 1. */
export interface ScoreBin {
  readonly score: number;
  readonly cases: number;
  readonly ones: number;
}

/** At most `count` bins of about as many cases each, by score; equal scores are never cut apart. */
export function binScores(
  scores: readonly number[],
  labels: readonly number[],
  count: number,
): readonly ScoreBin[] {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const size = Math.max(1, Math.ceil(order.length / count));
  const bins: ScoreBin[] = [];
  for (let start = 0; start < order.length;) {
    let end = Math.min(order.length, start + size);
    while (end < order.length && scores[order[end] ?? 0] === scores[order[end - 1] ?? 0]) end++;
    const members = order.slice(start, end);
    const sum = members.reduce((total, index) => total + (scores[index] ?? 0), 0);
    const ones = members.filter((index) => labels[index] === 1).length;
    bins.push({ score: sum / members.length, cases: members.length, ones });
    start = end;
  }
  return bins;
}

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al., "An empirical distribution function for sampling with incomplete
 * information", 1955; for calibration Zadrozny and Elkan, 2002): the non-decreasing shares of label 1, one a bin.
 */
export function isotonicShares(bins: readonly ScoreBin[]): readonly number[] {
  const blocks: { cases: number; ones: number; bins: number }[] = [];
  for (const { cases, ones } of bins) {
    blocks.push({ cases, ones, bins: 1 });
    for (;;) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (!last || !before || before.ones * last.cases < last.ones * before.cases) break;
      blocks.pop();
      before.cases += last.cases;
      before.ones += last.ones;
      before.bins += last.bins;
    }
  }
  return blocks.flatMap((block) => new Array<number>(block.bins).fill(block.ones / block.cases));
}

/** The share at a score: linear between the bins' scores, constant beyond them. */
export function isotonicProbability(
  bins: readonly ScoreBin[],
  shares: readonly number[],
  score: number,
): number {
  const above = bins.findIndex((bin) => bin.score >= score);
  if (above === -1) return shares.at(-1) ?? 0.5;
  const right = bins[above];
  const left = bins[above - 1];
  const share = shares[above] ?? 0.5;
  if (!left || !right || right.score === left.score) return share;
  const part = (score - left.score) / (right.score - left.score);
  return (shares[above - 1] ?? share) * (1 - part) + share * part;
}
