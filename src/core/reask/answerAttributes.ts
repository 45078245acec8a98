/**
 * The attribute vector of an answer, `answer-22`, from what a model server, the search and the checks can give. The set's name is its version:
 * another order or another meaning gets another name. In order:
 *
 * | position | what |
 * |---|---|
 * | 0-3 | `last-position`: yes - no, top - yes, top - no, top - second of the re-ask, divided by 100, clamped to ±2 |
 * | 4, 5 | mean and least log-probability of the answer's tokens, divided by 10 |
 * | 6 | mean entropy of the listed alternatives at each token, in nats |
 * | 7, 8 | mean log-probability of the tokens of code, and of identifiers in it, divided by 10 |
 * | 9 | agreement of short samples: mean Jaccard index of their sets of API symbols |
 * | 10, 11 | score of the best passage, and its margin to the second |
 * | 12, 13 | findings of the project's checks: errors, and all but hints, each as ln(1 + n) |
 * | 14-17, 18-21 | embedding of the question, and of the answer, each projected to four numbers |
 *
 * What was not measured is `null`.
 */
import type { AttributeRow } from "../calibration/attributes";
import { agreement } from "./agreement";
import { projected, projectedLength } from "./projection";
import { tokenFigures, type AnswerToken } from "./answerTokens";
import { lastPositionAttributes, type YesNo } from "./yesNo";

/** Where the findings of the checks stand. */
export const findingPositions: readonly number[] = [12, 13];

/** How many errors the checks found in the answer of these attributes; 0 where they were not asked. */
export function errorsFound(row: AttributeRow): number {
  return Math.round(Math.expm1(row[12] ?? 0));
}

export interface AnswerSignals {
  readonly reask?: YesNo;
  readonly tokens?: readonly AnswerToken[];
  /** Further short answers to the same question, and the beginning of the answer itself. */
  readonly samples?: readonly string[];
  /** Scores of the passages, best first. */
  readonly passageScores?: readonly number[];
  readonly findings?: FindingCounts;
  readonly embeddings?: { readonly question: ArrayLike<number>; readonly answer: ArrayLike<number> };
}

export interface FindingCounts {
  readonly errors: number;
  /** Errors and warnings. */
  readonly all: number;
}

export function answerAttributes(signals: AnswerSignals): AttributeRow {
  const { reask, tokens, samples, passageScores = [], findings, embeddings } = signals;
  const { mean, least, entropy, code, identifiers } = tokenFigures(tokens ?? []);
  const [best, second = 0] = passageScores;
  const unknown = new Array<null>(projectedLength).fill(null);
  return [
    ...(reask ? lastPositionAttributes(reask) : [null, null, null, null]),
    scaled(mean),
    scaled(least),
    entropy ?? null,
    scaled(code),
    scaled(identifiers),
    (samples && agreement(samples)) ?? null,
    best ?? null,
    best === undefined ? null : best - second,
    findings ? Math.log1p(findings.errors) : null,
    findings ? Math.log1p(findings.all) : null,
    ...(embeddings ? projected(embeddings.question) : unknown),
    ...(embeddings ? projected(embeddings.answer) : unknown),
  ];
}

function scaled(value: number | undefined): number | null {
  return value === undefined ? null : value / 10;
}
