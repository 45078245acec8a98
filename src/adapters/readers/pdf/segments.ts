/** Cuts a line where the gap between two runs is a column's, not a justified line's. */
import type { Line, Run } from "./pageText";
import type { Typography } from "./typography";

/** Part of a line that stands in one column. */
export interface Segment {
  readonly runs: readonly Run[];
  readonly x: number;
  readonly right: number;
}

export function segmentsOf(line: Line, typography: Typography): readonly Segment[] {
  const wide = 1.15 * line.size;
  const gaps = line.runs.slice(1).map((run, index) => run.x - (line.runs[index]?.right ?? run.x));
  const [label, ...rest] = line.runs;
  if (label && rest.length > 0 && isAdmonitionLabel(label, typography))
    return [segment([label]), segment(rest)];
  if (gaps.every((gap) => gap <= wide) || isJustified(line, gaps, typography)) return [segment(line.runs)];
  const segments: Segment[] = [];
  let runs: Run[] = [];
  line.runs.forEach((run, index) => {
    if (index > 0 && (gaps[index - 1] ?? 0) > wide) {
      segments.push(segment(runs));
      runs = [];
    }
    runs.push(run);
  });
  segments.push(segment(runs));
  return segments;
}

/** The word that Asciidoctor PDF draws beside a note, in a heading's font. */
export function isAdmonitionLabel(run: Run, typography: Typography): boolean {
  return run.font !== typography.bodyFont && /^(NOTE|TIP|IMPORTANT|WARNING|CAUTION)$/.test(run.text.trim());
}

/** A justified line reaches the right edge, and all its spaces are equally wide. */
function isJustified(line: Line, gaps: readonly number[], typography: Typography): boolean {
  if (!typography.isRightEdge(line.right)) return false;
  const spaces = gaps.filter((gap) => gap > line.size * 0.1);
  const [first = 0] = spaces;
  return spaces.every((gap) => Math.abs(gap - first) < 0.8);
}

function segment(runs: readonly Run[]): Segment {
  return { runs, x: runs[0]?.x ?? 0, right: runs.at(-1)?.right ?? 0 };
}
