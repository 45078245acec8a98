import type { Passage } from "../search/passage";

/** Reading order: by set, then by the place in it, so that neighbours stand together and the same passages always give the same text. */
export function inReadingOrder(passages: readonly Passage[]): readonly Passage[] {
  return [...passages].sort((left, right) =>
    left.setId === right.setId ? ordinal(left) - ordinal(right) : left.setId < right.setId ? -1 : 1,
  );
}

/** A passage as the prompt holds it, under its number; one that continues the last one does not repeat the heading. */
export function passageText(number: number, passage: Passage, previous: Passage | undefined): string {
  const text = passage.text.trim();
  if (!previous || !continues(previous, passage)) return `[${number}] ${text}`;
  const [heading = "", ...rest] = text.split("\n");
  return heading.trim() === previous.text.trimStart().split("\n")[0]?.trim()
    ? `[${number}] (continued)\n${rest.join("\n").trim()}`
    : `[${number}] ${text}`;
}

export function passagesText(passages: readonly Passage[]): string {
  return passages.map((passage, index) => passageText(index + 1, passage, passages[index - 1])).join("\n\n");
}

function continues(previous: Passage, passage: Passage): boolean {
  return (
    previous.setId === passage.setId &&
    ordinal(passage) === ordinal(previous) + 1 &&
    previous.headingPath.join("\n") === passage.headingPath.join("\n")
  );
}

/** The position in its set, which ends a passage's id. */
function ordinal(passage: Passage): number {
  return Number(passage.id.slice(passage.id.lastIndexOf(":") + 1));
}
