/** How many members two sets share. */
export function sharedCount(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  let shared = 0;
  for (const member of small) if (large.has(member)) shared++;
  return shared;
}
