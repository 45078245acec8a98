/** Finds what is asked by its exact name: a section by its heading, a property or a class by the place that defines it. */
import type { Chunk } from "../document/chunk";
import type { SearchQuery } from "./query";
import { identifierMark, identifierTerm, termsOf } from "./terms";

export interface NameIndex {
  /** Positions of chunks by the terms of their own heading. */
  readonly headings: ReadonlyMap<string, readonly number[]>;
  /** Positions of chunks by the identifiers that a heading, a table row or a list item of theirs begins with. */
  readonly definitions: ReadonlyMap<string, readonly number[]>;
}

/** Words with which a person asks for a definition; they are no part of the name. */
const asking = new Set(
  termsOf(
    "annotation bean boot class configuration default define definition describe description documentation docs example explain key mean " +
      "meaning property reference section setting show spring type value",
  ),
);
const longestName = 8;
const rowStart = /^\s*(?:\||[-*]|\d+\.)\s*\[?`?@?([\p{L}_][\p{L}\p{N}_$.-]*)/gmu;

export function buildNameIndex(chunks: readonly Chunk[]): NameIndex {
  const headings = new Map<string, number[]>();
  const definitions = new Map<string, number[]>();
  chunks.forEach(({ headingPath, text }, position) => {
    const heading = headingPath.at(-1) ?? "";
    const key = nameOf(termsOf(heading));
    if (key !== "") append(headings, key, position);
    for (const identifier of wholeIdentifiers(heading)) append(definitions, identifier, position);
    for (const [, token = ""] of text.matchAll(rowStart)) {
      if (/[.-]|\p{Ll}\p{Lu}/u.test(token)) append(definitions, identifierTerm(token), position);
    }
  });
  return { headings, definitions };
}

/** Positions that the question asks for by name, best first; empty for a question that is more than a name. */
export function findByName(index: NameIndex, query: SearchQuery): readonly number[] {
  const { words, identifiers } = query;
  if (words.length === 0 || words.length > longestName) return [];
  const byHeading =
    index.headings.get(nameOf(words)) ??
    index.headings.get(nameOf(words.filter((word) => !asking.has(word))));
  const [identifier] = identifiers;
  const onlyName = identifier !== undefined && isOnlyName(words, identifier);
  return [...new Set([...(byHeading ?? []), ...(onlyName ? (index.definitions.get(identifier) ?? []) : [])])];
}

/** True when the words beside the identifier's own parts do no more than ask for it. */
function isOnlyName(words: readonly string[], identifier: string): boolean {
  return words.every((word) => asking.has(word) || identifier.includes(word.slice(0, 5)));
}

function nameOf(terms: readonly string[]): string {
  return terms.filter((term) => !term.startsWith(identifierMark)).join(" ");
}

function wholeIdentifiers(text: string): string[] {
  return termsOf(text).filter((term) => term.startsWith(identifierMark));
}

function append(map: Map<string, number[]>, key: string, position: number): void {
  const positions = map.get(key);
  if (!positions) map.set(key, [position]);
  else if (positions.at(-1) !== position) positions.push(position);
}
