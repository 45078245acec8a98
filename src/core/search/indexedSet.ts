import { buildWordIndex, type WordIndex } from "./bm25";
import { buildNameIndex, type NameIndex } from "./names";
import type { SearchableSet, SetChunk } from "./searchableSet";
import { termsOf } from "./terms";

/** A set with what searching derives from its passages. */
export interface IndexedSet {
  readonly source: SearchableSet;
  readonly words: WordIndex;
  readonly names: NameIndex;
  /** Number of the section that each chunk belongs to. */
  readonly sections: Uint32Array;
  /** The first chunk of each section that has the anchor: several documents of a set may have the same. */
  readonly sectionsByAnchor: ReadonlyMap<string, readonly number[]>;
  /** Share of each chunk's text that stands in table rows, 0 to 1. */
  readonly tableShares: Float32Array;
  /** Different terms of chunks that were looked at, by position; filled by {@link termSetOf}. */
  readonly termSets: Map<number, ReadonlySet<string>>;
}

/** How much one occurrence in a field counts. */
export interface FieldWeights {
  readonly heading: number;
  readonly parents: number;
  readonly body: number;
}

export const defaultFieldWeights: FieldWeights = { heading: 2, parents: 0.5, body: 1 };

export function indexSet(source: SearchableSet, weights: FieldWeights = defaultFieldWeights): IndexedSet {
  const sections = sectionsOf(source.chunks);
  return {
    source,
    words: buildWordIndex(source.chunks, (chunk) => fieldsOf(chunk, weights)),
    names: buildNameIndex(source.chunks),
    sections,
    sectionsByAnchor: byAnchor(source.chunks, sections),
    tableShares: Float32Array.from(source.chunks, ({ text }) => tableShare(withoutHeadingLine(text))),
    termSets: new Map(),
  };
}

/** As many are kept as a session's questions meet; of a large set never all. */
const mostTermSets = 2_000;

/** The different terms of a chunk, taken apart once. */
export function termSetOf({ source, termSets }: IndexedSet, position: number): ReadonlySet<string> {
  const known = termSets.get(position);
  if (known) return known;
  const terms = new Set(termsOf(source.chunks[position]?.text ?? ""));
  if (termSets.size >= mostTermSets) termSets.clear();
  termSets.set(position, terms);
  return terms;
}

function byAnchor(
  chunks: readonly SetChunk[],
  sections: Uint32Array,
): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  chunks.forEach(({ anchor, documentPath }, position) => {
    if (anchor === undefined) return;
    const known = positions.get(anchor);
    // Two documents may bear the same title, and then the same numbers of sections; their paths tell them apart.
    const isSame = (other: number) =>
      sections[other] === sections[position] && chunks[other]?.documentPath === documentPath;
    if (known?.some(isSame)) return;
    if (known) known.push(position);
    else positions.set(anchor, [position]);
  });
  return positions;
}

function sectionsOf(chunks: readonly SetChunk[]): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(chunks, (chunk) => {
    const key = sectionKey(chunk);
    const number = numbers.get(key) ?? numbers.size;
    if (number === numbers.size) numbers.set(key, number);
    return number;
  });
}

/** Chunks of a set with the same key stand in the same section of the same document. */
function sectionKey({ anchor, document, headingPath }: SetChunk): string {
  return [document, anchor ?? headingPath.join(" > ")].join("\n");
}

function fieldsOf({ headingPath, text }: SetChunk, weights: FieldWeights) {
  return [
    { terms: termsOf(headingPath.at(-1) ?? ""), weight: weights.heading },
    { terms: termsOf(headingPath.slice(0, -1).join("\n")), weight: weights.parents },
    { terms: termsOf(withoutHeadingLine(text)), weight: weights.body },
  ];
}

/** A chunk's first line is its heading path, which has fields of its own. */
function withoutHeadingLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(end + 1);
}

function tableShare(text: string): number {
  if (text === "") return 0;
  const rows = text.split("\n").filter((line) => /^\s*\|.*\|\s*$/.test(line));
  return Math.min(1, rows.reduce((sum, row) => sum + row.length + 1, 0) / text.length);
}
