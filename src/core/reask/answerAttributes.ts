/**
 * The attribute vector of an answer, `answer-14`, from what a model server, the search and the checks can give. In order:
 *
 * | position | what |
 * |---|---|
 * | 0-3 | `last-position`: yes - no, top - yes, top - no, top - second of the re-ask, divided by 100, clamped to ±2 |
 * | 4, 5 | mean and least log-probability of the answer's tokens, divided by 10 |
 * | 6 | mean entropy of the listed alternatives at each token, in nats |
 * | 7, 8 | mean log-probability of the tokens of code, and of identifiers, divided by 10 |
 * | 9 | agreement of short samples: mean Jaccard index of their sets of API symbols |
 * | 10, 11 | score of the best passage, and its margin to the second |
 * | 12, 13 | findings of the project's checks: errors, and all, each as ln(1 + n) |
 *
 * What was not measured is `null`. Eight further positions (14-21), when present, are a reduced embedding of question and answer:
 * `answer-22`.
 */
import type { AttributeRow } from "../calibration/attributes";
import { lastPositionAttributes, type TokenOdds, type YesNo } from "./yesNo";

/** A token of the answer with the alternatives that the server listed, itself among them. */
export interface AnswerToken extends TokenOdds {
  readonly alternatives: readonly TokenOdds[];
}

export interface AnswerSignals {
  readonly reask?: YesNo;
  readonly tokens?: readonly AnswerToken[];
  /** Further short answers to the same question. */
  readonly samples?: readonly string[];
  /** Scores of the passages, best first. */
  readonly passageScores?: readonly number[];
  readonly findings?: { readonly errors: number; readonly all: number };
  readonly embedding?: readonly number[];
}

const embeddingLength = 8;

export function answerAttributes(signals: AnswerSignals): AttributeRow {
  const { reask, tokens, samples, passageScores, findings, embedding } = signals;
  const code = tokens && codeTokens(tokens);
  return [
    ...(reask ? lastPositionAttributes(reask) : [null, null, null, null]),
    scaled(tokens && mean(tokens.map(({ logprob }) => logprob))),
    scaled(
      tokens && tokens.length > 0
        ? tokens.reduce((least, { logprob }) => Math.min(least, logprob), 0)
        : undefined,
    ),
    (tokens && mean(tokens.map(({ alternatives }) => entropy(alternatives)))) ?? null,
    scaled(code && mean(code.map(({ logprob }) => logprob))),
    scaled(code && mean(code.filter(({ token }) => /[A-Za-z]/.test(token)).map(({ logprob }) => logprob))),
    (samples && agreement(samples)) ?? null,
    passageScores?.[0] ?? null,
    passageScores?.[0] === undefined ? null : passageScores[0] - (passageScores[1] ?? 0),
    findings ? Math.log1p(findings.errors) : null,
    findings ? Math.log1p(findings.all) : null,
    ...(embedding ? reduced(embedding) : []),
  ];
}

/** Tokens inside fences of three backquotes. */
function codeTokens(tokens: readonly AnswerToken[]): readonly AnswerToken[] {
  let inside = false;
  return tokens.filter(({ token }) => {
    if (!token.includes("```")) return inside;
    inside = !inside;
    return false;
  });
}

/** Entropy of the listed alternatives, the rest of the probability taken for one more. */
function entropy(alternatives: readonly TokenOdds[]): number {
  const shares = alternatives.map(({ logprob }) => Math.exp(logprob));
  const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  return [...shares, rest].reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}

/** Mean over pairs of the Jaccard index of the sets of API symbols; `undefined` with fewer than two samples. */
export function agreement(samples: readonly string[]): number | undefined {
  const sets = samples.map(apiSymbols);
  const pairs = sets.flatMap((left, index) =>
    sets.slice(index + 1).map((right) => {
      const union = new Set([...left, ...right]);
      if (union.size === 0) return 1;
      return [...left].filter((symbol) => right.has(symbol)).length / union.size;
    }),
  );
  return mean(pairs);
}

/** Annotations, types, called methods and dotted property names. */
export function apiSymbols(text: string): ReadonlySet<string> {
  return new Set(
    text.match(/@[A-Za-z]\w*|\b[A-Z]\w*[a-z]\w*\b|\b[a-z]\w*(?=\()|\b[a-z][\w-]*(?:\.[a-z][\w-]*){2,}\b/g) ??
      [],
  );
}

/** Means over eighths of the vector, as the tutorials reduce a hidden layer. */
function reduced(embedding: readonly number[]): readonly number[] {
  const part = embedding.length / embeddingLength;
  return Array.from(
    { length: embeddingLength },
    (_, index) => mean(embedding.slice(Math.floor(index * part), Math.floor((index + 1) * part))) ?? 0,
  );
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function scaled(value: number | undefined): number | null {
  return value === undefined ? null : value / 10;
}
