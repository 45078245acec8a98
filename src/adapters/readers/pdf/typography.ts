/** What the fonts and the measures of a whole document say: which text is code, how wide lines are, how far apart. */
import { type Line, type PageText, type Run } from "./pageText";

export interface Typography {
  isCode(run: Run): boolean;
  readonly bodyFont: string;
  readonly bodySize: number;
  /** Distance of baselines within a paragraph, as a multiple of the font's size. */
  readonly leading: number;
  /** The same for listings. */
  readonly codeLeading: number;
  /** True where many lines end: the right edge of justified text. */
  isRightEdge(x: number): boolean;
  /** How often a word stands in the document, for mending hyphens. */
  wordCount(word: string): number;
}

export function learnTypography(pages: readonly PageText[]): Typography {
  const lines = pages.flatMap((page) => page.lines);
  const runs = lines.flatMap((line) => line.runs);
  const code = monospacedFonts(pages, runs);
  const characters = new Map<string, number>();
  for (const run of runs) {
    if (!code.has(run.font)) add(characters, `${run.font} ${run.size.toFixed(1)}`, run.text.length);
  }
  const [bodyFont = "", bodySize = "10"] = (mostFrequent(characters) ?? "").split(" ");
  const rightEdges = new Map<number, number>();
  for (const line of lines) add(rightEdges, Math.round(line.right), 1);
  const manyLines = Math.max(10, lines.length / 100);
  const words = new Map<string, number>();
  for (const line of lines) {
    for (const [word] of line.text.matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu)) {
      add(words, word.toLowerCase(), 1);
    }
  }
  const isCode = (run: Run) => code.has(run.font);
  return {
    isCode,
    bodyFont,
    bodySize: Number(bodySize),
    leading: leadingOf(lines, (line) => !line.runs.some(isCode) && line.size === Number(bodySize)) ?? 1.3,
    codeLeading: leadingOf(lines, (line) => line.runs.every(isCode)) ?? 1.2,
    isRightEdge: (x) => [-1, 0, 1].some((near) => (rightEdges.get(Math.round(x) + near) ?? 0) >= manyLines),
    wordCount: (word) => words.get(word.toLowerCase()) ?? 0,
  };
}

/** A font is monospaced when all its runs have the same width a character, whatever letters they are made of. */
function monospacedFonts(pages: readonly PageText[], runs: readonly Run[]): ReadonlySet<string> {
  const fonts = new Set(pages.flatMap((page) => page.monospaced));
  const widths = new Map<string, number[]>();
  for (const run of runs) {
    if (run.text.length < 4) continue;
    const width = (run.right - run.x) / run.text.length / run.size;
    const known = widths.get(run.font);
    if (!known) widths.set(run.font, [width]);
    else if (known.length < 2_000) known.push(width);
  }
  for (const [font, samples] of widths) {
    if (samples.length < 3) continue;
    const sorted = samples.toSorted((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const alike = samples.filter((width) => Math.abs(width - median) < 0.02 * median).length;
    if (alike >= 0.9 * samples.length) fonts.add(font);
  }
  return fonts;
}

/** The most frequent distance of two lines that follow one another in one column. */
function leadingOf(lines: readonly Line[], wanted: (line: Line) => boolean): number | undefined {
  const distances = new Map<string, number>();
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (before?.page !== line.page || before.size !== line.size) return;
    if (Math.abs(before.x - line.x) > 1 || !wanted(line) || !wanted(before)) return;
    const distance = (before.y - line.y) / line.size;
    if (distance > 0.9 && distance < 3) add(distances, distance.toFixed(2), 1);
  });
  const found = mostFrequent(distances);
  return found === undefined ? undefined : Number(found);
}

function add<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function mostFrequent<K>(counts: ReadonlyMap<K, number>): K | undefined {
  let best: K | undefined;
  let most = 0;
  for (const [key, count] of counts) {
    if (count > most) {
      best = key;
      most = count;
    }
  }
  return best;
}
