import { readCaseFile, namesLabels, readLabelNamesBeside } from "../../adapters/calibration/caseFiles";
import { writeFileAtomically } from "../../adapters/store/atomicFile";
import { attributeSet, attributeSetOfLength } from "../../core/calibration/attributes";
import { withoutExemplars, type FittedFor } from "../../core/calibration/calibrationModel";
import { fitCalibration } from "../../core/calibration/fit";
import { isLabelled, type LabelledCase } from "../../core/calibration/labelledCase";
import type { Command, CommandContext, ParsedCommand } from "../command";
import { agreementFlag, badArgument, hostFlag, isSet, modelFlag, neededPath, paths, text } from "../flags";
import { calibrateLabels } from "./calibrateLabels";
import { calibrateTasks } from "./calibrateTasks";

export const calibrate: Command = {
  operands: "",
  summary:
    "Make a calibration: of a model's code on the tasks of the package (--tasks), or from labelled cases with attributes.",
  flags: {
    tasks: {
      type: "boolean",
      help: "let the model answer the tasks of the package, label what it wrote by the checks, and calibrate on that; goes on after a stop",
    },
    labels: {
      type: "boolean",
      help: "from the labels that this machine keeps (docwright labels), and the cases of the tasks where there are some; no model is asked",
    },
    kind: { type: "string", value: "KIND", help: "with --labels: code or explanation (default: code)" },
    limit: { type: "string", value: "N", help: "with --tasks: only so many tasks, of many topics" },
    samples: {
      type: "string",
      value: "N",
      help: "with --tasks: how many answers the model gives to each (default: 2)",
    },
    agreement: agreementFlag,
    fresh: { type: "boolean", help: "with --tasks: forget the answers of an earlier run" },
    model: modelFlag,
    host: hostFlag,
    train: {
      type: "string",
      multiple: true,
      value: "A.jsonl…",
      help: "labelled cases to learn from; a file, or the field group, is a topic",
    },
    calibration: {
      type: "string",
      multiple: true,
      value: "B.jsonl…",
      help: "labelled cases of further topics, to calibrate on",
    },
    out: { type: "string", value: "M.json", help: "where the calibration goes" },
    attributes: {
      type: "string",
      value: "SET",
      help: "full-32, last-position or given-N (default: by the rows' length)",
    },
    generator: { type: "string", value: "NAME", help: "the model that was asked again (default: unknown)" },
    quantisation: { type: "string", value: "Q", help: "its quantisation (default: unknown)" },
    "prompt-version": {
      type: "string",
      value: "V",
      help: "version of the re-ask's prompt (default: unknown)",
    },
    what: { type: "string", value: "WHAT", help: "what was judged (default: statements)" },
    "parameters-only": {
      type: "boolean",
      help: "leave the cases out of the file; predictions then show no exemplars",
    },
  },
  async run(parsed, context, signal) {
    if (isSet(parsed, "tasks")) return calibrateTasks(parsed, context, signal);
    if (isSet(parsed, "labels")) return calibrateLabels(parsed, context, signal);
    const out = neededPath("calibrate", parsed, "out", context);
    const files = [...filesOf(parsed, context, "train"), ...filesOf(parsed, context, "calibration")];
    const cases = await readLabelled(files, context, signal);
    const [first] = files;
    const set = text(parsed, "attributes") ?? attributeSetOfLength(cases[0]?.attributes.length ?? 0);
    if (!attributeSet(set))
      throw badArgument(`--attributes knows full-32, last-position and given-N, not "${set}".`);
    const result = fitCalibration({
      cases,
      attributes: set,
      fittedFor: fittedFor(parsed),
      labels: first === undefined ? ["0", "1"] : await readLabelNamesBeside(first, signal),
    });
    if (result.kind === "refused") throw badArgument(`No calibration can be made: ${result.why}.`);
    signal.throwIfAborted();
    const model = isSet(parsed, "parameters-only") ? withoutExemplars(result.model) : result.model;
    await writeFileAtomically(out, `${JSON.stringify(model)}\n`);
    const topics = model.groups.map(({ name, cases: count }) => `${name} (${count})`).join(", ");
    context.terminal.say(
      `Calibration for ${set} from ${cases.length} cases of ${model.groups.length} topics: ${topics}.`,
    );
    context.terminal.say(`Written to ${out}.`);
    return 0;
  },
};

function filesOf(parsed: ParsedCommand, context: CommandContext, flag: string): readonly string[] {
  const files = paths(parsed, flag, context).filter((file) => !namesLabels(file));
  if (files.length === 0)
    throw badArgument(`docwright calibrate needs --${flag} with at least one file of labelled cases.`);
  return files;
}

function fittedFor(parsed: ParsedCommand): FittedFor {
  return {
    generator: text(parsed, "generator") ?? "unknown",
    quantisation: text(parsed, "quantisation") ?? "unknown",
    promptVersion: text(parsed, "prompt-version") ?? "unknown",
    what: text(parsed, "what") ?? "statements",
  };
}

/** All labelled cases; a case that names no group belongs to its file's. What cannot be used is said, file by file. */
async function readLabelled(
  files: readonly string[],
  { terminal }: CommandContext,
  signal: AbortSignal,
): Promise<readonly LabelledCase[]> {
  const cases: LabelledCase[] = [];
  for (const file of new Set(files)) {
    const { name, cases: all, malformed } = await readCaseFile(file, signal);
    for (const { line, why } of malformed) terminal.say(`${file}, line ${line} is passed over: ${why}.`);
    const labelled = all.filter(isLabelled);
    const without = all.length - labelled.length;
    if (without > 0) terminal.say(`${file}: ${without} cases without the label 0 or 1 are passed over.`);
    cases.push(...labelled.map((each) => ({ ...each, group: each.group ?? name })));
  }
  return cases;
}
