/** What documents, files, people's selections and obedient models could try; `test/fixtures/attacks` has the words. */
import written from "../fixtures/attacks/attacks.json";

export interface Attack {
  /** Words that may stand anywhere, a code block of an answer, or the name of a file that an answer wants to write. */
  readonly kind: "words" | "code" | "file";
  readonly name: string;
  readonly text: string;
}

interface Written extends Attack {
  /** How often the text is repeated. */
  readonly times?: number;
}

export const attacks: readonly Attack[] = (written as readonly Written[]).map(
  ({ kind, name, text, times = 1 }) => ({ kind, name, text: text.repeat(times) }),
);

export const attacksOf = (...kinds: readonly Attack["kind"][]) =>
  attacks.filter(({ kind }) => kinds.includes(kind)).map(({ name, text }) => [name, text] as const);
