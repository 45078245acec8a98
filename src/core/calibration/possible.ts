/**
 * Whether attributes can come from one answer at all. Differences of the same few numbers bind each other, whatever was asked: a row that
 * breaks this was put together, garbled or shifted, and nothing that a fit has learnt holds for it. All 6,085 rows of the bench keep these
 * rules to the third digit.
 */

/** In the rows' units, hundredths of a logit: spellings of a word that are summed up may pass the likeliest token by as much. */
const tolerance = 0.02;

type Values = readonly (number | undefined)[];

/** For `yes - no`, `top - yes`, `top - no`, `top - second`. What is not known breaks no rule. */
export function isPossibleAtLastPosition([yesNo, topYes, topNo, topSecond]: Values): boolean {
  if ([topYes, topNo, topSecond].some((value) => value !== undefined && value < -tolerance)) return false;
  if (yesNo === undefined || topYes === undefined || topNo === undefined) return true;
  if (Math.abs(yesNo - (topNo - topYes)) > tolerance) return false;
  // The second is at least as likely as whichever of the two words is not the first; as both, when neither is.
  const isOneFirst = Math.min(topYes, topNo) <= tolerance;
  const most = isOneFirst ? Math.max(topYes, topNo) : Math.min(topYes, topNo);
  return topSecond === undefined || !(topSecond > most + tolerance);
}

/** For the 32 attributes of the tutorials: the last position is one of all, and its differences are those of its logits. */
export function isPossibleFull32(values: Values): boolean {
  const at = (index: number) => values[index] ?? NaN;
  const [topYes, topNo, top, second, difference, yes, no] = [25, 26, 27, 28, 29, 30, 31].map(at);
  const isNear = (left = NaN, right = NaN) => !(Math.abs(left - right) > tolerance);
  const isWithin = (value = NaN, index: number) =>
    !(value > at(index) + tolerance) && !(value < at(index + 1) - tolerance);
  const equalities = [
    [difference, minus(top, second)],
    [topYes, minus(top, yes)],
    [topNo, minus(top, no)],
    [at(8), minus(at(2), at(5))],
  ] as const;
  const ranges = [
    [top, 0],
    [at(2), 0],
    [second, 3],
    [at(5), 3],
    [difference, 6],
    [at(8), 6],
  ] as const;
  return (
    isPossibleAtLastPosition([minus(yes, no), topYes, topNo, difference]) &&
    equalities.every(([left, right]) => isNear(left, right)) &&
    ranges.every(([value, index]) => isWithin(value, index))
  );
}

function minus(left = NaN, right = NaN): number {
  return left - right;
}
