/**
 * One document in several formats is one: what the PDF and the page of the same version say in the same section is found once, and carries
 * the page of the one and the anchor of the other.
 */
import { plainHeading } from "../document/sameDocument";
import type { IndexedSet } from "./indexedSet";
import type { SetChunk } from "./searchableSet";
import { sharedCount } from "../sharedCount";

interface Spot {
  readonly set: IndexedSet;
  readonly position: number;
}

/** A section of one document of a set. */
interface Section {
  readonly key: string;
  readonly set: IndexedSet;
  readonly document: string;
  readonly anchor?: string;
  readonly heading: string;
  readonly parent: string;
  readonly positions: number[];
}

export interface Joining {
  /** Names a passage's section over all sets; the same for sections that are one in several formats. */
  keyOf(spot: Spot): string;
  /** Page and anchor of a passage where one of the formats knows them. */
  placeOf(spot: Spot): { readonly anchor?: string; readonly page?: number };
}

/** Share of the shorter text's words that the other must have for two sections of the same name to be one. */
const sameFrom = 0.6;

const known = new WeakMap<IndexedSet, { readonly sets: readonly IndexedSet[]; readonly joining: Joining }>();

/** Linear in the number of passages; the last answer for a list of sets is kept. */
export function joinFormats(sets: readonly IndexedSet[]): Joining {
  const [first] = sets;
  const kept = first && known.get(first);
  if (kept?.sets.length === sets.length && kept.sets.every((set, at) => set === sets[at]))
    return kept.joining;
  const joining = join(sets);
  if (first) known.set(first, { sets: [...sets], joining });
  return joining;
}

function join(sets: readonly IndexedSet[]): Joining {
  const groups = new Map<string, Section[]>();
  const leaders = new Map<string, string>();
  const versioned = byVersion(sets);
  for (const sections of versioned) {
    for (const [section, leader] of pairsOf(sections)) {
      leaders.set(section.key, leader.key);
      const group = groups.get(leader.key);
      if (group) group.push(section);
      else groups.set(leader.key, [leader, section]);
    }
  }
  /** Keys of the passages of sets that were looked into. */
  const keys = new Map<IndexedSet, string[]>();
  for (const { set, key, positions } of versioned.flat()) {
    const own = keys.get(set) ?? [];
    for (const position of positions) own[position] = leaders.get(key) ?? key;
    keys.set(set, own);
  }
  const keyOf = (spot: Spot) => keys.get(spot.set)?.[spot.position] ?? ownKey(spot);
  return {
    keyOf,
    placeOf(spot) {
      const chunk = chunkAt(spot);
      const others = groups.get(keyOf(spot)) ?? [];
      const anchor = chunk?.anchor ?? others.find((other) => other.anchor !== undefined)?.anchor;
      const page = chunk?.page ?? (chunk && pageOf(chunk, others));
      return { ...(anchor !== undefined && { anchor }), ...(page !== undefined && { page }) };
    },
  };
}

/** Sections of all documents that are about the same version; documents about none cannot be told to be the same. */
function byVersion(sets: readonly IndexedSet[]): readonly (readonly Section[])[] {
  const versions = new Map<string, Section[]>();
  for (const set of sets) {
    const { springBootVersion, source } = set.source.set;
    if (springBootVersion === undefined || source?.kind === "dependencies") continue;
    versions.set(springBootVersion, [...(versions.get(springBootVersion) ?? []), ...sectionsOf(set)]);
  }
  return [...versions.values()].filter((sections) =>
    sections.some(({ document }) => document !== sections[0]?.document),
  );
}

/** Made once for each passage: they are asked for with every question, many times. */
const ownKeys = new WeakMap<IndexedSet, readonly string[]>();

function ownKey({ set, position }: Spot): string {
  let keys = ownKeys.get(set);
  if (!keys) {
    keys = set.source.chunks.map((_, at) => `${set.source.set.id}:${set.sections[at] ?? ""}`);
    ownKeys.set(set, keys);
  }
  return keys[position] ?? "";
}

/** Two documents of a set may have the same title, and then the same keys of sections; their paths tell them apart. */
function sectionsOf(set: IndexedSet): readonly Section[] {
  const sections = new Map<string, Section>();
  set.source.chunks.forEach(({ documentPath = "", anchor, headingPath }, position) => {
    const key = `${ownKey({ set, position })}\n${documentPath}`;
    const section = sections.get(key);
    if (section) section.positions.push(position);
    else {
      sections.set(key, {
        ...{ key, set, document: `${set.source.set.id}\n${documentPath}` },
        ...(anchor !== undefined && { anchor }),
        heading: plainHeading(headingPath.at(-1) ?? ""),
        parent: plainHeading(headingPath.at(-2) ?? ""),
        positions: [position],
      });
    }
  });
  return [...sections.values()];
}

/** Each section that is another's, with the first of them. */
function* pairsOf(sections: readonly Section[]): Iterable<readonly [Section, Section]> {
  const byAnchor = new Map<string, Section[]>();
  const byHeading = new Map<string, Section[]>();
  for (const section of sections) {
    const { anchor, heading, parent } = section;
    const headingKey = `${parent}\n${heading}`;
    const same = (candidates: readonly Section[] | undefined) =>
      candidates?.find((other) => other.document !== section.document && isSame(other, section));
    const leader =
      (anchor === undefined ? undefined : same(byAnchor.get(anchor))) ?? same(byHeading.get(headingKey));
    if (leader) yield [section, leader];
    else {
      if (anchor !== undefined) append(byAnchor, anchor, section);
      append(byHeading, headingKey, section);
    }
  }
}

/** Two anchors of the document's own that differ are two sections, however alike they are. */
function isSame(left: Section, right: Section): boolean {
  if (left.anchor !== undefined && right.anchor !== undefined && left.anchor !== right.anchor) return false;
  const [one, other] = [left, right].map(({ set, positions }) =>
    wordsOf(chunkAt({ set, position: positions[0] ?? 0 })),
  );
  return one !== undefined && other !== undefined && containment(one, other) >= sameFrom;
}

/** The page of the passage that is most like it; passages are cut elsewhere in another format. */
function pageOf(chunk: SetChunk, others: readonly Section[]): number | undefined {
  const own = wordsOf(chunk);
  let [best, page]: [number, number | undefined] = [-1, undefined];
  for (const { set, positions } of others) {
    for (const position of positions) {
      const other = chunkAt({ set, position });
      if (other?.page === undefined) continue;
      const share = containment(own, wordsOf(other));
      if (share > best) [best, page] = [share, other.page];
    }
  }
  return page;
}

const chunkAt = ({ set, position }: Spot): SetChunk | undefined => set.source.chunks[position];

/** Words of the text below the heading path, which is the same for all of a section. */
function wordsOf(chunk: SetChunk | undefined): ReadonlySet<string> {
  const text = chunk?.text ?? "";
  const body = text.slice(text.indexOf("\n") + 1);
  return new Set((body === "" ? text : body).toLowerCase().match(/[\p{L}\p{N}]{2,}/gu));
}

function containment(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const least = Math.min(left.size, right.size);
  return least === 0 ? 0 : sharedCount(left, right) / least;
}

function append(map: Map<string, Section[]>, key: string, section: Section): void {
  const list = map.get(key);
  if (list) list.push(section);
  else map.set(key, [section]);
}
