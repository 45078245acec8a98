/** Places `.properties` lines: a key that is there gets its new value where it stands, the others go to the caret. */
import { placeLines } from "./linePlace";
import type { Placement, PlaceRequest } from "./placement";
import type { TextEdit } from "./textEdit";

export function placeProperties(request: PlaceRequest): Placement {
  const { text, start, end, code } = request;
  const existing = new Map(entriesOf(text).map((entry) => [entry.key, entry]));
  const replaced: TextEdit[] = [];
  const rest: string[] = [];
  let comments: string[] = [];
  for (const line of code.split("\n")) {
    const key = keyOf(line);
    if (key === undefined) {
      comments.push(line);
      continue;
    }
    const before = existing.get(key);
    if (before && (before.end <= start || before.start >= end)) {
      replaced.push({ start: before.start, end: before.end, text: line.trim() });
    } else rest.push(...comments, line);
    comments = [];
  }
  if (rest.length === 0) return { edits: replaced, notes: [] };
  const added = rest.join("\n");
  const at = start === end && start >= text.length ? kinEnd(text, rest) : undefined;
  if (at !== undefined)
    return { edits: [...replaced, { start: at, end: at, text: `\n${added}` }], notes: [] };
  const { edits } = placeLines({ ...request, code: added });
  return { edits: [...replaced, ...edits], notes: [] };
}

/** Nobody chose a place: below the last property that shares two levels of its name with the first new one. */
function kinEnd(text: string, lines: readonly string[]): number | undefined {
  const key = lines.map(keyOf).find((each) => each !== undefined);
  const family = key?.split(".").slice(0, 2).join(".");
  return entriesOf(text).findLast(
    (entry) => entry.key === family || entry.key.startsWith(`${family ?? "?"}.`),
  )?.end;
}

interface Entry {
  readonly key: string;
  readonly start: number;
  /** End of the last of its lines, as a backslash continues a line. */
  readonly end: number;
}

function entriesOf(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  const pattern = /^(?:.*\\\n)*.*$/gm;
  for (const match of text.matchAll(pattern)) {
    const key = keyOf(match[0].split("\n")[0] ?? "");
    if (key !== undefined) entries.push({ key, start: match.index, end: match.index + match[0].length });
  }
  return entries;
}

function keyOf(line: string): string | undefined {
  return /^\s*([^#!\s=:][^\s=:]*)\s*[=:]/.exec(line)?.[1];
}
