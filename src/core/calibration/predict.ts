import { attributeSet, type AttributeRow } from "./attributes";
import type { CalibrationModel, Exemplar } from "./calibrationModel";
import { independentOf } from "./fit";
import { boostedLogOdds } from "./learn/boosting";
import { logOddsOf, probabilityOf } from "./learn/logOdds";
import { plattProbability } from "./learn/platt";
import { standardise } from "./learn/standardise";
import { vennAbers, type ProbabilityInterval } from "./learn/vennAbers";
import { squaredDistance } from "./prototypes";
import { lengthOf, whiten } from "./support";

export type Verdict = "likely right" | "likely wrong" | "unsure" | "cannot judge";

export interface NearCase {
  readonly case: Exemplar;
  /** In standard deviations, in the whitened space of the fit. */
  readonly distance: number;
}

export interface Prediction {
  /** That the label is 1; always a number. */
  readonly probability: number;
  /** From the least to the most sure topic, widened by the Venn-Abers ends; the whole range for a case that cannot be judged. */
  readonly interval: ProbabilityInterval;
  readonly verdict: Verdict;
  /** Reexpress's similarity: the share of the nearest labelled cases (or prototypes) whose label is the one predicted. */
  readonly similarity: number;
  /** Mahalanobis distance to the cases of the fit, and the share of cases of left-out topics that were nearer. */
  readonly distance: number;
  readonly distanceShare: number;
  /** Reexpress's magnitude: the mean log-odds of the trees, before they are scaled. */
  readonly magnitude: number;
  readonly exemplars: readonly NearCase[];
}

/** How much an attribute moved a case: log-odds with it, less log-odds with it at its mean. */
export interface Contribution {
  readonly attribute: string;
  readonly value: number | undefined;
  readonly change: number;
}

export interface PredictOptions {
  /** From which confidence on a case is called likely. */
  readonly threshold?: number;
  readonly exemplars?: number;
}

export interface Predictor {
  /** `undefined` when the row is not of the model's attribute set. */
  predict(row: AttributeRow, options?: PredictOptions): Prediction | undefined;
  /** Strongest first. */
  contributions(row: AttributeRow): readonly Contribution[];
}

export const defaultThreshold = 0.95;
const neighbours = 10;
/** What cannot come from one answer counts as so many times the distance to which cases were seen. */
const impossibleDistance = 3;
const exemplarCount = 5;

export function createPredictor(model: CalibrationModel): Predictor {
  const set = attributeSet(model.attributes);
  if (!set) throw new RangeError(`no attribute set ${model.attributes}`); // a parsed model names one
  const place = (inputs: readonly (number | undefined)[]) =>
    whiten(model.support, independentOf(set, standardise(model.scale, inputs)));
  const fill = (inputs: readonly (number | undefined)[]) =>
    inputs.map((value, column) => value ?? model.scale.means[column] ?? 0);
  const magnitudeOf = (row: readonly number[]) =>
    model.experts.reduce((sum, expert) => sum + boostedLogOdds(expert, row), 0) / model.experts.length;
  const cases = (model.exemplars ?? []).flatMap((each) => {
    const inputs = set.read(each.attributes);
    return inputs ? [{ case: each, point: place(inputs) }] : [];
  });

  function nearest(point: readonly number[], count: number): readonly NearCase[] {
    const distances = cases.map((each) => squaredDistance(each.point, point));
    const kept: number[] = [];
    distances.forEach((distance, index) => {
      if (kept.length === count && distance >= (distances[kept.at(-1) ?? 0] ?? 0)) return;
      const at = kept.findIndex((other) => (distances[other] ?? 0) > distance);
      kept.splice(at === -1 ? kept.length : at, 0, index);
      if (kept.length > count) kept.pop();
    });
    return kept.flatMap((index) => {
      const found = cases[index];
      return found ? [{ case: found.case, distance: Math.sqrt(distances[index] ?? 0) }] : [];
    });
  }

  return {
    predict(attributes, { threshold = defaultThreshold, exemplars = exemplarCount } = {}) {
      const inputs = set.read(attributes);
      if (!inputs) return undefined;
      const magnitude = magnitudeOf(fill(inputs));
      const point = place(inputs);
      const distance = lengthOf(point);
      const isPossible = set.isPossible?.(inputs) ?? true;
      const far = distance / model.distances.limit;
      const beyond = isPossible ? far : Math.max(far, impossibleDistance);
      const isOutside = beyond > 1;
      // Beyond what was seen the trees' signal fades with the square of the distance.
      const byTopic = model.topics.map((topic) => {
        const probability = plattProbability(topic, magnitude);
        return isOutside ? probabilityOf(logOddsOf(probability) / beyond ** 2) : probability;
      });
      const probability = byTopic.reduce((sum, each) => sum + each, 0) / byTopic.length;
      const near = nearest(point, Math.max(exemplars, neighbours));
      const predicted = probability >= 0.5 ? 1 : 0;
      return {
        probability,
        interval: isOutside ? { low: 0, high: 1 } : intervalOf(model, probability, byTopic),
        verdict: isOutside ? "cannot judge" : verdictOf(probability, threshold),
        similarity:
          near.length > 0
            ? near.slice(0, neighbours).filter((each) => each.case.label === predicted).length /
              Math.min(neighbours, near.length)
            : prototypeSimilarity(model, point, predicted),
        distance,
        distanceShare: shareBelow(model.distances.percentiles, distance),
        magnitude,
        exemplars: near.slice(0, exemplars),
      };
    },

    contributions(attributes) {
      const inputs = set.read(attributes);
      if (!inputs) return [];
      const row = fill(inputs);
      const all = magnitudeOf(row);
      return set.inputs
        .map((attribute, column) => ({
          attribute,
          value: inputs[column],
          change: all - magnitudeOf(row.with(column, model.scale.means[column] ?? 0)),
        }))
        .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
    },
  };
}

function verdictOf(probability: number, threshold: number): Verdict {
  if (probability >= threshold) return "likely right";
  return 1 - probability >= threshold ? "likely wrong" : "unsure";
}

function intervalOf(
  { bins }: CalibrationModel,
  probability: number,
  byTopic: readonly number[],
): ProbabilityInterval {
  const { low, high } = vennAbers(bins, probability);
  return {
    low: Math.min(low, probability, ...byTopic),
    high: Math.max(high, probability, ...byTopic),
  };
}

/** Prototypes count by their cases, up to as many as neighbours are asked, the nearest first. */
function prototypeSimilarity(
  { prototypes }: CalibrationModel,
  point: readonly number[],
  predicted: 0 | 1,
): number {
  const [nearest, second] = [...prototypes].sort(
    (a, b) => squaredDistance(a.center, point) - squaredDistance(b.center, point),
  );
  const both = [nearest, second].flatMap((each) => (each ? [each] : []));
  const total = both.reduce((sum, { cases }) => sum + cases, 0);
  const ones = both.reduce((sum, each) => sum + each.ones, 0);
  if (total === 0) return 0.5;
  return (predicted === 1 ? ones : total - ones) / total;
}

function shareBelow(percentiles: readonly number[], distance: number): number {
  const above = percentiles.findIndex((value) => value > distance);
  return above === -1 ? 1 : Math.max(0, above - 1) / (percentiles.length - 1);
}
