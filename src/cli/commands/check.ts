import { isAbsolute, resolve } from "node:path";
import type { CheckReport, NotChecked } from "../../core/checks/checkReport";
import type { Finding } from "../../core/checks/finding";
import type { Command, ExitCode } from "../command";
import { badArgument, isSet, jsonFlag, path, projectFlag, springBoot, springBootFlag } from "../flags";

export const check: Command = {
  operands: "FILE…",
  summary:
    "Check code, properties and build files against the project's own classpath and Spring Boot version.",
  exitCodes: "Exit status: 0 clean, 1 at least one error or warning, 2 could not check, 130 cancelled.",
  flags: {
    project: projectFlag,
    "spring-boot": springBootFlag,
    offline: { type: "boolean", help: "fetch nothing; use what lies on this machine" },
    json: jsonFlag,
  },
  async run(parsed, context, signal) {
    if (parsed.positionals.length === 0) throw badArgument("docwright check needs at least one FILE.");
    const project = path(parsed, "project", context);
    const report = await context.engine.check(
      {
        files: parsed.positionals.map((file) => ({
          path: isAbsolute(file) ? file : resolve(context.directory, file),
        })),
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
    const named = new Map(
      report.files.map(({ path: full }, index) => [full, parsed.positionals[index] ?? full]),
    );
    for (const line of report.notChecked.map((each) => notCheckedLine(each, named)))
      context.terminal.say(line);
    context.terminal.answer(isSet(parsed, "json") ? json(report, named) : readable(report, named));
    return exitCode(report);
  },
};

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
