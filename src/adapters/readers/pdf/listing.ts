/** Restores the text of a listing from where its lines stand. */
import { type Line } from "./pageText";
import type { Typography } from "./typography";

/** Indentation from the left edges, blank lines from the distances; a line that was broken for want of room becomes one again. */
export function codeText(lines: readonly Line[], rightEdge: number, typography: Typography): string {
  const left = Math.min(...lines.map((line) => line.x));
  const [first] = lines;
  const advance = first ? advanceOf(lines) : 1;
  // The frame around a listing is as far from its text on the right as on the left.
  const texts: string[] = [];
  let previous: Line | undefined;
  for (const line of lines) {
    const indent = Math.max(0, Math.round((line.x - left) / advance));
    const text = spacedText(line, advance);
    if (previous && wasBroken(previous, line, text, left, rightEdge, advance)) {
      const last = texts.length - 1;
      const glue = /\s/.test((texts[last] ?? "").trim()) ? " " : "";
      texts[last] = (texts[last] ?? "") + glue + text;
    } else {
      if (previous?.page === line.page) {
        const distance = (previous.y - line.y) / (typography.codeLeading * line.size);
        for (let blank = 1; blank < Math.round(distance); blank++) texts.push("");
      }
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

/** The word that begins this line had no room at the end of the line before. */
function wasBroken(
  previous: Line,
  line: Line,
  text: string,
  left: number,
  rightEdge: number,
  advance: number,
): boolean {
  if (line.x > left + advance / 2) return false;
  const [word = ""] = /^\S+/.exec(text) ?? [];
  const padding = left - Math.min(left, rightEdge - (rightEdge - left));
  return (
    previous.right + (word.length + 1) * advance > rightEdge - padding && previous.right > left + 40 * advance
  );
}
