import { writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { CheckReport, NotChecked } from "../../core/checks/checkReport";
import type { Finding } from "../../core/checks/finding";
import { findingPassages, passageLine } from "../../core/checks/findingPassages";
import { reportMarkdown } from "../../core/checks/reportMarkdown";
import { FailureError } from "../../core/failure";
import type { Passage } from "../../core/search/passage";
import { filesToCheck } from "../checkedFiles";
import type { Command, CommandContext, ExitCode, ParsedCommand } from "../command";
import {
  badArgument,
  isSet,
  jsonFlag,
  path,
  projectFlag,
  springBoot,
  springBootFlag,
  store,
  storeFlag,
} from "../flags";

export const check: Command = {
  operands: "FILE|FOLDER…",
  summary:
    "Check code, properties and build files against the project's own classpath and Spring Boot version.",
  exitCodes: "Exit status: 0 clean, 1 at least one error or warning, 2 could not check, 130 cancelled.",
  flags: {
    project: projectFlag,
    "spring-boot": springBootFlag,
    offline: { type: "boolean", help: "fetch nothing; use what lies on this machine" },
    facts: {
      type: "string",
      value: "FILE",
      help: "facts of your own, JSON as src/core/checks/facts/fact.ts describes it",
    },
    report: {
      type: "string",
      value: "FILE.md",
      help: "also write a report in Markdown, with the passage for each finding",
    },
    store: storeFlag,
    json: jsonFlag,
  },
  async run(parsed, context, signal) {
    if (parsed.positionals.length === 0)
      throw badArgument("docwright check needs at least one FILE or FOLDER.");
    const project = path(parsed, "project", context);
    const factsFile = path(parsed, "facts", context);
    const reportFile = path(parsed, "report", context);
    const given = parsed.positionals.map((name) => ({ name, path: resolve(context.directory, name) }));
    const paths = await filesToCheck(
      given.map((each) => each.path),
      signal,
    );
    const report = await context.engine.check(
      {
        files: paths.map((file) => ({ path: file })),
        ...(factsFile !== undefined && { factsFile }),
        ...(project !== undefined && { project }),
        ...springBoot(parsed),
        offline: isSet(parsed, "offline"),
        // Naming the project is the trust; files alone are judged without running anything of their project.
        trusted: project !== undefined,
      },
      ({ label }) => context.terminal.progress(label),
      signal,
    );
    context.terminal.endProgress();
    // As they were named: a caller finds its own words again.
    const named = new Map(paths.map((full) => [full, nameOf(full, given)]));
    for (const line of report.notChecked.map((each) => notCheckedLine(each, named)))
      context.terminal.say(line);
    context.terminal.answer(isSet(parsed, "json") ? json(report, named) : readable(report, named));
    if (reportFile !== undefined) await writeReport(reportFile, report, { parsed, context, named }, signal);
    return exitCode(report);
  },
};

function nameOf(full: string, given: readonly { readonly name: string; readonly path: string }[]): string {
  const own = given.find((each) => each.path === full);
  if (own) return own.name;
  const folder = given.find((each) => full.startsWith(each.path + sep));
  return folder ? join(folder.name, relative(folder.path, full)) : full;
}

async function writeReport(
  file: string,
  report: CheckReport,
  known: {
    readonly parsed: ParsedCommand;
    readonly context: CommandContext;
    readonly named: ReadonlyMap<string, string>;
  },
  signal: AbortSignal,
): Promise<void> {
  const { parsed, context, named } = known;
  const { engine, terminal } = context;
  const { springBootVersion } = report;
  terminal.progress("Looking for the passages");
  const passages = await findingPassages(
    report.files.flatMap(({ findings }) => findings),
    {
      search: (request, abort) => engine.search(request, abort),
      ...(springBootVersion !== undefined && { springBootVersion }),
      ...store(parsed, context),
    },
    signal,
  ).catch((error: unknown) => {
    if (!(error instanceof FailureError)) throw error;
    terminal.say("The report has no passages: no documents of this version are indexed.");
    return new Map<string, Passage>();
  });
  const title =
    springBootVersion === undefined ? "Checked by Docwright" : `Checked for Spring Boot ${springBootVersion}`;
  const text = reportMarkdown(report, {
    title,
    name: (full) => named.get(full) ?? full,
    passageOf: ({ message }) => {
      const passage = passages.get(message);
      return passage ? passageLine(passage) : "";
    },
  });
  await writeFile(file, text);
  terminal.say(`The report is in ${file}.`);
}

function exitCode({ files, notChecked }: CheckReport): ExitCode {
  if (files.some(({ findings }) => findings.some(({ level }) => level !== "info"))) return 1;
  return notChecked.length > 0 ? 2 : 0;
}

function json({ files, ...rest }: CheckReport, named: ReadonlyMap<string, string>): string {
  const written = files.map(({ path: full, findings }) => ({
    path: named.get(full) ?? full,
    findings: findings.map((finding) => ({ ...finding, path: undefined, fix: finding.fix ?? null })),
  }));
  return `${JSON.stringify({ files: written, ...rest })}\n`;
}

function readable({ files }: CheckReport, named: ReadonlyMap<string, string>): string {
  const lines = files.flatMap(({ path: full, findings }) =>
    findings.map((finding) => `${named.get(full) ?? full}:${findingLine(finding)}\n`),
  );
  return lines.join("");
}

function findingLine({ line, column, level, message, rule, fix, alternatives }: Finding): string {
  const ways = fix ? [fix] : (alternatives ?? []);
  const offered = ways.map(({ title }) => `\n    ${title}`).join("");
  return `${line}:${column}: ${level}: ${message} [${rule}]${offered}`;
}

function notCheckedLine({ path: full, why, remedy }: NotChecked, named: ReadonlyMap<string, string>): string {
  const place = full === undefined ? "" : `${named.get(full) ?? full}: `;
  return `${place}${why}${remedy === undefined ? "" : ` ${remedy}`}`;
}
