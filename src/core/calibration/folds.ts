import { createRandom } from "./learn/random";
import type { LabelledCase } from "./labelledCase";

/** Cases that are left out together; `members` are positions. */
export interface Fold {
  readonly name: string;
  readonly members: readonly number[];
}

const mostFolds = 8;
/** Cases without any group are spread over so many folds. */
const foldsWithoutGroups = 5;
/** A smaller group is joined with others: a scale of its own would be noise. */
const leastMembers = 30;

/** One fold a group; many or small groups share one, a single group is cut by chance. */
export function foldsOf(cases: readonly LabelledCase[]): readonly Fold[] {
  const groups = new Map<string, number[]>();
  cases.forEach(({ group = "" }, index) => {
    const members = groups.get(group);
    if (members) members.push(index);
    else groups.set(group, [index]);
  });
  const bySize = [...groups]
    .map(([name, members]) => ({ name, members }))
    .sort((a, b) => b.members.length - a.members.length);
  const large = bySize.filter(({ members }) => members.length >= leastMembers).length;
  if (large < 2 && groups.size < foldsWithoutGroups) return randomFolds(cases.length);
  const folds: { name: string; members: number[] }[] = [];
  const whole = Math.floor(cases.length / leastMembers);
  const count = Math.max(2, Math.min(mostFolds, Math.max(large, whole), bySize.length));
  for (const { name, members } of bySize) {
    const smallest =
      folds.length < count
        ? undefined
        : folds.reduce((a, b) => (a.members.length <= b.members.length ? a : b));
    if (!smallest) folds.push({ name, members: [...members] });
    else {
      smallest.name = `${smallest.name}, ${name}`;
      smallest.members.push(...members);
    }
  }
  return folds;
}

function randomFolds(count: number): readonly Fold[] {
  const random = createRandom(11);
  const folds = Array.from({ length: foldsWithoutGroups }, (_, index) => ({
    name: `part ${index + 1}`,
    members: [] as number[],
  }));
  for (let index = 0; index < count; index++)
    folds[Math.floor(random() * foldsWithoutGroups)]?.members.push(index);
  return folds.filter(({ members }) => members.length > 0);
}
