/** A report as Markdown, for a person and for a file that is passed on. */
import { english, type Translate } from "../translate";
import type { CheckReport } from "./checkReport";
import type { Finding } from "./finding";

export interface ReportProps {
  readonly title: string;
  /** What to call a file. */
  readonly name: (path: string) => string;
  /** What the documents say to a finding: a link or a quotation, Markdown; empty for nothing. */
  readonly passageOf?: (finding: Finding) => string;
}

export function reportMarkdown(
  report: CheckReport,
  { title, name, passageOf = () => "" }: ReportProps,
  t: Translate = english,
): string {
  const { files, notChecked, springBootVersion, classpath } = report;
  const found = files.filter(({ findings }) => findings.length > 0);
  const facts = [
    springBootVersion === undefined ? "" : t("Spring Boot {0}.", springBootVersion),
    judgement(report, t),
    classpath ? t("Class path: {0} ({1} jars).", classpath.source, classpath.jars) : "",
    t(
      files.length === 1 ? "{0} file checked, {1} with findings." : "{0} files checked, {1} with findings.",
      files.length,
      found.length,
    ),
  ];
  return [
    `# ${title}`,
    facts.filter((fact) => fact !== "").join(" "),
    ...(notChecked.length === 0
      ? []
      : [
          `## ${t("Could not be checked")}`,
          notChecked
            .map(({ path, why, remedy }) =>
              `- ${path === undefined ? "" : `${code(name(path))}: `}${why} ${remedy ?? ""}`.trimEnd(),
            )
            .join("\n"),
        ]),
    ...found.flatMap(({ path, findings }) => [
      `## ${code(name(path))}`,
      findings.map((finding) => item(finding, passageOf(finding), t)).join("\n"),
    ]),
    ...(found.length === 0 && notChecked.length === 0 ? [t("Nothing was found.")] : []),
    "",
  ].join("\n\n");
}

function judgement({ judgedBy }: CheckReport, t: Translate): string {
  switch (judgedBy) {
    case "compiler":
      return t("Compiled with the JDK's own compiler.");
    case "class-files":
      return t("Imports and types were looked up in the jars; nothing was compiled.");
    case "nothing":
      return "";
  }
}

function item(
  { line, level, message, rule, fix, alternatives = [], evidence }: Finding,
  passage: string,
  t: Translate,
) {
  const levels = { error: t("error"), warning: t("warning"), info: t("note") };
  const ways = (fix ? [fix] : alternatives).map(({ title }) => title);
  const more = [
    ways.length > 0 ? t("Mends it: {0}", ways.join(" · ")) : "",
    evidence === undefined || !rule.startsWith("fact-") ? "" : t("Proven by: {0}", evidence),
    passage,
  ].filter((each) => each !== "");
  return [
    `- **${t("line {0}", line)}, ${levels[level]}**: ${message} (${code(rule)})`,
    ...more.map((each) => `  - ${each}`),
  ].join("\n");
}

const code = (text: string) => `\`${text.replaceAll("`", "")}\``;
