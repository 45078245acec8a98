/** A chat as a Markdown document: questions, answers with numbered citations, and the passages that they rest on. */
import type { Passage } from "../../core/search/passage";
import { english, type Translate } from "../../core/translate";
import type { ChatAnswer, ChatTurnRecord } from "../../protocol/chat";

export function chatMarkdown(
  title: string,
  turns: readonly ChatTurnRecord[],
  t: Translate = english,
): string {
  return [`# ${title}`, ...turns.map((turn) => turnMarkdown(turn, t))].join("\n\n") + "\n";
}

function turnMarkdown(turn: ChatTurnRecord, t: Translate): string {
  const { instruction, attached, context = [], model, version, withDocuments, askedAt, answer } = turn;
  const cited = citedPassages(answer);
  const facts = [
    askedAt.slice(0, 16).replace("T", " "),
    model,
    withDocuments ? version && `Spring Boot ${version.version}` : t("without documents"),
    version?.mark,
  ].filter((part) => part !== undefined);
  const parts = [
    `## ${instruction.replace(/\s+/g, " ").trim()}`,
    `*${facts.join(" · ")}*`,
    ...(attached ? [`${attached.label}:`, fenced(attached.text, attached.languageId)] : []),
    ...(context.length > 0 ? [t("With {0}", context.map(({ label }) => label).join(", "))] : []),
    ...(answer.answered === false
      ? [`> ${t("The documents do not answer this: the answer comes from the model alone.")}`]
      : []),
    withMarks(answer, cited),
    ...(answer.problem ? [`> ${answer.problem.message} ${answer.problem.remedy}`] : []),
    ...(answer.doubtful
      ? [`> ${t("[?]: the model names a source here that does not hold the sentence.")}`]
      : []),
    ...(cited.length > 0
      ? [`### ${t("Sources")}`, cited.map((passage, index) => sourceLine(index + 1, passage, t)).join("\n")]
      : []),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** The passages that sentences rest on, in the order of their first mark. */
function citedPassages({ citations, passages }: ChatAnswer): readonly Passage[] {
  const positions = [...new Set(citations.flatMap((citation) => citation.passages))];
  return positions.flatMap((position) => passages[position] ?? []);
}

/** A number after each sentence that a passage supports, a question mark after one that its passage does not hold. */
function withMarks(
  { text, citations, doubtful = [], passages }: ChatAnswer,
  cited: readonly Passage[],
): string {
  const numberOf = (position: number) => {
    const passage = passages[position];
    return passage ? cited.indexOf(passage) + 1 : 0;
  };
  const marks = [
    ...citations.map(({ end, passages: positions }) => ({
      end,
      words: positions.map(numberOf).flatMap((number) => (number > 0 ? [`[${number}]`] : [])),
    })),
    ...doubtful.map(({ end }) => ({ end, words: ["[?]"] })),
  ].filter(({ words }) => words.length > 0);
  return marks
    .sort((left, right) => right.end - left.end)
    .reduce((marked, { end, words }) => {
      const space = /\s$/.test(marked.slice(0, end)) ? "" : " ";
      return marked.slice(0, end) + space + words.join("") + marked.slice(end);
    }, text)
    .trim();
}

function sourceLine(
  number: number,
  { headingPath, document, version, page, officialUrl }: Passage,
  t: Translate,
): string {
  const heading = headingPath.join(" › ") || document;
  const place = [
    document,
    version === undefined ? undefined : `Spring Boot ${version}`,
    page === undefined ? undefined : t("page {0}", page),
  ].filter((part) => part !== undefined);
  const title =
    officialUrl === undefined ? heading : `[${heading.replace(/[[\]]/g, "\\$&")}](${officialUrl})`;
  return `${number}. ${title} (${place.join(", ")})`;
}

/** A code block in a fence longer than any in the code. */
export function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}
