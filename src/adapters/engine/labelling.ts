/** Labels of answers, and calibrations made from them: no model is asked again. */
import type { CalibrationModel } from "../../core/calibration/calibrationModel";
import { isLabelled, type Case, type LabelledCase } from "../../core/calibration/labelledCase";
import { createPredictor, type Predictor } from "../../core/calibration/predict";
import { isSameModel } from "../../core/models/modelNames";
import { caseOfLabel, type AnswerLabel } from "../../core/reask/answerLabel";
import { chooseFit, type Fits } from "../../core/reask/confidence";
import {
  byCertainty,
  type LabelCalibrationReport,
  type LabelCalibrationRequest,
  type ReviewedLabel,
} from "../../core/reask/labelRequests";
import { reaskPromptVersion } from "../../core/reask/question";
import { readCaseFile } from "../calibration/caseFiles";
import { openLabelFile } from "../calibration/labelFile";
import { ownFit, ownFitPaths, writeOwnFit } from "../calibration/ownFits";

export interface Labelling {
  label(label: AnswerLabel, signal: AbortSignal): Promise<void>;
  /** Least certain first. */
  labels(signal: AbortSignal): Promise<readonly ReviewedLabel[]>;
  correct(id: string, label: 0 | 1 | undefined, signal: AbortSignal): Promise<void>;
  calibrate(request: LabelCalibrationRequest, signal: AbortSignal): Promise<LabelCalibrationReport>;
}

export interface LabellingProps {
  readonly defaultStore: string;
  readonly fits: (signal: AbortSignal) => Promise<Fits>;
}

export function createLabelling({ defaultStore, fits }: LabellingProps): Labelling {
  const file = openLabelFile(defaultStore);
  return {
    label: (label, signal) => file.add(label, signal),
    correct: (id, label, signal) => file.correct(id, label, signal),

    async labels(signal) {
      const [labels, known] = await Promise.all([file.read(signal), fits(signal)]);
      const predictors = new Map<CalibrationModel, Predictor>();
      return byCertainty(labels.map((label) => reviewed(label, known, predictors)));
    },

    async calibrate({ model, kind }, signal) {
      const labels = (await file.read(signal)).filter(
        (label) =>
          isSameModel(label.model, model) &&
          label.kind === kind &&
          label.promptVersion === reaskPromptVersion,
      );
      const width = labels.at(-1)?.attributes.length ?? 0;
      const fitting = labels.filter(({ attributes }) => attributes.length === width).map(caseOfLabel);
      const paths = ownFitPaths(defaultStore, model, kind, undefined);
      const tasks = kind === "code" ? await taskCases(paths.cases, width, signal) : [];
      const embedder = labels.at(-1)?.embedder;
      const counts = { labels: fitting.length, taskCases: tasks.length };
      if (fitting.length === 0) return { ...counts, why: `there are no labels of ${model}, ${kind}` };
      const fit = ownFit({
        ...{ cases: [...tasks, ...fitting], model, kind, embedder },
        quantisation: "as installed",
      });
      const why = await writeOwnFit(paths.model, fit, signal);
      return why === undefined ? { ...counts, path: paths.model } : { ...counts, why };
    },
  };
}

function reviewed(
  label: AnswerLabel,
  fits: Fits,
  predictors: Map<CalibrationModel, Predictor>,
): ReviewedLabel {
  const { model, kind, attributes: row, embedder } = label;
  const chosen = chooseFit(fits, { model, kind, row, ...(embedder !== undefined && { embedder }) });
  if (!chosen) return label;
  const predictor = predictors.get(chosen.fit) ?? createPredictor(chosen.fit);
  predictors.set(chosen.fit, predictor);
  const prediction = predictor.predict(row, { exemplars: 0 });
  return { ...label, ...(prediction && { probability: prediction.probability }) };
}

/** What an earlier calibration on the tasks was made from, as far as it has the same attributes. */
async function taskCases(path: string, width: number, signal: AbortSignal): Promise<readonly LabelledCase[]> {
  const cases = await readCaseFile(path, signal).then(
    (file) => file.cases,
    (): readonly Case[] => {
      signal.throwIfAborted();
      return [];
    },
  );
  return cases.filter(isLabelled).filter(({ attributes }) => attributes.length === width);
}
