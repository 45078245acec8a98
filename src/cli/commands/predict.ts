import { linesOf } from "../../adapters/fileLines";
import { readModelFile } from "../../adapters/calibration/modelFile";
import { writeFileAtomically } from "../../adapters/store/atomicFile";
import { fitForRow, type CalibrationModel } from "../../core/calibration/calibrationModel";
import { readCase } from "../../core/calibration/labelledCase";
import { createPredictor, type Prediction, type Predictor } from "../../core/calibration/predict";
import type { Command } from "../command";
import { neededPath, text, badArgument } from "../flags";

export const predict: Command = {
  operands: "",
  summary: "Say of each case, with a calibration, how likely its label is 1, and when it cannot be judged.",
  flags: {
    model: { type: "string", value: "M.json", help: "the calibration" },
    input: { type: "string", value: "E.jsonl", help: "cases with attributes, one a line" },
    out: { type: "string", value: "P.jsonl", help: "where the predictions go, one a line in the same order" },
    exemplars: {
      type: "string",
      value: "N",
      help: "how many labelled cases to show beside each (default: 3)",
    },
  },
  async run(parsed, context, signal) {
    const fits = await readModelFile(neededPath("predict", parsed, "model", context), signal);
    const input = neededPath("predict", parsed, "input", context);
    const out = neededPath("predict", parsed, "out", context);
    const exemplars = Number(text(parsed, "exemplars") ?? 3);
    if (!Number.isInteger(exemplars) || exemplars < 0 || exemplars > 50)
      throw badArgument("--exemplars takes a whole number from 0 to 50.");
    const predictors = new Map<CalibrationModel, Predictor>(fits.map((fit) => [fit, createPredictor(fit)]));
    const lines: string[] = [];
    let number = 0;
    let outside = 0;
    for await (const line of linesOf(input, signal)) {
      number++;
      if (line.trim() === "") continue;
      const { result, problem } = predictLine(predictors, line, number, exemplars);
      if (problem !== undefined)
        context.terminal.say(`${input}, line ${number} cannot be judged: ${problem}.`);
      if (result.verdict === "cannot judge") outside++;
      lines.push(`${JSON.stringify(result)}\n`);
    }
    await writeFileAtomically(out, lines.join(""));
    context.terminal.say(`${lines.length} predictions in ${out}; ${outside} cases cannot be judged.`);
    return lines.length > 0 ? 0 : 1;
  },
};

/** A line that has nothing to judge by still gets a line: its probability is one half, and the verdict says so. */
function predictLine(
  predictors: ReadonlyMap<CalibrationModel, Predictor>,
  line: string,
  number: number,
  exemplars: number,
) {
  const read = readCase(line);
  if (read.kind === "malformed") return unjudged(`line ${number}`, read.why);
  const { id, attributes } = read.value;
  const fit = fitForRow([...predictors.keys()], attributes);
  const prediction = fit && predictors.get(fit)?.predict(attributes, { exemplars });
  return prediction
    ? { result: resultOf(id, prediction), problem: undefined }
    : unjudged(id, `its ${attributes.length} attributes are not those of the calibration`);
}

function resultOf(id: string, prediction: Prediction) {
  const { probability, interval, verdict, similarity, distance, distanceShare, magnitude, exemplars } =
    prediction;
  return {
    id,
    probability,
    probabilities: { 0: 1 - probability, 1: probability },
    interval: [interval.low, interval.high],
    verdict,
    exemplars: exemplars.map(({ case: { id: of, label, document, group }, distance: apart }) => ({
      id: of,
      label,
      document,
      group,
      distance: apart,
    })),
    similarity,
    distance,
    distanceShare,
    magnitude,
  };
}

function unjudged(id: string, problem: string) {
  const result = {
    id,
    probability: 0.5,
    probabilities: { 0: 0.5, 1: 0.5 },
    interval: [0, 1],
    verdict: "cannot judge" as const,
    exemplars: [],
    problem,
  };
  return { result, problem };
}
