/** Small models fall into a loop and repeat the same lines until their room ends; it can be seen, and waiting for it helps nobody. */
export interface RepetitionWatch {
  /** Takes the next piece of the answer; true once the answer's end is nothing but the same text again and again. */
  push(text: string): boolean;
}

const leastRounds = 4;
const leastLength = 400;
const longestPeriod = 500;
const longestUnseen = 100;

/** Code repeats itself too, but not to the letter, and not for so long. */
export function createRepetitionWatch(): RepetitionWatch {
  let tail = "";
  let unseen = 0;
  return {
    push(text) {
      tail = (tail + text).slice(-leastRounds * longestPeriod);
      unseen += text.length;
      // One look a line is enough, or one a while where no line ends.
      if (tail.length < leastLength || (!text.includes("\n") && unseen < longestUnseen)) return false;
      unseen = 0;
      return isPeriodic(tail);
    },
  };
}

function isPeriodic(tail: string): boolean {
  const end = tail.slice(-20);
  for (let from = tail.length - 21; from >= 0; from--) {
    const at = tail.lastIndexOf(end, from);
    if (at < 0) return false;
    const period = tail.length - end.length - at;
    const length = Math.max(period * leastRounds, leastLength);
    if (period > longestPeriod || length > tail.length) return false;
    const last = tail.slice(-length);
    if (last.slice(period) === last.slice(0, -period)) return last.trim() !== "";
    from = at;
  }
  return false;
}
