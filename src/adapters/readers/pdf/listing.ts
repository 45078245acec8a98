/** Restores the text of a listing from where its lines stand. */
import { lineText, type Line } from "./pageText";
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
    if (previous && rows < 1.5 && wasBroken(previous, line, text, left, rightEdge, advance)) {
      const last = texts.length - 1;
      const before = texts[last] ?? "";
      texts[last] = before + glueOf(before, text, (rightEdge - line.size - left) / advance) + text;
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
const freshStart = /^(import|package|@|[})\]<#>*]|\$ |\/\/|--|==|\d{4}-|\[\w+\]|[\w.-]+\s*[=:](?!:))/;

/** The word that begins this line had no room at the end of the line before, and neither line looks complete by itself. */
function wasBroken(
  previous: Line,
  line: Line,
  text: string,
  left: number,
  rightEdge: number,
  advance: number,
) {
  if (line.x > left + advance / 2 || freshStart.test(text) || /[;{}>]$/.test(lineText(previous)))
    return false;
  const [word = ""] = /^\S+/.exec(text) ?? [];
  // Asciidoctor's theme pads a listing by 11 points, its own font's size; the frame ends at the text's edge.
  return previous.right + (word.length + 1) * advance > rightEdge - line.size + 1;
}

/** Nothing stands between two parts of one word: broken at its hyphen, or anywhere when it is longer than a line. */
function glueOf(before: string, text: string, roomInCharacters: number): string {
  const [end = ""] = /\S+$/.exec(before) ?? [];
  const [start = ""] = /^\S+/.exec(text) ?? [];
  return /[\w/]-$/.test(end) || end.length + start.length > roomInCharacters ? "" : " ";
}
