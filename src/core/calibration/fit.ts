/**
 * Makes a calibration from labelled cases. Cases come in groups (topics, files): a new case will be of a topic that no fit has seen, so
 * nothing is ever judged by what was fitted on its own group. For each group, trees are grown on all others and asked about it; on these
 * answers each group gets its own Platt scale. A prediction averages the trees' log-odds, then the groups' probabilities: a new topic is
 * taken for one more draw from those seen. That average is less sure than a single scale where topics differ, and it was better than a
 * pooled scale in leaving topics out (`npm run bench:confidence`).
 */
import { attributeSet, type AttributeSet } from "./attributes";
import type { CalibrationModel, FittedFor } from "./calibrationModel";
import { foldsOf, type Fold } from "./folds";
import type { LabelledCase } from "./labelledCase";
import { boostedLogOdds, fitBoosting, type BoostedTrees, type BoostingOptions } from "./learn/boosting";
import { binScores } from "./learn/isotonic";
import { fitPlatt, plattProbability } from "./learn/platt";
import { fitScale, standardise } from "./learn/standardise";
import { findPrototypes } from "./prototypes";
import { fitSupport, lengthOf, whiten } from "./support";

export interface FitRequest {
  readonly cases: readonly LabelledCase[];
  readonly attributes: string;
  readonly fittedFor: FittedFor;
  readonly labels: readonly [string, string];
}

export type FitResult =
  | { readonly kind: "model"; readonly model: CalibrationModel }
  | { readonly kind: "refused"; readonly why: string };

const leastOfEachLabel = 20;
/** Share of cases of a new topic that may pass for unlike anything seen; chosen, not fitted. */
const outsideShare = 0.03;
/** A group's own scale is drawn towards the pooled one as if by about this many cases. */
const towardsPooled = 4;
const prototypeCount = 48;
const binCount = 200;

export const boosting: Omit<BoostingOptions, "leastLeaf"> = {
  rounds: 120,
  depth: 3,
  rate: 0.05,
  penalty: 5,
  columns: 0.5,
  cases: 0.7,
  seed: 1,
};

/** Deterministic: the same cases in the same order give the same model. */
export function fitCalibration({ cases, attributes, fittedFor, labels }: FitRequest): FitResult {
  const set = attributeSet(attributes);
  if (!set) return { kind: "refused", why: `"${attributes}" is no attribute set` };
  const read = cases.flatMap((each) => {
    const inputs = set.read(each.attributes);
    return inputs ? [{ each, inputs }] : [];
  });
  if (read.length < cases.length) {
    return {
      kind: "refused",
      why: `${cases.length - read.length} of ${cases.length} cases have attributes that are not of the set ${set.name}`,
    };
  }
  const truth = cases.map(({ label }) => label);
  const ones = truth.filter((label) => label === 1).length;
  if (Math.min(ones, truth.length - ones) < leastOfEachLabel) {
    return {
      kind: "refused",
      why: `${ones} cases have label 1 and ${truth.length - ones} label 0; at least ${leastOfEachLabel} of each are needed`,
    };
  }
  const folds = foldsOf(cases);
  const scale = fitScale(
    read.map(({ inputs }) => inputs),
    weightsOf(folds, cases.length),
  );
  const rows = read.map(({ inputs }) => inputs.map((value, column) => value ?? scale.means[column] ?? 0));
  const { experts, logOdds } = growExperts(rows, truth, folds);
  const { topics, probabilities } = scaleTopics(logOdds, truth, folds);
  const space = spaceOf(
    set,
    read.map(({ inputs }) => standardise(scale, inputs)),
    truth,
    folds,
  );
  return {
    kind: "model",
    model: {
      format: "docwright-calibration",
      version: 1,
      fittedFor,
      attributes: set.name,
      labels: [...labels],
      groups: folds.map(({ name, members }) => ({
        name,
        cases: members.length,
        ones: members.filter((index) => truth[index] === 1).length,
      })),
      scale,
      experts,
      topics,
      bins: binScores(probabilities, truth, binCount),
      ...space,
      exemplars: cases.map(({ id, label, document, attributes: row, group = "", info }) => ({
        id,
        label,
        document,
        attributes: [...row],
        group,
        ...(info !== undefined && { info }),
      })),
    },
  };
}

/** Each group weighs the same, whatever its size; the weights add up to the number of cases. */
function weightsOf(folds: readonly Fold[], count: number): readonly number[] {
  const total = folds.reduce((sum, { members }) => sum + members.length, 0);
  const weights = new Array<number>(count).fill(0);
  for (const { members } of folds)
    for (const index of members) weights[index] = total / folds.length / members.length;
  return weights;
}

function growExperts(
  rows: readonly (readonly number[])[],
  truth: readonly number[],
  folds: readonly Fold[],
): { readonly experts: BoostedTrees[]; readonly logOdds: readonly number[] } {
  const logOdds = new Array<number>(rows.length).fill(0);
  const experts = folds.map((left) => {
    const others = folds.filter((fold) => fold !== left);
    const weights = weightsOf(others, rows.length);
    const members = others.flatMap((fold) => fold.members);
    const expert = fitBoosting(
      members.map((index) => rows[index] ?? []),
      members.map((index) => truth[index] ?? 0),
      members.map((index) => weights[index] ?? 0),
      { ...boosting, leastLeaf: Math.min(100, Math.max(5, members.length / 50)) },
    );
    const rounded = roundTrees(expert);
    for (const index of left.members) logOdds[index] = boostedLogOdds(rounded, rows[index] ?? []);
    return rounded;
  });
  return { experts, logOdds };
}

/** Six digits are more than the attributes have, and halve the file. */
function roundTrees({ start, trees }: BoostedTrees): BoostedTrees {
  const round = (value: number) => Number(value.toPrecision(6));
  return {
    start: round(start),
    trees: trees.map(({ attributes, thresholds, values }) => ({
      attributes,
      thresholds: thresholds.map(round),
      values: values.map(round),
    })),
  };
}

function scaleTopics(logOdds: readonly number[], truth: readonly number[], folds: readonly Fold[]) {
  const weights = weightsOf(folds, logOdds.length);
  const pooled = fitPlatt(logOdds, truth, weights);
  const topics = folds.map(({ members }) =>
    fitPlatt(
      members.map((index) => logOdds[index] ?? 0),
      members.map((index) => truth[index] ?? 0),
      members.map(() => 1),
      { scale: pooled, penalty: towardsPooled },
    ),
  );
  // A case is scored by the scales of the other groups alone, like a new one.
  const probabilities = new Array<number>(logOdds.length).fill(0.5);
  folds.forEach(({ members }, own) => {
    const others = topics.length > 1 ? topics.filter((_, index) => index !== own) : topics;
    for (const index of members) {
      const sum = others.reduce((total, topic) => total + plattProbability(topic, logOdds[index] ?? 0), 0);
      probabilities[index] = sum / others.length;
    }
  });
  return { topics, probabilities };
}

function spaceOf(
  set: AttributeSet,
  standardised: readonly (readonly number[])[],
  truth: readonly number[],
  folds: readonly Fold[],
) {
  const rows = standardised.map((row) => independentOf(set, row));
  const distances = folds.flatMap((left) => {
    const others = folds.filter((fold) => fold !== left).flatMap(({ members }) => members);
    const support = fitSupport(others.map((index) => rows[index] ?? []));
    return left.members.map((index) => lengthOf(whiten(support, rows[index] ?? [])));
  });
  distances.sort((a, b) => a - b);
  const quantile = (share: number) => distances[Math.floor(share * (distances.length - 1))] ?? 0;
  const support = fitSupport(rows);
  const points = rows.map((row) => whiten(support, row));
  return {
    support: { means: [...support.means], factor: support.factor.map((row) => [...row]) },
    distances: {
      percentiles: Array.from({ length: 21 }, (_, index) => quantile(index / 20)),
      limit: quantile(1 - outsideShare),
    },
    prototypes: findPrototypes(points, truth, prototypeCount).map((each) => ({
      ...each,
      center: [...each.center],
    })),
  };
}

export function independentOf(set: AttributeSet, row: readonly number[]): readonly number[] {
  return set.independent?.map((index) => row[index] ?? 0) ?? row;
}
