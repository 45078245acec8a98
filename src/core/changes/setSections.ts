/** The sections of a document set, put together again from its passages, as lines that can be compared. */
import type { SetChunk } from "../search/searchableSet";

export interface SetSection {
  readonly document: string;
  readonly documentPath?: string;
  readonly documentUrl?: string;
  readonly headingPath: readonly string[];
  readonly anchor?: string;
  readonly page?: number;
  /** Positions of its passages in the set. */
  readonly positions: readonly number[];
  /** See {@link sectionLines}. */
  readonly lines: readonly string[];
}

/** In reading order. Sections without an anchor are told apart by their heading path. */
export function sectionsOfSet(chunks: readonly SetChunk[]): readonly SetSection[] {
  const groups = new Map<string, number[]>();
  chunks.forEach(({ documentPath, document, anchor, headingPath }, position) => {
    const key = [documentPath ?? document, anchor ?? headingPath.join(" > ")].join("\n");
    const group = groups.get(key);
    if (group) group.push(position);
    else groups.set(key, [position]);
  });
  return [...groups.values()].flatMap((positions): SetSection[] => {
    const own = positions.flatMap((position) => chunks[position] ?? []);
    const [first] = own;
    if (!first) return [];
    const { document, documentPath, documentUrl, anchor, page } = first;
    return [
      {
        document,
        ...(documentPath !== undefined && { documentPath }),
        ...(documentUrl !== undefined && { documentUrl }),
        headingPath: commonStart(own.map(({ headingPath }) => headingPath)),
        ...(anchor !== undefined && { anchor }),
        ...(page !== undefined && { page }),
        positions,
        lines: sectionLines(own.map(bodyOf)),
      },
    ];
  });
}

/** A passage without the heading path that is its first line. */
function bodyOf({ text, headingPath }: SetChunk): string {
  const end = text.indexOf("\n");
  const heading = (end < 0 ? text : text.slice(0, end)).trim();
  return heading !== "" && headingPath.join(" > ").endsWith(heading) ? text.slice(heading.length) : text;
}

function commonStart(paths: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = paths;
  const differing = first.findIndex((part, index) => others.some((path) => path[index] !== part));
  return differing < 0 ? first : first.slice(0, differing);
}

const fence = /^\s*(?:`{3,}|~{3,})/;
const tableRule = /^\|(?:\s*:?-+:?\s*\|)+\s*$/;

/** True for lines that carry no words: they stand elsewhere when a passage is cut elsewhere. */
export const isFrame = (line: string) => line.trim() === "" || fence.test(line) || tableRule.test(line);

/**
 * Prose a sentence a line, list items, table rows and code as they are; an empty line between blocks. Each part of a table that was cut for
 * its length repeats the head, which is said once here.
 */
export function sectionLines(bodies: readonly string[]): readonly string[] {
  const lines: string[] = [];
  const heads = new Set<string>();
  const blank = () => {
    if (lines.length > 0 && lines.at(-1) !== "") lines.push("");
  };
  for (const body of bodies) {
    const own = body.trim().split("\n");
    let isCode = false;
    blank();
    for (let at = 0; at < own.length; at++) {
      const line = own[at] ?? "";
      if (fence.test(line)) isCode = !isCode;
      if (isCode || fence.test(line)) lines.push(line);
      else if (line.trim() === "") blank();
      else if (tableRule.test(own[at + 1] ?? "") && heads.has(line)) {
        while (lines.at(-1) === "") lines.pop();
        at++; // the rule goes where its head went
      } else if (line.startsWith("|")) {
        if (tableRule.test(own[at + 1] ?? "")) heads.add(line);
        lines.push(line);
      } else lines.push(...sentences(line));
    }
  }
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Every sentence keeps the quote mark or indentation of its line. */
function sentences(line: string): readonly string[] {
  const start = /^[\s>]*/.exec(line)?.[0] ?? "";
  const joined: string[] = [];
  for (const { segment } of segmenter.segment(line.slice(start.length))) {
    const part = segment.trim();
    const last = joined.at(-1);
    // "1." of a list, "e.g." and the like end no sentence.
    if (last !== undefined && /(?:^|\s)(?:\d+|e\.g|i\.e|etc|vs)\.$/.test(last)) {
      joined[joined.length - 1] = `${last} ${part}`;
    } else if (part !== "") joined.push(part);
  }
  return joined.map((part) => start + part);
}
