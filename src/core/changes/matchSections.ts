/** Finds for each section of one document the one that is the same section in another version of it. */
import type { SetSection } from "./setSections";
import { sharedCount } from "../sharedCount";

export interface MatchedSection {
  readonly before?: SetSection;
  readonly after?: SetSection;
}

/** Share of common words (Jaccard) from which two sections of the same name are one that was moved. */
const alikeFrom = 0.5;

/**
 * By the document's own anchors, then by heading paths, then by the heading alone where the text is alike: a guide that was split into pages
 * has other anchors and other parents. In reading order of `after`; what is gone stands behind the section that it followed.
 */
export function matchSections(
  before: readonly SetSection[],
  after: readonly SetSection[],
): readonly MatchedSection[] {
  const partners = new Map<SetSection, SetSection>();
  const taken = new Set<SetSection>();
  const pass = (keyOf: (section: SetSection) => string | undefined, fits?: Fits) => {
    const open = byKey(before, keyOf, (section) => taken.has(section));
    for (const section of after) {
      const key = partners.has(section) ? undefined : keyOf(section);
      const candidates = key === undefined ? [] : (open.get(key) ?? []).filter((each) => !taken.has(each));
      const partner = fits ? candidates.find((each) => fits(each, section)) : candidates[0];
      if (!partner) continue;
      partners.set(section, partner);
      taken.add(partner);
    }
  };
  const anchorOf = ({ anchor }: SetSection) => anchor;
  const uniqueAnchors = intersection(uniques(before.map(anchorOf)), uniques(after.map(anchorOf)));
  pass(({ documentPath, anchor }) => (anchor === undefined ? undefined : `${documentPath ?? ""}#${anchor}`));
  pass(({ anchor }) => (anchor !== undefined && uniqueAnchors.has(anchor) ? anchor : undefined));
  pass(({ headingPath }) => headingPath.join("\n").toLowerCase());
  pass(({ headingPath }) => headingPath.at(-1)?.toLowerCase(), isAlike);
  pass(({ lines }) => (lines.length > 1 ? lines.join("\n") : undefined));
  return inReadingOrder(before, after, partners, taken);
}

type Fits = (before: SetSection, after: SetSection) => boolean;

function inReadingOrder(
  before: readonly SetSection[],
  after: readonly SetSection[],
  partners: ReadonlyMap<SetSection, SetSection>,
  taken: ReadonlySet<SetSection>,
): readonly MatchedSection[] {
  /** What is gone, by the last section before it that stayed. */
  const gone = new Map<SetSection | undefined, SetSection[]>();
  let stayed: SetSection | undefined;
  for (const section of before) {
    if (taken.has(section)) stayed = section;
    else gone.set(stayed, [...(gone.get(stayed) ?? []), section]);
  }
  const removed = (behind: SetSection | undefined): readonly MatchedSection[] =>
    (gone.get(behind) ?? []).map((section) => ({ before: section }));
  return [
    ...removed(undefined),
    ...after.flatMap((section): readonly MatchedSection[] => {
      const partner = partners.get(section);
      return partner ? [{ before: partner, after: section }, ...removed(partner)] : [{ after: section }];
    }),
  ];
}

function byKey(
  sections: readonly SetSection[],
  keyOf: (section: SetSection) => string | undefined,
  isTaken: (section: SetSection) => boolean,
): ReadonlyMap<string, readonly SetSection[]> {
  const groups = new Map<string, SetSection[]>();
  for (const section of sections) {
    const key = isTaken(section) ? undefined : keyOf(section);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(section);
    else groups.set(key, [section]);
  }
  return groups;
}

function isAlike(before: SetSection, after: SetSection): boolean {
  const [left, right] = [wordsOf(before), wordsOf(after)];
  const common = sharedCount(left, right);
  return common >= alikeFrom * (left.size + right.size - common);
}

const wordsOf = ({ lines }: SetSection) =>
  new Set(
    lines
      .join("\n")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu),
  );

function uniques(values: readonly (string | undefined)[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Set([...counts].flatMap(([value, count]) => (count === 1 ? [value] : [])));
}

function intersection(left: ReadonlySet<string>, right: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...left].filter((value) => right.has(value)));
}
