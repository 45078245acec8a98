import { join } from "node:path";
import type { AnswerRequest } from "../../core/answer/answer";
import { wholeFiles } from "../../core/answer/answerFiles";
import type { FindingCounts } from "../../core/reask/answerAttributes";
import type { Checking } from "./checking";

/** A verdict waits no longer for what the checks find; a class path that is read for the first time takes its time. */
const longest = 20_000;

/**
 * What the checks find in the files of an answer; `undefined` where there is no whole file or nothing to check it against. A method for the
 * place of the caret is no file: it is checked where it goes, in the pending change.
 */
export async function answerFindings(
  checking: Pick<Checking, "check">,
  defaultStore: string,
  { request, text }: { readonly request: AnswerRequest; readonly text: string },
  signal: AbortSignal,
): Promise<FindingCounts | undefined> {
  const files = wholeFiles(text);
  const { project, springBootVersion = project?.springBootVersion } = request;
  if (files.length === 0 || springBootVersion === undefined) return undefined;
  const folder = join(project?.directory ?? defaultStore, ".docwright-answer"); // a name only: nothing is written there
  const report = await checking.check(
    {
      files: files.map(({ name, text: code }) => ({ path: join(folder, name), text: code })),
      springBootVersion,
      ...(project && { project: project.directory }),
      offline: true,
      trusted: false,
    },
    () => undefined,
    AbortSignal.any([signal, AbortSignal.timeout(longest)]),
  );
  if (report.notChecked.length > 0) return undefined;
  const levels = report.files.flatMap(({ findings }) => findings.map(({ level }) => level));
  return {
    errors: levels.filter((level) => level === "error").length,
    all: levels.filter((level) => level !== "info").length,
  };
}
