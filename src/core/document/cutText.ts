/** Cuts long text at the best places, in linear time. */

/**
 * Lines in groups of at most `room` characters. A group ends at a blank line when there is one in its second half, else at a line that
 * is indented least; a single line that is too long is cut at words.
 */
export function cutLines(text: string, room: number): readonly string[] {
  const lines = text
    .split("\n")
    .flatMap((line) => (line.length <= room ? [line] : cutWords(line, room, room)));
  const groups: string[] = [];
  let start = 0;
  while (start < lines.length) {
    let end = start;
    let length = 0;
    while (end < lines.length && length + (lines[end]?.length ?? 0) + (end > start ? 1 : 0) <= room) {
      length += (lines[end]?.length ?? 0) + (end > start ? 1 : 0);
      end++;
    }
    if (end < lines.length) end = bestEnd(lines, start, end);
    const group = lines
      .slice(start, end)
      .join("\n")
      .replace(/^(\s*\n)+|\s+$/g, "");
    if (group) groups.push(group);
    start = end;
  }
  return groups;
}

function bestEnd(lines: readonly string[], start: number, end: number): number {
  const earliest = start + Math.max(1, Math.ceil((end - start) / 2));
  let best = end;
  let bestIndent = Number.POSITIVE_INFINITY;
  for (let candidate = end; candidate >= earliest; candidate--) {
    const line = lines[candidate] ?? "";
    const blank = line.trim() === "" || (lines[candidate - 1] ?? "x").trim() === "";
    const indent =
      (/^\s*/.exec(line)?.[0].length ?? 0) + (blank ? -1.5 : 0) + (/^\s*[)}\]]/.test(line) ? 3 : 0);
    if (indent < bestIndent) {
      best = candidate;
      bestIndent = indent;
    }
  }
  return best;
}

/** Whole when it fits; else sentences in groups near the target; a sentence that is too long is cut between words. */
export function cutWords(text: string, room: number, target: number): readonly string[] {
  if (text.length <= room) return [text];
  const groups: string[] = [];
  let group = "";
  for (const sentence of sentencesOf(text, room)) {
    if (group !== "" && group.length + sentence.length > Math.min(target, room)) {
      groups.push(group.trim());
      group = "";
    }
    group += sentence;
  }
  if (group.trim() !== "") groups.push(group.trim());
  return groups;
}

function* sentencesOf(text: string, room: number): Generator<string> {
  for (const { segment } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)) {
    let rest = segment;
    while (rest.length > room) {
      const blank = rest.lastIndexOf(" ", room - 1);
      const end = blank > room / 2 ? blank + 1 : room;
      yield rest.slice(0, end);
      rest = rest.slice(end);
    }
    if (rest) yield rest;
  }
}
