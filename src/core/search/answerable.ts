/** Says whether the documents answer at all, so that nobody is shown a poor passage as if it were an answer. */
import type { Evidence } from "./evidence";
import fitted from "./answerable.json";

/**
 * Logistic regressions over the evidence, one for each kind of search, fitted by `node test/eval/fit/answerable.mjs` on the questions of
 * test/eval/questions/tuning.jsonl alone; the script prints what cross-validation makes of them. `needed` is where one answerable question
 * in 25 is refused.
 */
interface Model {
  readonly weights: Readonly<Partial<Record<FeatureName, number>>>;
  readonly needed: number;
}

/** Words of a question beyond which its length tells no more. */
const longest = 30;

/** What a model may weigh; each lies between about -1 and 1, so that weights can be compared. */
export function featuresOf(evidence: Evidence) {
  const { bestSimilarity = 0, similarityLead = 0, questionSimilarity = 0, questionLead = 0 } = evidence;
  const { unansweredSimilarity = 0, questionCoverage, agreement, coverage, rareCoverage } = evidence;
  const { words, rareShare, unknownShare, unknownNames, unknownApi, laterVersion } = evidence;
  return {
    length: Math.min(1, words / longest),
    bestSimilarity,
    similarityLead,
    questionSimilarity,
    questionLead,
    unansweredSimilarity,
    questionCoverage,
    agreement,
    coverage,
    rareCoverage,
    rareShare,
    unknownShare,
    unknownNames: unknownNames / 3,
    unknownApi: unknownApi / 3,
    laterVersion: laterVersion ? 1 : 0,
  };
}

type FeatureName = keyof ReturnType<typeof featuresOf>;

/** A passage this near answers whatever else is said; the nearest of a question that is not answered was .55. */
const certain = 0.65;

export function isAnswered(evidence: Evidence): boolean {
  if (evidence.named || (evidence.bestSimilarity ?? 0) >= certain) return true;
  const { weights, needed } = modelFor(evidence);
  const features = featuresOf(evidence);
  const sum = Object.entries(features).reduce(
    (total, [name, value]) => total + value * (weights[name as FeatureName] ?? 0),
    0,
  );
  return sum >= needed;
}

function modelFor({ bestSimilarity, questionSimilarity }: Evidence): Model {
  if (questionSimilarity !== undefined) return fitted.questions;
  return bestSimilarity !== undefined ? fitted.vectors : fitted.words;
}
