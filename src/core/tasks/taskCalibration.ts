/** What is asked for and told when a model is calibrated on the tasks. */
import { findingPositions } from "../reask/answerAttributes";
import { auroc } from "../calibration/figures/ranking";
import { coverageAt } from "../calibration/figures/coverage";
import type { FitRequest } from "../calibration/fit";
import { fitCalibration } from "../calibration/fit";
import type { LabelledCase } from "../calibration/labelledCase";
import { createPredictor, defaultThreshold } from "../calibration/predict";

export interface TaskCalibrationRequest {
  readonly host: string;
  readonly model: string;
  /** Passed to the server as they are. */
  readonly options?: Readonly<Record<string, number>>;
  /** How many tasks; absent: all. */
  readonly limit?: number;
  /** How many answers the model gives to each task. */
  readonly samples: number;
  /** Further short answers beside each, to see whether they agree; absent: none. */
  readonly agreement?: number;
  /** Forgets the answers of an earlier run. */
  readonly fresh: boolean;
  /** Where the calibration goes; absent: where the editor reads it. */
  readonly out?: string;
}

export interface TaskCalibrationProgress {
  readonly cases: number;
  readonly casesTotal: number;
  readonly right: number;
  /** Absent before the first case of this run. */
  readonly secondsLeft?: number;
  /** What is being worked on, for a person. */
  readonly label: string;
}

export interface TaskCalibrationReport {
  /** Where the calibration is; absent when none could be made, which `why` explains. */
  readonly path?: string;
  readonly why?: string;
  /** The labelled cases, one a line. */
  readonly casesPath: string;
  readonly cases: number;
  readonly right: number;
  /** The model's own answers among them. */
  readonly answers: number;
  readonly answersRight: number;
  /** Cases that could not be labelled. */
  readonly unlabelled: number;
  /** By leaving topics out; absent where there is no calibration. */
  readonly figures?: TaskFigures;
}

export interface TaskFigures {
  /** Over all cases, and over the model's own answers; absent when these are all right or all wrong. */
  readonly auroc?: number;
  readonly answersAuroc?: number;
  /** As `auroc`, without what the checks found: they also made the labels. */
  readonly withoutFindings?: number;
  /** Share of the cases that is admitted at {@link defaultThreshold}, and how many of these are right. */
  readonly admitted: number;
  readonly admittedRight?: number;
}

/** A case of the tasks: the model's own answer, the reference, or a reference that was broken. */
export type TaskVariant = "answer" | "reference" | "broken";

export function variantOf({ id }: Pick<LabelledCase, "id">): TaskVariant {
  const part = id.slice(id.indexOf("/") + 1);
  return part.startsWith("answer") ? "answer" : part.startsWith("broken") ? "broken" : "reference";
}

/** Each topic judged by a fit of all others; `undefined` when one of these cannot be made. */
export function taskFigures(request: FitRequest): TaskFigures | undefined {
  const judged = judgeLeftOut(request);
  const blind = judgeLeftOut({ ...request, cases: request.cases.map(withoutFindings) });
  if (!judged || !blind) return undefined;
  const all = rankingOf(judged);
  const own = rankingOf(judged.filter(({ isAnswer }) => isAnswer));
  const unaided = rankingOf(blind);
  const { coverage, accuracy } = coverageAt(
    judged.map(({ label }) => label),
    judged.map(({ probability }) => probability),
    defaultThreshold,
  );
  return {
    ...(all !== undefined && { auroc: all }),
    ...(own !== undefined && { answersAuroc: own }),
    ...(unaided !== undefined && { withoutFindings: unaided }),
    admitted: coverage,
    ...(accuracy !== undefined && { admittedRight: accuracy }),
  };
}

interface Judged {
  readonly label: 0 | 1;
  readonly probability: number;
  readonly isAnswer: boolean;
}

function judgeLeftOut(request: FitRequest): readonly Judged[] | undefined {
  const judged: Judged[] = [];
  for (const topic of new Set(request.cases.map(({ group }) => group))) {
    const result = fitCalibration({
      ...request,
      cases: request.cases.filter(({ group }) => group !== topic),
    });
    if (result.kind === "refused") return undefined;
    const predictor = createPredictor(result.model);
    for (const each of request.cases.filter(({ group }) => group === topic)) {
      const { probability } = predictor.predict(each.attributes, { exemplars: 0 }) ?? { probability: 0.5 };
      judged.push({ label: each.label, probability, isAnswer: variantOf(each) === "answer" });
    }
  }
  return judged;
}

function withoutFindings(each: LabelledCase): LabelledCase {
  return {
    ...each,
    attributes: each.attributes.map((value, index) => (findingPositions.includes(index) ? null : value)),
  };
}

function rankingOf(judged: readonly Judged[]): number | undefined {
  return auroc(
    judged.map(({ label }) => label),
    judged.map(({ probability }) => probability),
  );
}
