import type { CheckReport } from "../checks/checkReport";
import type { Finding } from "../checks/finding";

/** The report of one file in words: findings with lines and ways out, what could not be judged, and by what it was judged. */
export function findingsText(file: string, report: CheckReport): string {
  const findings = report.files.flatMap((each) => each.findings);
  const lines = findings.map((finding) => findingText(file, finding));
  const open = report.notChecked.map(
    ({ why, remedy }) => `Not checked: ${why}${remedy === undefined ? "" : ` ${remedy}`}`,
  );
  return [
    findings.length === 0
      ? `No findings in ${file}.`
      : `${findings.length} ${findings.length === 1 ? "finding" : "findings"} in ${file}:`,
    ...lines,
    ...open,
    judgedText(report),
  ].join("\n");
}

function findingText(
  file: string,
  { line, column, level, rule, message, fix, alternatives, anchor }: Finding,
): string {
  const ways = (fix ? [fix] : (alternatives ?? [])).map(({ title }) => `\n  Fix: ${title}`);
  const read = anchor === undefined ? "" : `\n  Reference: #${anchor}`;
  return `- ${file}:${line}:${column} ${level} [${rule}] ${message}${ways.join("")}${read}`;
}

function judgedText({ judgedBy, springBootVersion, classpath }: CheckReport): string {
  const by = {
    compiler: "Java was compiled by the JDK",
    "class-files": "Java was judged by class files, without a compiler",
    nothing: "no Java was judged",
  }[judgedBy];
  const version = springBootVersion === undefined ? "" : ` Spring Boot ${springBootVersion};`;
  const path = classpath
    ? `; class path: ${classpath.source}${classpath.complete ? "" : " (not complete)"}`
    : "";
  return `Judged for${version} ${by}${path}.`
    .replace("Judged for no", "No")
    .replace("Judged for Java", "Java");
}
