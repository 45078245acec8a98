/** Moves code from the answer's indentation to the file's. Text here has `\n` line ends only. */

/** One level of indentation: a tab, or that many blanks. */
export type IndentUnit = "\t" | number;

/** The unit that a piece of code uses itself: a tab when a line starts with one, else the smallest step of its lines. */
export function unitOf(code: string): IndentUnit | undefined {
  const widths = code.split("\n").flatMap((line) => {
    const indent = /^[ \t]*(?=[^ \t*\r\n])/.exec(line)?.[0] ?? "";
    return indent === "" ? [] : [indent];
  });
  if (widths.some((indent) => indent.startsWith("\t"))) return "\t";
  const smallest = Math.min(...widths.map((indent) => indent.length));
  return Number.isFinite(smallest) && smallest > 1 ? smallest : undefined;
}

/** Takes away the indentation that all lines share, and blank lines at both ends. */
export function dedent(code: string): string {
  const lines = withoutBlankEnds(code.split("\n"));
  const indents = lines.filter((line) => line.trim() !== "").map(indentOf);
  const shared = indents.reduce((least, indent) => sharedPrefix(least, indent), indents[0] ?? "");
  return lines.map((line) => (line.trim() === "" ? "" : line.slice(shared.length))).join("\n");
}

/** Dedents, turns the code's own unit into the file's, and puts `base` before every line that is not blank. */
export function reindent(code: string, base: string, unit: IndentUnit): string {
  const flat = dedent(code);
  const own = unitOf(flat);
  return flat
    .split("\n")
    .map((line) => (line === "" ? "" : base + convert(line, own, unit)))
    .join("\n");
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

export function indentText(unit: IndentUnit): string {
  return unit === "\t" ? "\t" : " ".repeat(unit);
}

/** What is no multiple of the unit (an aligned continuation, the star of a comment) keeps its rest as blanks. */
function convert(line: string, own: IndentUnit | undefined, unit: IndentUnit): string {
  if (own === undefined || own === unit) return line;
  const indent = indentOf(line);
  const levels = own === "\t" ? (/^\t*/.exec(indent)?.[0].length ?? 0) : Math.floor(indent.length / own);
  const rest = own === "\t" ? indent.slice(levels) : indent.slice(levels * own);
  return indentText(unit).repeat(levels) + rest + line.slice(indent.length);
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return first < 0 ? [] : lines.slice(first, last + 1);
}

function sharedPrefix(left: string, right: string): string {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return left.slice(0, length);
}
