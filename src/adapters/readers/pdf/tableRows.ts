/** Puts segments of lines into the rows and columns of a table. */
import type { Line, Run } from "./pageText";
import type { Segment } from "./segments";
import type { Typography } from "./typography";
import { flowingText, type TextLine } from "./words";

interface Cell {
  readonly lines: TextLine[];
  /** Baseline and page of the last line. */
  y: number;
  page: number;
}

type Row = Map<number, Cell>;

export interface TableRows {
  /** False when the line does not belong to the table; then nothing has changed. */
  add(line: Line, segments: readonly Segment[]): boolean;
  readonly rowCount: number;
  /** Markdown; the first row is the head. */
  markdown(): string;
  /** All its text as paragraphs' lines, for what turned out to be no table. */
  readonly lines: readonly Line[];
}

/**
 * @param firstColumns left edges of the first line's cells, ascending; further columns may follow beside a head of several lines
 * @param right edge of the last column
 */
export function createTableRows(
  firstColumns: readonly number[],
  right: number,
  typography: Typography,
): TableRows {
  const rows: Row[] = [];
  const all: Line[] = [];
  const columns = [...firstColumns];
  let lastColumn = -1;
  let lastLine: Line | undefined;

  /** Within the first row, a line that stands higher than the one before it and to its right begins a further column. */
  const growFor = (line: Line, segments: readonly Segment[]) => {
    const edge = columns.at(-1) ?? 0;
    if (rows.length !== 1 || lastLine?.page !== line.page || line.x <= lastLine.right) return;
    if (line.y <= lastLine.y + 2 || line.x <= edge + 10) return;
    for (const { x } of segments) columns.push(x);
  };

  const columnOf = (x: number) => {
    let found = -1;
    columns.forEach((left, index) => {
      if (x >= left - 3) found = index;
    });
    return found;
  };
  const fits = ({ x, right: end }: Segment) => {
    const column = columnOf(x);
    const next = columns[column + 1];
    return column >= 0 && (next === undefined ? end <= right + 6 : end <= next + 1);
  };

  /** A cell that fills its column leaves no gap before the next one, which still begins exactly at its column's edge. */
  const atColumns = (segment: Segment): readonly Segment[] => {
    const parts: Run[][] = [];
    for (const run of segment.runs) {
      const last = parts.at(-1);
      const edge = columns.some((left) => Math.abs(run.x - left) < 1 && left > segment.x + 3);
      if (last && !edge) last.push(run);
      else parts.push([run]);
    }
    return parts.map((runs) => ({ runs, x: runs[0]?.x ?? 0, right: runs.at(-1)?.right ?? 0 }));
  };

  return {
    add(line, found) {
      growFor(line, found);
      const segments = found.flatMap(atColumns);
      if (!segments.every(fits)) return false;
      const [first] = segments;
      const column = first ? columnOf(first.x) : -1;
      const row = rows.at(-1);
      const cell = row?.get(column);
      const pageTurned = cell !== undefined && cell.page !== line.page;
      const close =
        cell !== undefined &&
        !pageTurned &&
        cell.y - line.y > 0 &&
        cell.y - line.y < typography.leading * 1.22 * line.size;
      if (column < lastColumn || (column === lastColumn && !close && !pageTurned) || !row) {
        // To the left of where the text was: a further row, unless it goes on with this very cell.
        if (!(close && column === lastColumn)) rows.push(new Map());
      } else if (column === lastColumn && pageTurned) rows.push(new Map());
      for (const part of segments) {
        const target = columnOf(part.x);
        const current = rows.at(-1);
        const open = current?.get(target);
        if (open) {
          open.lines.push(part.runs);
          open.y = line.y;
          open.page = line.page;
        } else current?.set(target, { lines: [part.runs], y: line.y, page: line.page });
        lastColumn = target;
      }
      all.push(line);
      lastLine = line;
      return true;
    },
    get rowCount() {
      return rows.length;
    },
    lines: all,
    markdown() {
      const texts = rows.map((row) =>
        columns.map((left, index) => {
          const cell = row.get(index);
          const width = (columns[index + 1] ?? right) - left;
          return cell ? flowingText(cell.lines, width - 6, typography).replace(/\|/g, "\\|") : "";
        }),
      );
      const [head, ...body] = texts;
      if (!head) return "";
      const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
      // A table that goes on over a page repeats its head there.
      const repeated = line(head);
      const lines = body.map(line).filter((row) => row !== repeated);
      return [repeated, `|${"---|".repeat(columns.length)}`, ...lines].join("\n");
    },
  };
}
