/** Lines of a text, from 0, end exclusive. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** A statement that goes over more lines than this is not what a problem is about. */
const mostLines = 12;

/**
 * The whole statement around the lines of a problem: a model that is to replace a part of a call chain would write the chain again. Lines of
 * configuration stand for themselves.
 */
export function statementAround(lines: readonly string[], problem: LineSpan, languageId: string): LineSpan {
  if (!/^(java|kotlin|groovy|gradle)$/.test(languageId)) return problem;
  let { start, end } = problem;
  while (start > 0 && end - start < mostLines && goesOn(lines[start - 1] ?? "")) start--;
  while (end < lines.length && end - start < mostLines && goesOn(lines[end - 1] ?? "")) end++;
  return { start, end };
}

/** True for a line after which the same statement continues; annotations belong to what they stand above, and are left alone. */
function goesOn(line: string): boolean {
  const words = line.replace(/\/\/.*$/, "").trim();
  return words !== "" && !/[;{}]$/.test(words) && !/^(@|\*|\/\*|#)/.test(words) && !words.endsWith("*/");
}
