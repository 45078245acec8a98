import type { OpenedPassage } from "../../core/engine";
import type { Passage } from "../../core/search/passage";
import { english, type Translate } from "../../core/translate";

export interface PassageMarkdown {
  readonly text: string;
  /** Lines of the passage in `text`, from 0, end exclusive; the same when it was not found. */
  readonly startLine: number;
  readonly endLine: number;
}

/** The section in which a passage stands as a document to read: what it is, where it is published, and the passage's own lines. */
export function passageMarkdown(
  { passage, section }: OpenedPassage,
  t: Translate = english,
): PassageMarkdown {
  const head = [
    `# ${passage.headingPath.length > 0 ? passage.headingPath.join(" › ") : passage.document}`,
    "",
    placeOf(passage, t),
    ...(passage.officialUrl === undefined ? [] : ["", t("Official page: {0}", `<${passage.officialUrl}>`)]),
    "",
    "---",
    "",
  ];
  const lines = withoutPath(section.split(/\r?\n/), passage.headingPath);
  const found = findLines(lines, bodyOf(passage));
  const shift = (line: number) => head.length + line;
  return {
    text: [...head, ...lines].join("\n"),
    startLine: shift(found.start),
    endLine: shift(found.end),
  };
}

/** The section's own heading path says again what the title says. */
function withoutPath(lines: readonly string[], headingPath: readonly string[]): readonly string[] {
  const isPath = lines[0]?.replace(/^#+ /, "").trim() === headingPath.join(" > ");
  if (!isPath || headingPath.length === 0) return lines;
  return lines.slice(lines[1]?.trim() === "" ? 2 : 1);
}

function placeOf({ document, version, page }: Passage, t: Translate): string {
  return [document, version && `Spring Boot ${version}`, page === undefined ? undefined : t("page {0}", page)]
    .filter((part) => part !== undefined)
    .join(" · ");
}

/** The passage's lines without the heading path that stands before them in a prompt, and without blank ones. */
function bodyOf({ text, headingPath }: Passage): readonly string[] {
  const lines = text.split(/\r?\n/);
  const last = headingPath.at(-1);
  const first = lines[0] ?? "";
  const isHead = last !== undefined && lines.length > 1 && first.trim().endsWith(last);
  return (isHead ? lines.slice(1) : lines).map((line) => line.trim()).filter((line) => line !== "");
}

/** From the first line of the section that the passage begins with to the last that it ends with. */
function findLines(section: readonly string[], passage: readonly string[]): { start: number; end: number } {
  const trimmed = section.map((line) => line.trim());
  const [first, last] = [passage[0], passage.at(-1)];
  if (first === undefined || last === undefined) return { start: 0, end: 0 };
  const start = trimmed.findIndex(
    (line) => line !== "" && (line === first || first.includes(line) || line.includes(first)),
  );
  if (start === -1) return { start: 0, end: 0 };
  const wanted = passage.length;
  const end = trimmed.findIndex(
    (line, index) =>
      index >= start &&
      trimmed.slice(start, index + 1).filter((each) => each !== "").length >= wanted &&
      (line === last || line.includes(last)),
  );
  return { start, end: end === -1 ? section.length : end + 1 };
}
