/**
 * What the first token of a model's answer to a yes-or-no question tells. A server gives log-probabilities of the likeliest tokens, no
 * logits; differences of the two are the same, so the attributes are differences.
 */

export interface TokenOdds {
  readonly token: string;
  /** Natural logarithm of the probability. */
  readonly logprob: number;
}

export interface YesNo {
  /** Logarithms of the summed probabilities of all spellings. */
  readonly yes: number;
  readonly no: number;
  /** The likeliest and the second likeliest token, whatever they are. */
  readonly top: number;
  readonly second: number;
  /** False when no spelling was among the tokens listed; its value is then the least that was listed, which it cannot exceed. */
  readonly yesListed: boolean;
  readonly noListed: boolean;
}

/** "Yes", " yes", "YES", "▁Yes", "**Yes" are one word. */
export function spelling(token: string): "yes" | "no" | undefined {
  const word = token.replace(/[^\p{L}]/gu, "").toLowerCase();
  return word === "yes" || word === "no" ? word : undefined;
}

/** Reads the list of the likeliest first tokens; `undefined` for an empty one. */
export function readYesNo(listed: readonly TokenOdds[]): YesNo | undefined {
  const sorted = [...listed].sort((a, b) => b.logprob - a.logprob);
  const [first, second = first] = sorted;
  const least = sorted.at(-1);
  if (!first || !second || !least) return undefined;
  const sum = (word: "yes" | "no") => {
    const share = sorted
      .filter(({ token }) => spelling(token) === word)
      .reduce((total, { logprob }) => total + Math.exp(logprob), 0);
    return share > 0 ? Math.log(share) : undefined;
  };
  const [yes, no] = [sum("yes"), sum("no")];
  return {
    yes: yes ?? least.logprob,
    no: no ?? least.logprob,
    top: first.logprob,
    second: second.logprob,
    yesListed: yes !== undefined,
    noListed: no !== undefined,
  };
}

/**
 * For a server that gives no log-probabilities: the question is sampled, and shares of the samples stand for probabilities. One half is
 * added to each count (Krichevsky and Trofimov, "The performance of universal encoding", 1981), so that none is infinite.
 */
export function yesNoFromSamples(samples: readonly string[]): YesNo {
  const count = (word: "yes" | "no" | undefined) =>
    samples.filter((sample) => spelling(sample) === word).length;
  const total = samples.length + 1.5;
  const [yes, no, other] = [count("yes"), count("no"), count(undefined)].map((n) =>
    Math.log((n + 0.5) / total),
  );
  const sorted = [yes ?? 0, no ?? 0, other ?? 0].sort((a, b) => b - a);
  return {
    yes: yes ?? 0,
    no: no ?? 0,
    top: sorted[0] ?? 0,
    second: sorted[1] ?? 0,
    yesListed: count("yes") > 0,
    noListed: count("no") > 0,
  };
}

/** The `last-position` attributes, in the units of the tutorials' files: divided by 100 and clamped to ±2. */
export function lastPositionAttributes({ yes, no, top, second }: YesNo): readonly number[] {
  const unit = (value: number) => Math.min(2, Math.max(-2, value / 100));
  return [unit(yes - no), unit(Math.max(0, top - yes)), unit(Math.max(0, top - no)), unit(top - second)];
}

/** What the model itself says, between yes and no alone; not calibrated. */
export function rawYes({ yes, no }: YesNo): number {
  return 1 / (1 + Math.exp(no - yes));
}
