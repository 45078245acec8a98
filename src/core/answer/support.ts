/**
 * How well a passage supports a sentence: the share of the sentence's words and identifiers that the passage has, weighted by how rare
 * they are among the passages, looked at in the best few lines of the passage; what the sentence names and the passage does not know
 * (a property, a class, a version, a number) counts against it.
 */
import { identifierMark, identifierTerm, termsOf } from "../search/terms";

export interface PreparedPassage {
  readonly terms: ReadonlySet<string>;
  readonly windows: readonly PassageWindow[];
  /** What it writes as names and numbers; and with all its words, for a name may stand in its code or its prose. */
  readonly names: ReadonlySet<string>;
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
  /** The same for each proper name. */
  readonly missingName: number;
  /** What remains when one of sentence and window is negated and the other is not. */
  readonly negation: number;
}

/** Measured by `test/eval/citations.mjs`. */
export const supportWeights: SupportWeights = {
  window: 0.85,
  missingFact: 0.4,
  missingName: 0.85,
  negation: 0.7,
};

/** Sentences or lines of a passage that are looked at together; more of them mix what belongs to different things. */
const windowLines = 1;

export function preparePassage(text: string, linesTogether = windowLines): PreparedPassage {
  const lines = text
    .split(/\n|(?<=[.!?:])\s+(?=[A-Z`"(])/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const windows = lines.map((_, index) => {
    const part = lines.slice(index, index + linesTogether).join(" ");
    return { terms: new Set(termsOf(part)), negated: isNegated(part) };
  });
  const terms = new Set(termsOf(text));
  const words = [...terms].map((term) => `\`${term.replace(identifierMark, "")}`);
  const names = new Set(factsOf(text));
  return { terms, windows, names, facts: new Set([...names, ...words]) };
}

export interface SupportQuestion {
  readonly text: string;
  readonly passages: readonly PreparedPassage[];
  /** Identifier terms that need no support, as the person's own code brought them; where a passage has them they count all the same. */
  readonly known?: ReadonlySet<string>;
}

function withoutOwnNames(
  text: string,
  known: ReadonlySet<string>,
  passages: readonly PreparedPassage[],
): string {
  return text.replaceAll(/@?[\p{L}_$][\p{L}\p{N}_$]*(?:[.-][\p{L}\p{N}_$]+)*/gu, (name) => {
    const term = identifierTerm(name);
    const isOwn = known.has(term) && !passages.some((passage) => passage.names.has(`\`${term.slice(1)}`));
    return isOwn ? "x" : name; // a letter is no term, and the marks around it stay paired
  });
}

/** A score from 0 to 1 a passage, in order. */
export function supportScores(
  { text: written, passages, known }: SupportQuestion,
  weights = supportWeights,
): readonly number[] {
  const text = known ? withoutOwnNames(written, known, passages) : written;
  const terms = [...new Set(termsOf(text))];
  const facts = [...new Set(factsOf(text))];
  const names = namesOf(text);
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
    const missingFacts = facts.filter((fact) => !passage.facts.has(fact)).length;
    const missingNames = names.filter((name) => !passage.terms.has(name)).length;
    const base = weights.window * best + (1 - weights.window) * covered(passage.terms);
    return base * weights.missingFact ** missingFacts * weights.missingName ** missingNames;
  });
}

/**
 * Names and numbers that are right or wrong, not similar: dotted, camel-cased and otherwise joined identifiers, annotations, words in
 * code spans, versions and numbers. A word with a hyphen in prose is just a word.
 */
export function factsOf(text: string): string[] {
  const prose = text.replaceAll(/\[\d+\]/g, " ");
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  const plain = prose.replaceAll(/`[^`\n]*`/g, " ").replaceAll(/(?<=\p{L})-(?=\p{L})/gu, " ");
  return [
    ...spans.flatMap((span) => termsOf(span)).map((term) => `\`${term.replace(identifierMark, "")}`),
    ...termsOf(plain).flatMap((term) => (term.startsWith(identifierMark) ? [`\`${term.slice(1)}`] : [])),
    ...[...prose.matchAll(/@([A-Z]\w*)/g)].map(([, name = ""]) => `\`${name.toLowerCase()}`),
    ...[...prose.matchAll(/(?<![\w.-])v?(\d+(?:\.\d+)*)(?:\.x)?(?![\w-])/g)].map(
      ([, number = ""]) => `#${number}`,
    ),
  ];
}

/** Terms of words with a capital letter inside of a sentence, code aside: products, languages, people. */
function namesOf(text: string): readonly string[] {
  const prose = text.replaceAll(/`[^`\n]*`|\b\w+[a-z\d][A-Z]\w*/g, " x ");
  return [...prose.matchAll(/(?<=[\p{L}\d,)] )(\p{Lu}\p{L}{2,})/gu)].flatMap(([, name = ""]) =>
    termsOf(name),
  );
}

/** How much a term counts: the fewer of the passages have it, the more; identifiers more than words. */
export function rarityOf(term: string, passages: readonly PreparedPassage[]): number {
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
