import { readCaseFile } from "../../adapters/calibration/caseFiles";
import { readModelFile } from "../../adapters/calibration/modelFile";
import { writeFileAtomically } from "../../adapters/store/atomicFile";
import { fitForRow } from "../../core/calibration/calibrationModel";
import { defaultThreshold } from "../../core/calibration/predict";
import { reportData } from "../../core/calibration/report/reportData";
import { reportPage } from "../../core/calibration/report/reportPage";
import type { Command } from "../command";
import { badArgument, neededPath, text } from "../flags";

export const report: Command = {
  operands: "",
  summary:
    "Show in one page what a calibration says of labelled cases: how reliable it is, and case by case.",
  flags: {
    model: { type: "string", value: "M.json", help: "the calibration" },
    input: { type: "string", value: "E.jsonl", help: "cases with attributes; figures need labels" },
    out: { type: "string", value: "R.html", help: "where the page goes" },
    threshold: {
      type: "string",
      value: "T",
      help: `from which confidence on a case is admitted (default: ${defaultThreshold})`,
    },
  },
  async run(parsed, context, signal) {
    const fits = await readModelFile(neededPath("report", parsed, "model", context), signal);
    const input = neededPath("report", parsed, "input", context);
    const out = neededPath("report", parsed, "out", context);
    const threshold = Number(text(parsed, "threshold") ?? defaultThreshold);
    if (!(threshold >= 0.5 && threshold <= 1)) throw badArgument("--threshold takes a number from 0.5 to 1.");
    const { name, cases, malformed } = await readCaseFile(input, signal);
    for (const { line, why } of malformed)
      context.terminal.say(`${input}, line ${line} is passed over: ${why}.`);
    const model = fitForRow(fits, cases[0]?.attributes ?? []);
    if (!model) throw badArgument(`No calibration in the file fits the attributes of ${input}.`);
    const data = reportData(
      model,
      cases.map((each) => ({ ...each, group: each.group ?? name })),
      threshold,
    );
    await writeFileAtomically(out, reportPage(data));
    context.terminal.say(`${data.cases.length} cases shown in ${out}.`);
    return data.cases.length > 0 ? 0 : 1;
  },
};
