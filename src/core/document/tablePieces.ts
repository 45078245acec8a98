/** Cuts a Markdown table by rows; every part repeats the head. */
import { cutWords } from "./cutText";
import type { Piece } from "./piece";

/** A table that fits near the target stays whole. Parts end where the first column changes its subject, when it names dotted properties. */
export function tablePieces(table: string, room: number, target: number): readonly Piece[] {
  if (table.length <= target) return [{ text: table }];
  const [head = "", rule = "", ...rows] = table.split("\n");
  const frame = `${head}\n${rule}\n`;
  const space = room - frame.length;
  if (space < room / 4) return cutWords(table, room, target).map((text) => ({ text }));

  const pieces: Piece[] = [];
  let part: string[] = [];
  let length = frame.length;
  const close = () => {
    if (part.length === 0) return;
    const topic = commonPrefix(part.map(propertyOf));
    pieces.push({ text: frame + part.join("\n"), ...(topic && { topic }) });
    part = [];
    length = frame.length;
  };
  for (const row of rows) {
    for (const line of row.length <= space ? [row] : cutRow(row, space)) {
      const grown = length + line.length + 1;
      const enough = length > target * 0.6 && subjectOf(line) !== subjectOf(part.at(-1) ?? line);
      if (part.length > 0 && (grown > Math.min(target, room) || enough)) close();
      part.push(line);
      length += line.length + 1;
    }
  }
  close();
  return pieces;
}

/** A row that is longer than a passage: its first cell is repeated before each part of the rest. */
function cutRow(row: string, space: number): readonly string[] {
  const cells = row.split(" | ");
  const first = (cells[0] ?? "| ").slice(0, Math.floor(space / 3));
  const rest = cells
    .slice(1)
    .join(" | ")
    .replace(/\s*\|$/, "");
  return cutWords(rest, space - first.length - 6, space).map((part) => `${first} | ${part} |`);
}

/** `spring.datasource.url` of a row whose first cell names a property. */
function propertyOf(row: string): string {
  return /^\|\s*`?([A-Za-z][\w-]*(?:\.[\w*[\]-]+)+)`?\s*(?:\||$)/.exec(row)?.[1] ?? "";
}

/** The first segments of a property say what it is about. */
function subjectOf(row: string): string {
  const segments = propertyOf(row).split(".");
  return segments.slice(0, Math.max(1, Math.min(3, segments.length - 1))).join(".");
}

function commonPrefix(names: readonly string[]): string {
  const [first = "", ...others] = names.map((name) => name.split("."));
  if (!first || names.some((name) => name === "")) return "";
  let shared = Math.max(0, first.length - 1);
  for (const other of others) {
    while (shared > 0 && other.slice(0, shared).join(".") !== first.slice(0, shared).join(".")) shared--;
  }
  return first.slice(0, shared).join(".");
}
