/** What was accepted, as it is kept: pure over plain data. */
import type { LineOrigin } from "../../core/answer/lineOrigins";
import type { Passage } from "../../core/search/passage";

export interface AcceptedChange {
  /** Hunks of one answer that are accepted one by one make one entry. */
  readonly id: string;
  /** ISO 8601; of the last hunk. */
  readonly at: string;
  readonly instruction: string;
  readonly model?: string;
  /** Words that say whose documents answered, when not the project's own version's. */
  readonly mark?: string;
  readonly passages: readonly Passage[];
  readonly files: readonly AcceptedFile[];
}

export interface AcceptedFile {
  readonly uri: string;
  /** Texts that went into the file. */
  readonly texts: readonly string[];
  /** What their lines rest on, by the line's words. */
  readonly origins: readonly (readonly [line: string, origin: LineOrigin])[];
}

/** The oldest entries beyond this number go. */
export const mostAccepted = 100;

/** The latest first; an entry with the same id takes the new files in. */
export function withAccepted(
  entries: readonly AcceptedChange[],
  added: AcceptedChange,
): readonly AcceptedChange[] {
  const known = entries.find(({ id }) => id === added.id);
  const entry = known ? { ...added, files: mergeFiles(known.files, added.files) } : added;
  return [entry, ...entries.filter(({ id }) => id !== added.id)].slice(0, mostAccepted);
}

function mergeFiles(known: readonly AcceptedFile[], added: readonly AcceptedFile[]): readonly AcceptedFile[] {
  const merged = new Map(known.map((file) => [file.uri, file]));
  for (const file of added) {
    const before = merged.get(file.uri);
    merged.set(
      file.uri,
      before
        ? {
            uri: file.uri,
            texts: [...before.texts, ...file.texts],
            origins: [...new Map([...before.origins, ...file.origins])],
          }
        : file,
    );
  }
  return [...merged.values()];
}

/**
 * Where accepted lines are now, with what they rest on, by line from 0. A text that is still there as it was is found as a whole; of one
 * that was edited since, those lines that stand in the file exactly once.
 */
export function keptOrigins(
  lines: readonly string[],
  { texts, origins }: AcceptedFile,
): ReadonlyMap<number, LineOrigin> {
  const byWords = new Map(origins);
  const trimmed = lines.map((line) => line.trim());
  const found = new Map<number, LineOrigin>();
  const note = (line: number, words: string) => {
    const origin = byWords.get(words);
    if (origin) found.set(line, origin);
  };
  for (const text of texts) {
    const own = text.split("\n").map((line) => line.trim());
    while (own[0] === "") own.shift();
    while (own.at(-1) === "") own.pop();
    if (own.length === 0) continue;
    const start = blockAt(trimmed, own);
    if (start !== undefined) own.forEach((words, index) => note(start + index, words));
    else {
      for (const words of own) {
        const first = trimmed.indexOf(words);
        if (first >= 0 && !trimmed.includes(words, first + 1)) note(first, words);
      }
    }
  }
  return found;
}

function blockAt(lines: readonly string[], block: readonly string[]): number | undefined {
  for (
    let start = lines.indexOf(block[0] ?? "");
    start >= 0;
    start = lines.indexOf(block[0] ?? "", start + 1)
  ) {
    if (block.every((words, index) => lines[start + index] === words)) return start;
  }
  return undefined;
}
