/** `generate --check`: what the checks find in an answer, what was mended, and the field guide's sample where that did not help. */
import type { AnswerRequest, AnswerResult } from "../core/answer/answer";
import type { NotChecked } from "../core/checks/checkReport";
import type { Finding } from "../core/checks/finding";
import { proveAnswer } from "../core/checks/repair/proveAnswer";
import type { Mended } from "../core/checks/repair/mend";
import type { SampleOffer } from "../core/engine";
import type { CommandContext, Flag, ParsedCommand } from "./command";
import { isSet, path } from "./flags";
import type { Terminal } from "./terminal";

export const checkFlags = {
  check: {
    type: "boolean",
    help: "check the code against the project (or the starters of --spring-boot), mend it, and print it then",
  },
  "no-repair": { type: "boolean", help: "with --check: mend without asking the model again" },
  offline: { type: "boolean", help: "with --check: fetch nothing" },
} as const satisfies Readonly<Record<string, Flag>>;

export interface Proof {
  /** The answer that is kept. */
  readonly text: string;
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly mended: readonly Mended[];
  /** How often the model was asked to mend it, and which of these answers is kept; 0 is the first. */
  readonly rounds: number;
  readonly kept: number;
  readonly notChecked: readonly NotChecked[];
  /** False when there was nothing to check. */
  readonly hasCode: boolean;
  /** The field guide's own sample, offered where errors are left or there is no code. */
  readonly sample?: SampleOffer;
}

export async function proven(
  request: AnswerRequest,
  result: AnswerResult,
  { parsed, context }: { readonly parsed: ParsedCommand; readonly context: CommandContext },
  signal: AbortSignal,
): Promise<Proof> {
  const { engine, terminal, directory } = context;
  const { project, springBootVersion } = request;
  const named = path(parsed, "project", context);
  const found = await proveAnswer(
    request,
    result.text,
    {
      directory: project?.directory ?? directory,
      about: {
        ...(springBootVersion !== undefined && { springBootVersion }),
        offline: isSet(parsed, "offline"),
        trusted: named !== undefined,
      },
      check: (asked, abort) => engine.check(asked, ({ label }) => terminal.progress(label), abort),
      ...(!isSet(parsed, "no-repair") && {
        answer: (asked: AnswerRequest, abort: AbortSignal) => {
          terminal.progress("The model mends its answer");
          return engine.answer(asked, () => undefined, abort);
        },
      }),
    },
    signal,
  );
  const { best, before, rounds, kept } = found;
  const hasErrors = best.findings.some(({ level }) => level === "error");
  const sample =
    hasErrors || best.blocks.length === 0
      ? await engine.sample(
          {
            instruction: request.instruction,
            ...(springBootVersion !== undefined && { springBootVersion }),
            ...(request.selection?.file !== undefined && { path: request.selection.file }),
          },
          signal,
        )
      : undefined;
  terminal.endProgress();
  return {
    text: best.text,
    before,
    after: best.findings,
    mended: best.mended,
    rounds,
    kept,
    notChecked: best.notChecked,
    hasCode: best.blocks.length > 0,
    ...(sample && { sample }),
  };
}

export function sayProof(proof: Proof, terminal: Terminal): void {
  const { before, after, mended, rounds, kept, notChecked, sample } = proof;
  if (mended.length > 0) {
    terminal.say(`${mended.length} mended: ${mended.map(({ title }) => title).join("; ")}`);
  }
  if (rounds > 0) {
    const told =
      kept > 0 ? `its ${kept === 1 ? "first" : "second"} correction is kept` : "that was no better";
    terminal.say(
      `The model was asked to mend it: ${told} (findings before ${before.length}, now ${after.length}).`,
    );
  }
  for (const { line, level, message, rule } of after)
    terminal.say(`line ${line}: ${level}: ${message} [${rule}]`);
  for (const { why, remedy } of notChecked) terminal.say(remedy === undefined ? why : `${why} ${remedy}`);
  if (!proof.hasCode) terminal.say("There is no code in the answer.");
  else if (after.length === 0 && notChecked.length === 0) terminal.say("Checked: nothing found.");
  if (!sample) return;
  const changes = sample.changes.length > 0 ? ` ${sample.changes.join(" ")}` : "";
  terminal.say(
    `The field guide has a sample of its own, compiled with Spring Boot 3.2: ${sample.title}.${changes}`,
  );
  terminal.say(sample.code);
  for (const { text } of sample.others) terminal.say(`\n${text}`);
}
