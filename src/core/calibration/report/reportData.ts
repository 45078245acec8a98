import type { CalibrationModel } from "../calibrationModel";
import {
  brier,
  confidenceOf,
  expectedCalibrationError,
  isRight,
  perfectCalibrationError,
  reliability,
  type ReliabilityBin,
} from "../figures/calibrationError";
import { coverageAt, coverageCurve, type CoveragePoint } from "../figures/coverage";
import { auroc } from "../figures/ranking";
import type { Case } from "../labelledCase";
import { createPredictor, type Prediction } from "../predict";
import { fitWordVectors, type WordVectors } from "./meaning";

export interface ReportCase {
  readonly id: string;
  readonly document: string;
  readonly group: string;
  readonly label?: number;
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: string;
  readonly similarity: number;
  readonly distanceShare: number;
  readonly exemplars: readonly {
    readonly label: number;
    readonly document: string;
    readonly distance: number;
  }[];
  readonly moved: readonly (readonly [attribute: string, change: number])[];
}

export interface ReportFigures {
  readonly name: string;
  readonly cases: number;
  readonly auroc?: number;
  readonly brier: number;
  readonly ece: number;
  /** The 90th percentile of the ECE of a perfectly calibrated predictor. */
  readonly perfect: number;
  readonly admitted: number;
  readonly right?: number;
}

/** All that the page shows. */
export interface ReportData {
  readonly attributes: string;
  readonly fittedFor: CalibrationModel["fittedFor"];
  readonly labels: readonly [string, string];
  readonly threshold: number;
  readonly cases: readonly ReportCase[];
  readonly all?: ReportFigures;
  readonly groups: readonly ReportFigures[];
  readonly bins: readonly ReliabilityBin[];
  readonly coverage: readonly CoveragePoint[];
  /** By true label, then by predicted label, then those that cannot be judged. */
  readonly confusion: readonly (readonly [number, number, number])[];
  readonly words: WordVectors;
}

const shownExemplars = 3;
const shownAttributes = 6;

export function reportData(
  model: CalibrationModel,
  cases: readonly (Case & { readonly group: string })[],
  threshold: number,
): ReportData {
  const predictor = createPredictor(model);
  const judged = cases.flatMap((each) => {
    const prediction = predictor.predict(each.attributes, { threshold, exemplars: shownExemplars });
    if (!prediction) return [];
    const moved = predictor.contributions(each.attributes).slice(0, shownAttributes);
    return [{ each, prediction, moved }];
  });
  const known = judged.flatMap(({ each, prediction }) =>
    each.label === undefined ? [] : [{ label: each.label, group: each.group, prediction }],
  );
  const labels = known.map(({ label }) => label);
  const probabilities = known.map(({ prediction }) => prediction.probability);
  const groups = [...new Set(known.map(({ group }) => group))];
  return {
    attributes: model.attributes,
    fittedFor: model.fittedFor,
    labels: [model.labels[0], model.labels[1]],
    threshold,
    cases: judged.map(({ each, prediction, moved }) => ({
      id: each.id,
      document: each.document,
      group: each.group,
      ...(each.label !== undefined && { label: each.label }),
      ...shown(prediction),
      moved: moved.map(({ attribute, change }) => [attribute, Math.round(change * 100) / 100] as const),
    })),
    ...(known.length > 0 && { all: figuresOf("all", known, threshold) }),
    groups: groups.map((name) =>
      figuresOf(
        name,
        known.filter(({ group }) => group === name),
        threshold,
      ),
    ),
    bins: reliability(labels, probabilities),
    coverage: coverageCurve(labels, probabilities),
    confusion: [0, 1].map((label) => confusionRow(known.filter((each) => each.label === label))),
    words: fitWordVectors(judged.map(({ each }) => each.document)),
  };
}

interface Known {
  readonly label: number;
  readonly prediction: Prediction;
}

function figuresOf(name: string, known: readonly Known[], threshold: number): ReportFigures {
  const labels = known.map(({ label }) => label);
  const probabilities = known.map(({ prediction }) => prediction.probability);
  const area = auroc(labels, probabilities);
  const { coverage, accuracy } = coverageAt(labels, probabilities, threshold);
  return {
    name,
    cases: known.length,
    ...(area !== undefined && { auroc: area }),
    brier: brier(labels, probabilities),
    ece: expectedCalibrationError(labels, probabilities),
    perfect: perfectCalibrationError(probabilities, { draws: 300 }),
    admitted: coverage,
    ...(accuracy !== undefined && { right: accuracy }),
  };
}

function confusionRow(known: readonly Known[]): readonly [number, number, number] {
  const judged = known.filter(({ prediction }) => prediction.verdict !== "cannot judge");
  const ones = judged.filter(({ prediction }) => prediction.probability >= 0.5).length;
  return [judged.length - ones, ones, known.length - judged.length];
}

function shown({ probability, interval, verdict, similarity, distanceShare, exemplars }: Prediction) {
  const short = (value: number) => Math.round(value * 1000) / 1000;
  return {
    probability: short(probability),
    low: short(interval.low),
    high: short(interval.high),
    verdict,
    similarity: short(similarity),
    distanceShare: short(distanceShare),
    exemplars: exemplars.map(({ case: { label, document }, distance }) => ({
      label,
      document,
      distance: short(distance),
    })),
  };
}

/** Wrong and sure first: what a person should look at. */
export function mostSurprising(cases: readonly ReportCase[]): readonly ReportCase[] {
  const surprise = ({ label, probability }: ReportCase) =>
    label === undefined ? -1 : (isRight(label, probability) ? 0 : 1) + confidenceOf(probability) / 2;
  return [...cases].sort((a, b) => surprise(b) - surprise(a));
}
