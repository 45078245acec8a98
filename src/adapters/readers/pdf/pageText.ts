/** What pdf.js finds on a page, reduced to runs of text with their places, and runs joined to lines. */
import type { PdfDocument } from "./openPdf";

/** Text in one font on one baseline. Lengths are points, y grows upwards. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly size: number;
  /** pdf.js' name of the font, the same on every page. */
  readonly font: string;
  /** True when the page has a space, or a gap as wide as one, before it. */
  readonly spaced: boolean;
}

/** Runs on one baseline, left to right, in the order in which the page draws them. */
export interface Line {
  readonly page: number;
  readonly runs: readonly Run[];
  /** White space collapsed. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly right: number;
  /** Of its largest run. */
  readonly size: number;
}

export interface PageText {
  readonly number: number;
  readonly height: number;
  readonly lines: readonly Line[];
  /** Fonts that the PDF itself calls monospaced. */
  readonly monospaced: readonly string[];
}

export async function readPageText(pdf: PdfDocument, number: number): Promise<PageText> {
  const page = await pdf.getPage(number);
  const content = await page.getTextContent();
  const runs: Run[] = [];
  let spaced = false;
  for (const item of content.items) {
    if (!("str" in item)) continue;
    const [a = 0, b = 0, , d = 0, x = 0, y = 0] = item.transform as number[];
    const size = Math.abs(d) || Math.abs(a);
    // Text that stands askew is a watermark or part of a drawing.
    if (Math.abs(b) > Math.abs(a) / 10) continue;
    if (item.str.trim() === "") {
      spaced ||= item.str !== "";
      continue;
    }
    const before = runs.at(-1);
    const gap = before ? x - before.right : 0;
    runs.push({
      text: item.str.replace(/\u00a0/g, " "),
      x,
      y,
      right: x + item.width,
      size,
      font: item.fontName,
      spaced: spaced || gap > size * 0.15,
    });
    spaced = /\s$/.test(item.str);
  }
  const monospaced = Object.entries(content.styles)
    .filter(([, style]) => style.fontFamily === "monospace")
    .map(([name]) => name);
  const height = page.view[3] ?? 842;
  page.cleanup();
  return { number, height, lines: linesOf(runs, number), monospaced };
}

function linesOf(runs: readonly Run[], page: number): Line[] {
  const lines: Line[] = [];
  let group: Run[] = [];
  const close = () => {
    const [first] = group;
    const last = group.at(-1);
    if (!first || !last) return;
    const size = Math.max(...group.map((run) => run.size));
    lines.push({ page, runs: group, text: textOf(group), x: first.x, y: first.y, right: last.right, size });
    group = [];
  };
  for (const run of runs) {
    const last = group.at(-1);
    // A cell's code may stand 2 points above its neighbour's words; superscripts rise more, but do not leave the line.
    if (last && (Math.abs(run.y - last.y) > 0.4 * Math.max(run.size, last.size) || run.x < last.right - 2))
      close();
    group.push(run);
  }
  close();
  return lines;
}

export function textOf(runs: readonly Run[]): string {
  return runs
    .map((run, index) => (index > 0 && run.spaced ? ` ${run.text}` : run.text))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}
