/**
 * Positions of the `count` largest scores above `above`, best first, the earlier one first where they are equal. A bounded heap keeps a large
 * index from being sorted whole.
 */
export function largest(scores: Float64Array, count: number, above = -Infinity): number[] {
  if (count <= 0) return [];
  const heap: number[] = [];
  const at = (slot: number) => scores[heap[slot] ?? 0] ?? 0;
  /** Whether the entry in one slot comes after the other's: it is the first to go. */
  const isWorse = (left: number, right: number) =>
    at(left) < at(right) || (at(left) === at(right) && (heap[left] ?? 0) > (heap[right] ?? 0));
  const swap = (left: number, right: number) => {
    const kept = heap[left] ?? 0;
    heap[left] = heap[right] ?? 0;
    heap[right] = kept;
  };
  const sink = () => {
    for (let slot = 0; ;) {
      let worst = slot;
      for (let child = 2 * slot + 1; child <= 2 * slot + 2 && child < heap.length; child++)
        if (isWorse(child, worst)) worst = child;
      if (worst === slot) return;
      swap(slot, worst);
      slot = worst;
    }
  };
  /** What a score has to be above to come in. */
  let least = above;
  for (let position = 0; position < scores.length; position++) {
    const score = scores[position] ?? 0;
    if (!(score > least)) continue;
    if (heap.length < count) {
      heap.push(position);
      for (let slot = heap.length - 1; slot > 0 && isWorse(slot, (slot - 1) >> 1); slot = (slot - 1) >> 1) {
        swap(slot, (slot - 1) >> 1);
      }
    } else {
      heap[0] = position;
      sink();
    }
    if (heap.length === count) least = at(0);
  }
  return heap.sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0) || left - right);
}
