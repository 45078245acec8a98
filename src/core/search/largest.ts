/**
 * Positions of the `count` largest scores above `above`, best first, the earlier one first where they are equal. A bounded heap keeps a large
 * index from being sorted whole; it lies in two arrays of numbers, because every question asks for it many times.
 */
export function largest(scores: Float64Array, count: number, above = -Infinity): number[] {
  const most = Math.max(0, Math.min(count, scores.length));
  /** The entry that is the first to go is in slot 0, and each comes before those in slots 2n + 1 and 2n + 2. */
  const values = new Float64Array(most);
  const positions = new Uint32Array(most);
  let size = 0;

  const put = (slot: number, value: number, position: number) => {
    values[slot] = value;
    positions[slot] = position;
  };
  const move = (from: number, to: number) => {
    put(to, values[from] ?? 0, positions[from] ?? 0);
  };
  /** Whether what is in a slot goes before another entry: it is smaller, or as large and later. */
  const isWorse = (slot: number, value: number, position: number) => {
    const own = values[slot] ?? 0;
    return own < value || (own === value && (positions[slot] ?? 0) > position);
  };
  /** Fills slot 0, whose entry is gone. */
  const sink = (value: number, position: number) => {
    let slot = 0;
    for (let child = 1; child < size; child = 2 * slot + 1) {
      const right = child + 1;
      if (right < size && isWorse(right, values[child] ?? 0, positions[child] ?? 0)) child = right;
      if (!isWorse(child, value, position)) break;
      move(child, slot);
      slot = child;
    }
    put(slot, value, position);
  };
  const rise = (value: number, position: number) => {
    let slot = size++;
    for (let parent = (slot - 1) >> 1; slot > 0; parent = (slot - 1) >> 1) {
      if (isWorse(parent, value, position)) break;
      move(parent, slot);
      slot = parent;
    }
    put(slot, value, position);
  };

  /** What a score has to be above to come in. */
  let least = most > 0 ? above : Infinity;
  for (let position = 0; position < scores.length; position++) {
    const score = scores[position] ?? 0;
    if (!(score > least)) continue;
    if (size < most) rise(score, position);
    else sink(score, position);
    if (size === most) least = values[0] ?? least;
  }
  const best = new Array<number>(size);
  while (size > 0) {
    best[--size] = positions[0] ?? 0;
    sink(values[size] ?? 0, positions[size] ?? 0);
  }
  return best;
}
