/**
 * The attribute vectors that a calibration can be fitted for, and what the fit sees of them. A file's row keeps its own units (logits and
 * their differences divided by 100, clamped to ±2), so that rows of other tools are read as they are.
 */

import { isPossibleAtLastPosition, isPossibleFull32 } from "./possible";

export interface AttributeSet {
  readonly name: string;
  /** Names of the inputs that the fit sees, in order. */
  readonly inputs: readonly string[];
  /** Inputs of the fit from a row of a file; `undefined` where the row does not fit the set. */
  readonly read: (row: AttributeRow) => readonly (number | undefined)[] | undefined;
  /**
   * Positions of linearly independent inputs, for distances; absent: all. A distance over inputs that are sums of one another counts
   * them twice.
   */
  readonly independent?: readonly number[];
  /** Whether inputs can come from one answer; absent: nothing is known that would rule any out. */
  readonly isPossible?: (inputs: readonly (number | undefined)[]) => boolean;
}

/** `null` where the value is not known. */
export type AttributeRow = readonly (number | null)[];

const eighths = ["1", "2", "3", "4", "5", "6", "7", "8"];
const overPrompt = ["top", "second", "top - second"].flatMap((what) =>
  ["max", "min", "mean"].map((statistic) => `${statistic} of ${what} over the prompt`),
);

/** The 32 attributes of the Reexpress tutorials' re-ask of Mixtral, in their order. */
const full32Names: readonly string[] = [
  ...overPrompt,
  ...eighths.map((eighth) => `average hidden layer ${eighth}/8`),
  ...eighths.map((eighth) => `last hidden layer ${eighth}/8`),
  "top - yes",
  "top - no",
  "top",
  "second",
  "top - second",
  "yes",
  "no",
];

/** All 32 and `yes - no`, which no tree has to put together from two of them. */
const full32: AttributeSet = {
  name: "full-32",
  inputs: [...full32Names, "yes - no"],
  read: (row) => {
    if (row.length !== full32Names.length) return undefined;
    return [...row.map(known), difference(row[30], row[31])];
  },
  independent: [...Array.from({ length: 28 }, (_, index) => index), 29, 32],
  isPossible: isPossibleFull32,
};

/** Differences at the answer's position: a constant added to all logits, as between logits and log-probabilities, changes none. */
export const lastPositionNames = ["yes - no", "top - yes", "top - no", "top - second"] as const;

/** Lengths of rows whose first values are these: the set itself and the attributes of answers. */
const startWithLastPosition = [4, 22];

const lastPosition: AttributeSet = {
  name: "last-position",
  inputs: lastPositionNames,
  read: (row) => {
    if (row.length === full32Names.length)
      return [difference(row[30], row[31]), ...[25, 26, 29].map((index) => known(row[index]))];
    if (!startWithLastPosition.includes(row.length)) return undefined;
    return row.slice(0, lastPositionNames.length).map(known);
  },
  isPossible: isPossibleAtLastPosition,
};

const answerNames: readonly string[] = [
  ...lastPositionNames,
  "mean log-probability",
  "least log-probability",
  "entropy",
  "log-probability of code",
  "log-probability of identifiers",
  "agreement of samples",
  "best passage's score",
  "best passage's margin",
  "errors found",
  "findings",
  ...["question", "answer"].flatMap((what) =>
    [1, 2, 3, 4].map((number) => `embedding of the ${what}, ${number}/4`),
  ),
];

/** What `core/reask/answerAttributes.ts` makes of an answer. */
const answer22: AttributeSet = {
  name: "answer-22",
  inputs: answerNames,
  read: (row) => (row.length === answerNames.length ? row.map(known) : undefined),
  isPossible: isPossibleAtLastPosition,
};

/**
 * The set of that name. `given-N` are rows of N values of which nothing more is known; `undefined` for a name that is none.
 */
export function attributeSet(name: string): AttributeSet | undefined {
  if (name === full32.name) return full32;
  if (name === lastPosition.name) return lastPosition;
  if (name === answer22.name) return answer22;
  const count = Number(/^given-([1-9]\d{0,3})$/.exec(name)?.[1]);
  if (!Number.isInteger(count)) return undefined;
  return {
    name,
    inputs: Array.from({ length: count }, (_, index) => `attribute ${index + 1}`),
    read: (row) => (row.length === count ? row.map(known) : undefined),
  };
}

/** What a row of that length is taken for, unless somebody says otherwise. */
export function attributeSetOfLength(length: number): string {
  if (length === full32Names.length) return full32.name;
  if (length === answerNames.length) return answer22.name;
  return length === lastPositionNames.length ? lastPosition.name : `given-${length}`;
}

function known(value: number | null | undefined): number | undefined {
  return value === null || value === undefined || !Number.isFinite(value) ? undefined : value;
}

function difference(left: number | null | undefined, right: number | null | undefined): number | undefined {
  const [a, b] = [known(left), known(right)];
  return a === undefined || b === undefined ? undefined : a - b;
}
