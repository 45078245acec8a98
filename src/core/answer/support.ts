/**
 * How well a passage supports a sentence: the share of the sentence's words and identifiers that the passage has, weighted by how rare
 * they are among the passages, looked at in the best few lines of the passage; what the sentence names and the passage does not know
 * (a property, a class, a version, a number) counts against it.
 */
import { identifierMark, termsOf } from "../search/terms";

export interface PreparedPassage {
  readonly terms: ReadonlySet<string>;
  readonly windows: readonly PassageWindow[];
  readonly facts: ReadonlySet<string>;
}

interface PassageWindow {
  readonly terms: ReadonlySet<string>;
  readonly negated: boolean;
}

export interface SupportWeights {
  /** Share of the score that the best window makes; the rest is the whole passage's. */
  readonly window: number;
  /** What remains of the score for each fact of the sentence that the passage does not have. */
  readonly missingFact: number;
  /** What remains when one of sentence and window is negated and the other is not. */
  readonly negation: number;
}

/** Measured by `test/eval/citations.mjs`. */
export const supportWeights: SupportWeights = { window: 0.7, missingFact: 0.6, negation: 0.8 };

/** Lines of a passage that are looked at together. */
const windowLines = 3;

export function preparePassage(text: string): PreparedPassage {
  const lines = text
    .split(/\n|(?<=[.!?:])\s+(?=[A-Z`"(])/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const windows = lines.map((_, index) => {
    const part = lines.slice(index, index + windowLines).join(" ");
    return { terms: new Set(termsOf(part)), negated: isNegated(part) };
  });
  return { terms: new Set(termsOf(text)), windows, facts: new Set(factsOf(text)) };
}

export interface SupportQuestion {
  readonly text: string;
  readonly passages: readonly PreparedPassage[];
  /** Names that need no support, as they are what the person's own code brought; a passage that has them supports them all the same. */
  readonly known?: ReadonlySet<string>;
}

/** A score from 0 to 1 a passage, in order. */
export function supportScores(
  { text, passages, known }: SupportQuestion,
  weights = supportWeights,
): readonly number[] {
  const terms = [...new Set(termsOf(text))].filter(
    (term) => !known?.has(term) || passages.some((passage) => passage.terms.has(term)),
  );
  const facts = [...new Set(factsOf(text))].filter((fact) => !known?.has(fact));
  const negated = isNegated(text);
  const rarity = new Map(terms.map((term) => [term, rarityOf(term, passages)]));
  const total = sum(rarity.values());
  if (terms.length < 2 || total === 0) return passages.map(() => 0);

  const covered = (found: ReadonlySet<string>) =>
    sum(terms.map((term) => (found.has(term) ? (rarity.get(term) ?? 0) : 0))) / total;
  return passages.map((passage) => {
    let best = 0;
    for (const window of passage.windows) {
      const score = covered(window.terms) * (window.negated === negated ? 1 : weights.negation);
      if (score > best) best = score;
    }
    const missing = facts.filter((fact) => !passage.facts.has(fact)).length;
    const base = weights.window * best + (1 - weights.window) * covered(passage.terms);
    return base * weights.missingFact ** missing;
  });
}

/**
 * Names and numbers that are right or wrong, not similar: identifiers of several parts, annotations, code spans of one word, versions
 * and numbers.
 */
export function factsOf(text: string): string[] {
  const prose = text.replaceAll(/\[\d+\]/g, " ");
  return [
    ...termsOf(prose).filter((term) => term.startsWith(identifierMark)),
    ...[...prose.matchAll(/@[A-Z]\w*/g)].map(([name]) => name.toLowerCase()),
    ...[...prose.matchAll(/(?<![\w.-])v?(\d+(?:\.\d+)*)(?:\.x)?(?![\w-])/g)].map(
      ([, number = ""]) => `#${number}`,
    ),
  ];
}

function rarityOf(term: string, passages: readonly PreparedPassage[]): number {
  const having = passages.filter((passage) => passage.terms.has(term)).length;
  const weight = Math.log(1 + (passages.length + 1) / (having + 0.5));
  return term.startsWith(identifierMark) ? weight * 1.5 : weight;
}

function isNegated(text: string): boolean {
  return /\b(not|no longer|never|cannot|without|n't|disabled?|removed|unsupported)\b|n't\b/i.test(text);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
