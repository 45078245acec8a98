/** What a comparison came to, in a title, in a sentence and as a document. */
import type { AnswerTimings } from "../../core/answer/answer";
import type { Finding } from "../../core/checks/finding";
import type { Passage } from "../../core/search/passage";
import { english, type Translate } from "../../core/translate";
import { counted } from "../words";

/** One answer as it is reported. */
export interface ReportedSide {
  readonly withDocuments: boolean;
  readonly answer: string;
  readonly timings?: AnswerTimings;
  readonly loaded: boolean;
  readonly passages: readonly Passage[];
  readonly findings?: readonly Finding[];
  /** Why there are no findings to tell of. */
  readonly why?: string;
  /** Words that say whose documents answered, when not the project's own version's. */
  readonly mark?: string;
}

export interface ReportedComparison {
  readonly instruction: string;
  readonly model: string;
  readonly without: ReportedSide;
  readonly with: ReportedSide;
}

/** `Without docs: 12.3 s ↔ With docs: 14.1 s, 6 passages` */
export function comparisonTitle(
  { without, with: withDocs }: ReportedComparison,
  t: Translate = english,
): string {
  return `${sideTitle(without, t)} ↔ ${sideTitle(withDocs, t)}`;
}

function sideTitle(side: ReportedSide, t: Translate): string {
  const name = side.withDocuments ? t("With docs") : t("Without docs");
  const facts = [
    side.timings && secondsOf(side.timings.total),
    side.withDocuments ? counted(side.passages.length, "passage", t) : undefined,
    side.findings && findingsOf(side.findings, t),
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? name : `${name}: ${facts.join(", ")}`;
}

/** The whole comparison as Markdown: figures side by side, what was found wrong, the passages, and both answers. */
export function comparisonMarkdown(comparison: ReportedComparison, t: Translate = english): string {
  const { instruction, model, without, with: withDocs } = comparison;
  const sides = [without, withDocs];
  const row = (name: string, cells: readonly string[]) => `| ${name} | ${cells.join(" | ")} |`;
  const time = (pick: (timings: AnswerTimings) => number) =>
    sides.map(({ timings }) => (timings ? secondsOf(pick(timings)) : "–"));
  const tokens = (pick: (timings: AnswerTimings) => number | undefined) =>
    sides.map(({ timings }) => String((timings && pick(timings)) ?? "–"));
  const table = [
    row("", [t("without docs"), t("with docs")]),
    "| --- | ---: | ---: |",
    row(
      t("time"),
      time(({ total }) => total),
    ),
    row(
      t("of it searching"),
      time(({ retrieval }) => retrieval),
    ),
    row(
      t("until the first word"),
      time(({ firstToken }) => firstToken),
    ),
    row(
      t("tokens read"),
      tokens(({ promptTokens }) => promptTokens),
    ),
    row(
      t("tokens written"),
      tokens(({ answerTokens }) => answerTokens),
    ),
    row(
      t("passages"),
      sides.map(({ passages }) => String(passages.length)),
    ),
    row(
      t("findings"),
      sides.map(({ findings }) => (findings ? findingsOf(findings, t) : t("not checked"))),
    ),
  ];
  const loaded = sides.filter((side) => side.loaded);
  const notes = [
    ...(loaded.length > 0
      ? [
          t(
            "The model was loaded before the answer {0}; its times include that.",
            loaded.map((side) => (side.withDocuments ? t("with docs") : t("without docs"))).join(", "),
          ),
        ]
      : []),
    ...sides.flatMap(({ mark }) => mark ?? []),
    ...new Set(sides.flatMap(({ why }) => (why === undefined ? [] : [t("Not checked: {0}", why)]))),
  ];
  return [
    `# ${instruction}`,
    t("Answered by {0}, once without and once with the documents.", model),
    table.join("\n"),
    ...notes.map((note) => `> ${note}`),
    ...sides.flatMap((side) => findingLines(side, t)),
    ...(withDocs.passages.length > 0
      ? [`## ${t("Passages")}`, withDocs.passages.map(passageLine).join("\n")]
      : []),
    `## ${t("Answer without docs")}`,
    without.answer.trim(),
    `## ${t("Answer with docs")}`,
    withDocs.answer.trim(),
    "",
  ].join("\n\n");
}

function findingLines({ findings = [], withDocuments }: ReportedSide, t: Translate): readonly string[] {
  if (findings.length === 0) return [];
  const title = withDocuments ? t("Findings with docs") : t("Findings without docs");
  const lines = findings.map(
    ({ line, level, message, rule }) => `- ${t("line {0}", line)}, ${t(level)}: ${message} (\`${rule}\`)`,
  );
  return [`## ${title}`, lines.join("\n")];
}

function passageLine({ headingPath, document, version, page, officialUrl }: Passage, index: number): string {
  const heading = (headingPath.join(" › ") || document).replace(/[[\]]/g, "\\$&");
  const title = officialUrl === undefined ? heading : `[${heading}](${officialUrl})`;
  const place = [document, version, page].filter((part) => part !== undefined);
  return `${index + 1}. ${title} (${place.join(", ")})`;
}

function findingsOf(findings: readonly Finding[], t: Translate): string {
  return findings.length === 0 ? t("no findings") : counted(findings.length, "finding", t);
}

const secondsOf = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
