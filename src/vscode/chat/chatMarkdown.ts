/** A chat as a Markdown document: questions, answers with numbered citations, and the passages that they rest on. */
import type { Passage } from "../../core/search/passage";
import type { ChatAnswer, ChatTurnRecord } from "../../protocol/chat";

export function chatMarkdown(title: string, turns: readonly ChatTurnRecord[]): string {
  return [`# ${title}`, ...turns.map(turnMarkdown)].join("\n\n") + "\n";
}

function turnMarkdown({
  instruction,
  attached,
  model,
  version,
  withDocuments,
  askedAt,
  answer,
}: ChatTurnRecord): string {
  const cited = citedPassages(answer);
  const facts = [
    askedAt.slice(0, 16).replace("T", " "),
    model,
    withDocuments ? version && `Spring Boot ${version.version}` : "without documents",
    version?.mark,
  ].filter((part) => part !== undefined);
  const parts = [
    `## ${instruction.replace(/\s+/g, " ").trim()}`,
    `*${facts.join(" · ")}*`,
    ...(attached ? [`${attached.label}:`, fenced(attached.text, attached.languageId)] : []),
    withMarks(answer, cited),
    ...(answer.problem ? [`> ${answer.problem.message} ${answer.problem.remedy}`] : []),
    ...(cited.length > 0
      ? ["### Sources", cited.map((passage, index) => sourceLine(index + 1, passage)).join("\n")]
      : []),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** The passages that sentences rest on, in the order of their first mark. */
function citedPassages({ citations, passages }: ChatAnswer): readonly Passage[] {
  const positions = [...new Set(citations.flatMap((citation) => citation.passages))];
  return positions.flatMap((position) => passages[position] ?? []);
}

function withMarks({ text, citations, passages }: ChatAnswer, cited: readonly Passage[]): string {
  return [...citations]
    .sort((left, right) => right.end - left.end)
    .reduce((marked, { end, passages: positions }) => {
      const numbers = positions.map((position) => {
        const passage = passages[position];
        return passage ? cited.indexOf(passage) + 1 : 0;
      });
      const marks = numbers.filter((number) => number > 0).map((number) => `[${number}]`);
      const space = /\s$/.test(marked.slice(0, end)) ? "" : " ";
      return marked.slice(0, end) + (marks.length > 0 ? space + marks.join("") : "") + marked.slice(end);
    }, text)
    .trim();
}

function sourceLine(number: number, { headingPath, document, version, page, officialUrl }: Passage): string {
  const heading = headingPath.join(" › ") || document;
  const place = [
    document,
    version === undefined ? undefined : `Spring Boot ${version}`,
    page === undefined ? undefined : `page ${page}`,
  ].filter((part) => part !== undefined);
  const title =
    officialUrl === undefined ? heading : `[${heading.replace(/[[\]]/g, "\\$&")}](${officialUrl})`;
  return `${number}. ${title} (${place.join(", ")})`;
}

/** A fence longer than any in the code. */
function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}
