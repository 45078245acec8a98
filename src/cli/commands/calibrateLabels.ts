/** `docwright calibrate --labels`: the fit anew, from what is known by now. */
import type { CommandContext, ExitCode, ParsedCommand } from "../command";
import { badArgument, model, text } from "../flags";

export async function calibrateLabels(
  parsed: ParsedCommand,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const kind = text(parsed, "kind") ?? "code";
  if (kind !== "code" && kind !== "explanation")
    throw badArgument(`--kind takes code or explanation, not "${kind}".`);
  const { engine, terminal } = context;
  const report = await engine.calibrateLabels({ model: model(parsed, context), kind }, signal);
  const { labels, taskCases, path, why } = report;
  if (path === undefined) {
    terminal.say(`No calibration can be made: ${why ?? "unknown"}.`);
    return 2;
  }
  const more = taskCases > 0 ? ` and ${taskCases} cases of the tasks` : "";
  terminal.say(`Calibration from ${labels} labels${more}, in ${path}.`);
  return 0;
}
