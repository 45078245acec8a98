/** Restores the text of a listing from where its lines stand. */
import { type Line } from "./pageText";
import type { Typography } from "./typography";

/** Indentation from the left edges, blank lines from the distances; a line that was broken for want of room becomes one again. */
export function codeText(lines: readonly Line[], rightEdge: number, typography: Typography): string {
  const left = Math.min(...lines.map((line) => line.x));
  const [first] = lines;
  const advance = first ? advanceOf(lines) : 1;
  const texts: string[] = [];
  let previous: Line | undefined;
  for (const line of lines) {
    const indent = Math.max(0, Math.round((line.x - left) / advance));
    const text = spacedText(line, advance);
    const rows =
      previous?.page === line.page ? (previous.y - line.y) / (typography.codeLeading * line.size) : 1;
    // Asciidoctor's theme pads a listing by 11 points, its own font's size.
    const room = rightEdge - line.size;
    if (previous && rows < 1.5 && wasBroken(previous, line, text, left, room, advance)) {
      const before = texts.pop() ?? "";
      const joined = /\w-$/.test(before) || isFull(previous, room, advance);
      texts.push(before + (joined ? "" : " ") + text);
    } else {
      for (let blank = 1; blank < Math.round(rows); blank++) texts.push("");
      texts.push(" ".repeat(indent) + text);
    }
    previous = line;
  }
  return texts.join("\n");
}

/** Runs of a line with as many spaces between them as their distance holds. */
function spacedText(line: Line, advance: number): string {
  let text = "";
  let right = line.x;
  for (const run of line.runs) {
    text += " ".repeat(Math.max(0, Math.round((run.x - right) / advance))) + run.text;
    right = run.right;
  }
  return text.trimEnd();
}

function advanceOf(lines: readonly Line[]): number {
  let width = 0;
  let characters = 0;
  for (const line of lines) {
    for (const run of line.runs) {
      width += run.right - run.x;
      characters += run.text.length;
    }
  }
  return characters > 0 && width > 0 ? width / characters : 1;
}

/** What begins a line of its own in code, markup, logs and properties. */
const freshStart = /^(import|package|@|[})\]<#>*]|\$ |\/\/|--|==|\d{4}-|\[\w+\]|[\w.-]+\s?[=:](?![:/]))/;

/** The word that begins this line had no room at the end of the line before, and neither line looks complete by itself. */
function wasBroken(
  previous: Line,
  line: Line,
  text: string,
  left: number,
  room: number,
  advance: number,
): boolean {
  const before = previous.text;
  const [word = ""] = /^\S+/.exec(text) ?? [];
  if (line.x > left + advance / 2 || previous.right + (word.length + 1) * advance <= room + 1) return false;
  if (/\w-$/.test(before) || isFull(previous, room, advance) || /<[^>]*$/.test(before))
    return /[\p{L}\p{N}]/u.test(before);
  return !freshStart.test(text) && !/[;{}>]$/.test(before) && /\p{L}/u.test(before);
}

/** A word that is longer than a line is broken where the line is full; other lines are broken at spaces and after hyphens. */
function isFull(line: Line, room: number, advance: number): boolean {
  return line.right + advance > room;
}
