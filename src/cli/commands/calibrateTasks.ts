/** `docwright calibrate --tasks`: the engine does the work, the terminal tells of it. */
import { defaultThreshold } from "../../core/calibration/predict";
import type { TaskCalibrationReport } from "../../core/tasks/taskCalibration";
import type { CommandContext, ExitCode, ParsedCommand } from "../command";
import { badArgument, host, isSet, model, path, wholeNumber } from "../flags";
import { timeLeft, type Terminal } from "../terminal";

const forFiles = [
  "train",
  "calibration",
  "attributes",
  "generator",
  "quantisation",
  "prompt-version",
  "what",
];
/** Two answers a task tell more of a model than one, and cost twice the time. */
const usualSamples = 2;

export async function calibrateTasks(
  parsed: ParsedCommand,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const other = forFiles.find((flag) => parsed.flags[flag] !== undefined || parsed.lists?.[flag]);
  if (other !== undefined)
    throw badArgument(`--${other} is for files of labelled cases; --tasks makes its own.`);
  const limit = wholeNumber(parsed, "limit", 10_000);
  const agreement = wholeNumber(parsed, "agreement", 10);
  const out = path(parsed, "out", context);
  const { terminal, engine } = context;
  const report = await engine.calibrateTasks(
    {
      host: host(parsed, context),
      model: model(parsed, context),
      samples: wholeNumber(parsed, "samples", 20) ?? usualSamples,
      fresh: isSet(parsed, "fresh"),
      ...(limit !== undefined && { limit }),
      ...(agreement !== undefined && { agreement }),
      ...(out !== undefined && { out }),
    },
    ({ cases, casesTotal, right, secondsLeft, label }) =>
      terminal.progress(
        `${cases}/${casesTotal} cases, ${right} right${secondsLeft === undefined ? "" : `, ${timeLeft(secondsLeft)} left`}: ${label}`,
      ),
    signal,
  );
  terminal.endProgress();
  tell(report, terminal);
  return report.path === undefined ? 2 : 0;
}

/** The model's own answers are few right ones for a small model; then nothing is claimed of them. */
const leastRight = 20;

function tell(report: TaskCalibrationReport, terminal: Terminal): void {
  const { cases, right, answers, answersRight, unlabelled, casesPath, path: written, why, figures } = report;
  terminal.say(
    `${cases} cases, ${right} of them right; of the model's own ${answers} answers ${answersRight} are right.`,
  );
  if (unlabelled > 0)
    terminal.say(`${unlabelled} cases could not be labelled; the next run tries them again.`);
  terminal.say(`The cases are in ${casesPath}.`);
  if (written === undefined) {
    terminal.say(`No calibration can be made: ${why ?? "unknown"}.`);
    return;
  }
  if (figures) {
    const { auroc, answersAuroc, withoutFindings, admitted, admittedRight } = figures;
    const share = (value: number) => `${Math.round(value * 100)} %`;
    terminal.say(
      `On topics left out: AUROC ${threeDigits(auroc)}, without the findings of the checks ${threeDigits(withoutFindings)}; at ${defaultThreshold} ${share(admitted)} are admitted${admittedRight === undefined ? "" : `, ${share(admittedRight)} of these are right`}.`,
    );
    const measurable = answersRight >= leastRight && answersAuroc !== undefined;
    terminal.say(
      measurable
        ? `Among the model's own answers alone: AUROC ${answersAuroc.toFixed(3)}.`
        : `Among the model's own answers alone: not measurable, with ${answersRight} right ones.`,
    );
  }
  terminal.say(`The calibration is in ${written}; the editor uses it for this model's code.`);
}

function threeDigits(value: number | undefined): string {
  return value?.toFixed(3) ?? "not measurable";
}
