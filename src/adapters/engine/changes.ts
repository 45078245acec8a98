/** What changed between two versions whose documents are both here. */
import { isComparable } from "../../core/changes/comparable";
import {
  comparePairs,
  belowHeading,
  holding,
  pairSets,
  type ComparedPair,
} from "../../core/changes/compareSets";
import type { SetSection } from "../../core/changes/setSections";
import type {
  ChangedSection,
  ChangesRequest,
  Narrowing,
  SectionChange,
  VersionChanges,
} from "../../core/changes/versionChanges";
import { FailureError } from "../../core/failure";
import { compareVersions } from "../../core/project/springBootVersion";
import type { SearchableSet } from "../../core/search/searchableSet";
import { readOfficialPages, type OfficialPages } from "./officialPages";
import type { Searching } from "./searching";
import type { Sets } from "./sets";

export interface ChangesProps {
  readonly sets: Pick<Sets, "openAll">;
  readonly searching: Pick<Searching, "search">;
  readonly packageRoot: string;
  readonly defaultStore: string;
}

/** Sections of each version that a question leads to. */
const sectionsAsked = 10;

/** Throws `no-index`, `version-not-indexed`, and what opening the sets throws. */
export async function findChanges(
  { sets, searching, packageRoot, defaultStore }: ChangesProps,
  request: ChangesRequest,
  signal: AbortSignal,
): Promise<VersionChanges> {
  const { store, about = "" } = request;
  const all = (await sets.openAll(store, signal)).filter(({ set }) => isComparable(set));
  if (all.length === 0) throw new FailureError({ kind: "no-index", store: store ?? defaultStore });
  const [from, to] = [indexedVersion(all, request.from), indexedVersion(all, request.to)];
  const of = (version: string) => all.filter(({ set }) => set.springBootVersion === version);
  const { pairs, leftOut } = pairSets(of(from), of(to));
  signal.throwIfAborted();
  const compared = comparePairs(pairs, from, to);
  const asked = about.trim() === "" ? undefined : await narrow(about, compared, { searching, store }, signal);
  const official = await readOfficialPages(packageRoot);
  signal.throwIfAborted();
  const both = compared.filter(({ before, after }) => before && after);
  return {
    from,
    to,
    compared: pairs.map((pair) => ({ from: pair.from.set.name, to: pair.to.set.name })),
    leftOut: leftOut.map(({ set }) => set.name),
    common: both.length,
    renumbered: both.filter(({ difference }) => difference === "renumbered").length,
    changes: (asked?.sections ?? compared).flatMap((section) => changeOf(section, official)),
    ...(asked && { narrowed: asked.narrowed }),
  };
}

/** The version itself, or the newest release of a line. Throws `version-not-indexed`. */
function indexedVersion(sets: readonly SearchableSet[], wanted: string): string {
  const indexed = [...new Set(sets.flatMap(({ set }) => set.springBootVersion ?? []))].sort(compareVersions);
  const version = indexed.includes(wanted)
    ? wanted
    : indexed.filter((each) => each.startsWith(`${wanted}.`)).at(-1);
  if (version === undefined)
    throw new FailureError({ kind: "version-not-indexed", version: wanted, indexed });
  return version;
}

async function narrow(
  about: string,
  compared: readonly ComparedPair[],
  { searching, store }: { readonly searching: ChangesProps["searching"]; readonly store: string | undefined },
  signal: AbortSignal,
): Promise<{ readonly sections: readonly ComparedPair[]; readonly narrowed: Narrowing }> {
  const below = belowHeading(compared, about);
  if (below)
    return { sections: below, narrowed: { by: "heading", answered: true, unchanged: unchangedOf(below) } };
  const ofSide = (side: "from" | "to") =>
    searching.search(
      {
        question: about,
        count: sectionsAsked,
        sets: [...new Set(compared.map(({ sets }) => sets[side].set.id))],
        ...(store !== undefined && { store }),
      },
      signal,
    );
  if (compared.length === 0)
    return { sections: [], narrowed: { by: "question", answered: false, unchanged: [] } };
  const replies = [await ofSide("to"), await ofSide("from")];
  // The best of both versions first: what answers in one of them alone is what was added or removed.
  const found = replies
    .flatMap(({ results }) => results.map(({ id, setId }, rank) => ({ id, setId, rank })))
    .sort((left, right) => left.rank - right.rank)
    .map(({ id, setId }) => ({ setId, position: Number(id.slice(id.lastIndexOf(":") + 1)) }));
  const sections = holding(compared, found);
  const answered = replies.some((reply) => reply.answered);
  return { sections, narrowed: { by: "question", answered, unchanged: unchangedOf(sections) } };
}

function unchangedOf(sections: readonly ComparedPair[]): readonly string[] {
  return sections.flatMap(({ difference, after }) =>
    after && (difference === "same" || difference === "renumbered") ? [after.headingPath.join(" > ")] : [],
  );
}

function changeOf(
  { before, after, difference, lines, sets }: ComparedPair,
  official: OfficialPages,
): readonly SectionChange[] {
  if (difference === "same" || difference === "renumbered") return [];
  const side = (section: SetSection, { set }: SearchableSet): ChangedSection => {
    const officialUrl = official(set.springBootVersion, section);
    return {
      document: section.document,
      headingPath: section.headingPath,
      ...(section.anchor !== undefined && { anchor: section.anchor }),
      ...(section.page !== undefined && { page: section.page }),
      ...(officialUrl !== undefined && { officialUrl }),
      text: `# ${section.headingPath.join(" > ")}\n\n${section.lines.join("\n")}\n`,
    };
  };
  return [
    {
      kind: difference,
      ...(before && { before: side(before, sets.from) }),
      ...(after && { after: side(after, sets.to) }),
      lines,
    },
  ];
}
