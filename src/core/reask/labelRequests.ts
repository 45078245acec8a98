/** What shells ask of the labels, and what they are told. */
import type { AnswerLabel } from "./answerLabel";

/** A label with what the calibration in force makes of the answer; least certain ones are the most worth looking at. */
export interface ReviewedLabel extends AnswerLabel {
  /** Absent where no calibration fits. */
  readonly probability?: number;
}

export interface LabelCalibrationRequest {
  readonly model: string;
  readonly kind: AnswerLabel["kind"];
}

export interface LabelCalibrationReport {
  /** Where the calibration is; absent when none could be made, which `why` explains. */
  readonly path?: string;
  readonly why?: string;
  readonly labels: number;
  /** Cases of an earlier calibration on the tasks that it was made from as well. */
  readonly taskCases: number;
}

/** Least certain first; then what no calibration knows. */
export function byCertainty(labels: readonly ReviewedLabel[]): readonly ReviewedLabel[] {
  const certainty = ({ probability }: ReviewedLabel) =>
    probability === undefined ? 1 : Math.abs(probability - 0.5);
  return [...labels].sort((left, right) => certainty(left) - certainty(right));
}
