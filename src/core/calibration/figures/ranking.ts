/**
 * Area under the ROC curve: the share of pairs of a 1 and a 0 in which the 1 has the higher score, ties counting half (Hanley and
 * McNeil, "The meaning and use of the area under a receiver operating characteristic curve", 1982). `undefined` without both labels.
 */
export function auroc(labels: readonly number[], scores: readonly number[]): number | undefined {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let ones = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[start] ?? 0]) end++;
    const rank = (start + 1 + end) / 2; // ties share their mean rank
    for (const index of order.slice(start, end)) {
      if (labels[index] !== 1) continue;
      ones++;
      rankSum += rank;
    }
    start = end;
  }
  const zeros = labels.length - ones;
  return ones === 0 || zeros === 0 ? undefined : (rankSum - (ones * (ones + 1)) / 2) / (ones * zeros);
}
