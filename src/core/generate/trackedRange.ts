/** Keeps a place in a text that others edit meanwhile. */

/** One change of a text, in offsets before the change. */
export interface TextChange {
  readonly start: number;
  readonly removed: number;
  readonly inserted: number;
}

export interface TrackedRange {
  readonly start: number;
  readonly end: number;
  /** True once a change touched the inside of the range: what was selected is no longer there as it was. */
  readonly touched: boolean;
}

/** The range after a change. An insertion right at its start moves it; one right at its end stays outside. */
export function track(range: TrackedRange, change: TextChange): TrackedRange {
  const { start, end, touched } = range;
  const changeEnd = change.start + change.removed;
  const shift = change.inserted - change.removed;
  if (changeEnd <= start) return { start: start + shift, end: end + shift, touched };
  if (change.start >= end) return range;
  const newStart = Math.min(start, change.start);
  return {
    start: newStart,
    end: Math.max(newStart, end + shift, change.start + change.inserted),
    touched: true,
  };
}

/** The one change that turns a text into another: all between what they share at both ends. */
export function changeBetween(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, removed: before.length - start - tail, inserted: after.length - start - tail };
}
