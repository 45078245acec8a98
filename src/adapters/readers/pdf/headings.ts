/** Finds the lines that are headings. */
import { withoutNumber } from "../sectionBuilder";
import type { HeadingMark } from "./outline";
import { type Line, type PageText, type Run } from "./pageText";
import type { Typography } from "./typography";

export interface FoundHeading {
  readonly level: number;
  readonly text: string;
  readonly anchor?: string;
  readonly page: number;
  /** Lines that the heading is made of; they are no text of the section. */
  readonly lines: readonly Line[];
  /** The heading stands before this line. */
  readonly before: Line | undefined;
}

/** Headings by the outline and the named destinations; each belongs to a line of its page, in reading order. */
export function headingsByMarks(
  pages: readonly PageText[],
  marks: readonly HeadingMark[],
  typography: Typography,
): readonly FoundHeading[] {
  const byPage = new Map<number, HeadingMark[]>();
  for (const mark of marks) byPage.set(mark.page, [...(byPage.get(mark.page) ?? []), mark]);
  const listed: FoundHeading[] = [];
  const headingFonts = new Set<string>();
  for (const page of pages) {
    for (const mark of byPage.get(page.number) ?? []) {
      if (mark.title === undefined) continue;
      const lines = titleLines(page, mark.title, mark.y);
      for (const run of lines.flatMap((line) => line.runs)) {
        if (!typography.isCode(run)) headingFonts.add(run.font);
      }
      const below = page.lines.find((line) => mark.y === undefined || line.y < mark.y);
      listed.push({
        level: mark.level ?? 1,
        text: mark.title,
        ...(mark.anchor !== undefined && { anchor: mark.anchor }),
        page: page.number,
        lines,
        before: lines[0] ?? below,
      });
    }
  }
  headingFonts.delete(typography.bodyFont);
  const isHeadingRun = (run: Run) => headingFonts.has(run.font);
  const taken = new Set(listed.flatMap((heading) => heading.lines));
  const further = pages.flatMap((page) =>
    (byPage.get(page.number) ?? [])
      .filter((mark) => mark.title === undefined)
      .flatMap((mark) => unlistedHeading(page, mark, isHeadingRun, taken) ?? []),
  );
  return withLevels(listed, further, pages);
}

/** Lines below the mark that spell the title, white space aside. */
function titleLines(page: PageText, title: string, top: number | undefined): readonly Line[] {
  const wanted = squashed(title);
  for (let from = 0; from < page.lines.length; from++) {
    const start = page.lines[from];
    if (!start || (top !== undefined && (start.y > top + 2 || start.y < top - 80))) continue;
    let spelled = "";
    for (let to = from; to < Math.min(from + 5, page.lines.length); to++) {
      const line = page.lines[to];
      if (!line) break;
      spelled += squashed(line.text);
      if (spelled === wanted) return page.lines.slice(from, to + 1);
      if (!wanted.startsWith(spelled)) break;
    }
  }
  return [];
}

/** A destination without an entry in the outline is a deep heading when a line in a heading's font stands right below it. */
function unlistedHeading(
  page: PageText,
  mark: HeadingMark,
  isHeadingRun: (run: Run) => boolean,
  taken: ReadonlySet<Line>,
): FoundHeading | undefined {
  const { y, anchor } = mark;
  if (y === undefined || anchor === undefined) return undefined;
  // A heading that opens a page has the page's upper edge for its place.
  const atTop = y > page.height - 10;
  const index = atTop
    ? 0
    : page.lines.findIndex((each) => each.y <= y && each.y > y - 3 * each.size && !taken.has(each));
  const line = page.lines[index];
  const left = Math.min(...page.lines.map((each) => each.x));
  // A heading may hold code, but begins with a heading's font.
  if (!line?.runs[0] || taken.has(line) || !isHeadingRun(line.runs[0]) || line.x > left + 1) return undefined;
  const lines = [line];
  for (let next = page.lines[index + 1]; next && continues(lines.at(-1) ?? line, next);) {
    lines.push(next);
    next = page.lines[index + lines.length];
  }
  if (lines.length > 3) return undefined;
  return {
    level: 0,
    text: lines.map((line) => line.text).join(" "),
    anchor,
    page: page.number,
    lines,
    before: line,
  };
}

function continues(line: Line, next: Line): boolean {
  const sameFonts = next.runs.every((run) => line.runs.some((other) => other.font === run.font));
  return sameFonts && next.size === line.size && line.y - next.y > 0 && line.y - next.y < 1.6 * line.size;
}

/** The level of an unlisted heading follows from the section that its name extends (`web.servlet` holds `web.servlet.jersey`). */
function withLevels(
  listed: readonly FoundHeading[],
  further: readonly FoundHeading[],
  pages: readonly PageText[],
): readonly FoundHeading[] {
  const order = new Map<Line, number>();
  for (const page of pages) for (const line of page.lines) order.set(line, order.size);
  const position = (heading: FoundHeading) => (heading.before ? (order.get(heading.before) ?? 0) : Infinity);
  const sorted = [...listed, ...further].toSorted(
    (one, other) => one.page - other.page || position(one) - position(other),
  );
  const levels = new Map<string, number>();
  let last = 1;
  return sorted.map((heading) => {
    const level = heading.level > 0 ? heading.level : (parentLevel(heading.anchor ?? "", levels) ?? last) + 1;
    if (heading.level > 0) last = heading.level;
    if (heading.anchor !== undefined) levels.set(heading.anchor, level);
    return { ...heading, level };
  });
}

function parentLevel(anchor: string, levels: ReadonlyMap<string, number>): number | undefined {
  for (let end = anchor.lastIndexOf("."); end > 0; end = anchor.lastIndexOf(".", end - 1)) {
    const level = levels.get(anchor.slice(0, end));
    if (level !== undefined) return level;
  }
  return undefined;
}

/**
 * Without an outline: lines clearly larger than the body's font, by size; where there are none, each page is a section, so that a citation
 * has at least its page.
 */
export function headingsBySize(pages: readonly PageText[], typography: Typography): readonly FoundHeading[] {
  const large = (line: Line) =>
    line.size >= typography.bodySize * 1.15 &&
    !line.runs.every((run) => typography.isCode(run)) &&
    /\p{L}{2}/u.test(line.text);
  const sizes = [
    ...new Set(pages.flatMap((page) => page.lines.filter(large).map((line) => Math.round(line.size)))),
  ]
    .sort((one, other) => other - one)
    .slice(0, 5);
  const found: FoundHeading[] = [];
  for (const page of pages) {
    for (let index = 0; index < page.lines.length; index++) {
      const line = page.lines[index];
      if (!line || !large(line)) continue;
      const lines = [line];
      for (let next = page.lines[index + 1]; next && large(next) && continues(lines.at(-1) ?? line, next);) {
        lines.push(next);
        next = page.lines[index + lines.length];
      }
      index += lines.length - 1;
      const level = sizes.indexOf(Math.round(line.size)) + 1 || sizes.length;
      found.push({
        level,
        text: lines.map((line) => line.text).join(" "),
        page: page.number,
        lines,
        before: line,
      });
    }
  }
  if (found.length > 0) return found;
  return pages
    .filter((page) => page.lines.length > 0)
    .map((page) => ({
      level: 1,
      text: `Page ${page.number}`,
      page: page.number,
      lines: [],
      before: page.lines[0],
    }));
}

function squashed(text: string): string {
  // Asciidoctor PDF draws the number of an appendix's section with a dot before it.
  return withoutNumber(text.replace(/^\./, "")).replace(/[\s\u200b\u00ad]+/g, "");
}
