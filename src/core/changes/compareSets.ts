/** Compares the document sets of two versions, and finds in what differs what a person asked about. */
import { areSameDocument, headingsOf, plainHeading } from "../document/sameDocument";
import type { SearchableSet } from "../search/searchableSet";
import { compareSections, type SectionDifference } from "./compareSections";
import { matchSections, type MatchedSection } from "./matchSections";
import { sectionsOfSet, type SetSection } from "./setSections";
import type { ChangedLine } from "./versionChanges";

export interface SetPair {
  readonly from: SearchableSet;
  readonly to: SearchableSet;
  readonly sections: readonly MatchedSection[];
}

/** A section of both versions, or of one, with the pair of sets that it belongs to. */
export interface ComparedPair extends MatchedSection {
  readonly sets: SetPair;
  readonly difference: SectionDifference;
  readonly lines: readonly ChangedLine[];
}

/** Share of the smaller set's sections that the other must have for the two to be one document. */
const sameDocumentFrom = 0.25;

/**
 * Each set of one version with the set of the other that is most like it; a document that is there in several formats is compared in the
 * format that both versions have. What finds no partner is left out.
 */
export function pairSets(
  before: readonly SearchableSet[],
  after: readonly SearchableSet[],
): { readonly pairs: readonly SetPair[]; readonly leftOut: readonly SearchableSet[] } {
  const sectionsOf = new Map([...before, ...after].map((set) => [set, sectionsOfSet(set.chunks)]));
  const candidates = before.flatMap((from) =>
    after.flatMap((to): readonly (SetPair & { readonly likeness: number })[] => {
      const [old, fresh] = [sectionsOf.get(from) ?? [], sectionsOf.get(to) ?? []];
      const sections = matchSections(old, fresh);
      const shared = sections.filter(({ before: own, after: other }) => own && other);
      if (shared.length === 0 || shared.length < sameDocumentFrom * Math.min(old.length, fresh.length))
        return [];
      return [{ from, to, sections, likeness: shared.length + shared.filter(isVerbatim).length }];
    }),
  );
  const pairs: SetPair[] = [];
  const taken = new Set<SearchableSet>();
  for (const { from, to, sections } of candidates.sort((left, right) => right.likeness - left.likeness)) {
    const pair: SetPair = { from, to, sections };
    if (taken.has(pair.from) || taken.has(pair.to)) continue;
    // The same document in another format would say every change a second time.
    if (pairs.some(({ to }) => areSameDocument(headingsOf(to.chunks), headingsOf(pair.to.chunks)))) continue;
    pairs.push(pair);
    taken.add(pair.from).add(pair.to);
  }
  return { pairs, leftOut: [...before, ...after].filter((set) => !taken.has(set)) };
}

const isVerbatim = ({ before, after }: MatchedSection) =>
  before?.lines.join("\n") === after?.lines.join("\n");

/** Every section of the pairs with what became of it, in reading order. */
export function comparePairs(pairs: readonly SetPair[], from: string, to: string): readonly ComparedPair[] {
  return pairs.flatMap((sets) =>
    sets.sections.map((section) => ({ ...section, sets, ...compareSections(section, from, to) })),
  );
}

/** The sections at and below a heading or an anchor that a person named; undefined when it names none. */
export function belowHeading(
  compared: readonly ComparedPair[],
  about: string,
): readonly ComparedPair[] | undefined {
  const wanted = plainHeading(about);
  const anchor = about.trim().replace(/^#/, "");
  const paths = compared.flatMap(({ before, after }) =>
    [before, after].flatMap((side) => {
      if (!side) return [];
      if (side.anchor === anchor) return [side.headingPath];
      const depth = side.headingPath.findIndex((heading) => plainHeading(heading) === wanted);
      return depth < 0 ? [] : [side.headingPath.slice(0, depth + 1)];
    }),
  );
  if (paths.length === 0) return undefined;
  const keys = new Set(paths.map(keyOf));
  const isBelow = (side: SetSection | undefined) =>
    side?.headingPath.some((_, at) => keys.has(keyOf(side.headingPath.slice(0, at + 1)))) ?? false;
  return compared.filter(({ before, after }) => isBelow(before) || isBelow(after));
}

const keyOf = (path: readonly string[]) => path.join("\n");

/** The sections that hold the found passages, in their order; ids are a set's, positions those of its passages. */
export function holding(
  compared: readonly ComparedPair[],
  found: readonly { readonly setId: string; readonly position: number }[],
): readonly ComparedPair[] {
  const places = new Map<string, ComparedPair>();
  for (const pair of compared) {
    for (const [set, side] of [
      [pair.sets.from, pair.before],
      [pair.sets.to, pair.after],
    ] as const) {
      for (const position of side?.positions ?? []) places.set(`${set.set.id}:${position}`, pair);
    }
  }
  return [...new Set(found.flatMap(({ setId, position }) => places.get(`${setId}:${position}`) ?? []))];
}
