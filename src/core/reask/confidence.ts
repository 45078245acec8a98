/** What is shown of how sure an answer is. */
import type { AttributeRow } from "../calibration/attributes";
import { attributeSet } from "../calibration/attributes";
import type { CalibrationModel } from "../calibration/calibrationModel";
import { createPredictor, type Verdict } from "../calibration/predict";
import { isSameModel } from "../models/modelNames";
import { reaskPromptVersion, type ReaskKind } from "./question";
import { rawYes, type YesNo } from "./yesNo";

export type ConfidenceMark = Verdict | "uncalibrated";

/** How an answer is to be asked about again. */
export interface ReaskChoice {
  /** From which confidence on it is called likely. */
  readonly threshold: number;
  /** Whether the verdict is shown whole, not only its mark. */
  readonly open?: boolean;
  /** So many further short answers are asked for, to see whether they agree; absent or 0: none, they cost time. */
  readonly samples?: number;
}

export interface AnswerConfidence {
  readonly open?: boolean;
  readonly mark: ConfidenceMark;
  /** Set when the fit was made from other outputs than this model's: words that say from which. */
  readonly provisional?: string;
  /** What the model said of itself, between yes and no; means nothing before it is calibrated. */
  readonly rawYes: number;
  readonly method: "log-probabilities" | "samples";
  readonly attributes: AttributeRow;
  /** The embedding model that some of the attributes come from. */
  readonly embedder?: string;
  readonly probability?: number;
  /** Ends of the probability's interval. */
  readonly interval?: readonly [number, number];
  /** What speaks for the answer (a positive change of the log-odds) and against it, strongest first. */
  readonly moved: readonly { readonly attribute: string; readonly change: number }[];
  readonly exemplars: readonly { readonly label: string; readonly document: string }[];
  /** Milliseconds that asking again took, and all that was measured beside it, which is under way at the same time. */
  readonly milliseconds: number;
  readonly measuringMilliseconds?: number;
}

export interface Fits {
  /** Made on this machine. */
  readonly own: readonly CalibrationModel[];
  /** Part of the package. */
  readonly shipped: readonly CalibrationModel[];
}

interface ChosenFit {
  readonly fit: CalibrationModel;
  readonly provisional?: string;
}

/**
 * A fit of one's own has to be made for this model, this prompt and this kind of answer. The shipped ones are Mixtral's, on statements: they
 * are taken for Mixtral's explanations, provisionally, and for no code.
 */
export function chooseFit(
  { own, shipped }: Fits,
  {
    model,
    kind,
    row,
    embedder,
  }: {
    readonly model: string;
    readonly kind: ReaskKind;
    readonly row: AttributeRow;
    /** Name of the embedding model of the row, when it has one. */
    readonly embedder?: string;
  },
): ChosenFit | undefined {
  const reads = ({ attributes }: CalibrationModel) => attributeSet(attributes)?.read(row) !== undefined;
  const mine = own.find(
    (fit) =>
      isSameModel(fit.fittedFor.generator, model) &&
      fit.fittedFor.promptVersion === reaskPromptVersion &&
      fit.fittedFor.what === kind &&
      (fit.fittedFor.embedder === undefined || fit.fittedFor.embedder === embedder) &&
      reads(fit),
  );
  if (mine) return { fit: mine };
  if (kind === "code" || !/(?:^|[/:])mixtral/i.test(model)) return undefined;
  const fit = shipped.find(reads);
  return (
    fit && { fit, provisional: `fitted on ${fit.fittedFor.quantisation} Mixtral, ${fit.fittedFor.what}` }
  );
}

const shownReasons = 4;
const shownExemplars = 3;

export function judgeAnswer(
  asked: {
    readonly yesNo: YesNo;
    readonly method: AnswerConfidence["method"];
    readonly attributes: AttributeRow;
    readonly embedder?: string;
    readonly milliseconds: number;
    readonly measuringMilliseconds?: number;
  },
  chosen: ChosenFit | undefined,
  { threshold, open }: ReaskChoice,
): AnswerConfidence {
  const { yesNo, method, attributes, embedder, milliseconds, measuringMilliseconds } = asked;
  const plain = {
    ...(open !== undefined && { open }),
    rawYes: rawYes(yesNo),
    method,
    attributes,
    ...(embedder !== undefined && { embedder }),
    milliseconds: Math.round(milliseconds),
    ...(measuringMilliseconds !== undefined && { measuringMilliseconds: Math.round(measuringMilliseconds) }),
  };
  const predictor = chosen && createPredictor(chosen.fit);
  const prediction = predictor?.predict(attributes, { threshold, exemplars: shownExemplars });
  if (!chosen || !predictor || !prediction)
    return { mark: "uncalibrated", ...plain, moved: [], exemplars: [] };
  const { labels } = chosen.fit;
  return {
    mark: prediction.verdict,
    ...(chosen.provisional !== undefined && { provisional: chosen.provisional }),
    ...plain,
    probability: prediction.probability,
    interval: [prediction.interval.low, prediction.interval.high],
    moved: predictor
      .contributions(attributes)
      .slice(0, shownReasons)
      .map(({ attribute, change }) => ({ attribute, change })),
    exemplars: prediction.exemplars.map(({ case: { label, document } }) => ({
      label: labels[label],
      document,
    })),
  };
}
