/** Says of two versions of a section whether and how they differ. */
import { diffArrays } from "diff";
import type { MatchedSection } from "./matchSections";
import { isFrame, type SetSection } from "./setSections";
import type { ChangedLine, SectionChange } from "./versionChanges";

/** `renumbered`: the same but for the version that each names. */
export type SectionDifference = "same" | "renumbered" | SectionChange["kind"];

export interface ComparedSection {
  readonly difference: SectionDifference;
  readonly lines: readonly ChangedLine[];
}

/** Lines that stayed and are shown on each side of a change. */
const besides = 1;

/** @param from the version of `before`, as written in its text; likewise `to` */
export function compareSections(
  { before, after }: MatchedSection,
  from: string,
  to: string,
): ComparedSection {
  if (!before || !after) {
    const kind = after ? "added" : "removed";
    const lines = toldLines(after ?? before).map((text): ChangedLine => ({ kind, text }));
    return { difference: kind, lines };
  }
  const [old, fresh] = [toldLines(before), toldLines(after)];
  const lines = compareLines(old, fresh, comparable(from), comparable(to));
  if (lines.some(({ kind }) => kind === "added" || kind === "removed"))
    return { difference: "changed", lines };
  if (isMoved(before, after)) return { difference: "moved", lines: [] };
  const isSame = old.every((line, at) => line === fresh[at]);
  return { difference: isSame ? "same" : "renumbered", lines: [] };
}

function toldLines(section: SetSection | undefined): readonly string[] {
  return (section?.lines ?? []).filter((line) => !isFrame(line)).map((line) => line.trimEnd());
}

/** The text by which a line is compared: white space and the document's own version do not count. */
function comparable(version: string): (line: string) => string {
  const isWhole = /^\d+\.\d+\.\d+/.test(version);
  const own = new RegExp(String.raw`(?<![\d.])${version.replaceAll(".", String.raw`\.`)}(?![\d])`, "g");
  return (line) => {
    const text = line.replaceAll(/\s+/g, " ").trim();
    // A line such as 3.2 may as well be another product's: only a whole version is known for the document's own.
    return isWhole ? text.replaceAll(own, "\0") : text;
  };
}

function compareLines(
  before: readonly string[],
  after: readonly string[],
  ofBefore: (line: string) => string,
  ofAfter: (line: string) => string,
): readonly ChangedLine[] {
  const parts = diffArrays(before.map(ofBefore), after.map(ofAfter));
  const lines: ChangedLine[] = [];
  let [old, fresh] = [0, 0];
  for (const { added, removed, count } of parts) {
    const kind = added ? "added" : removed ? "removed" : "same";
    const texts = removed ? before.slice(old, old + count) : after.slice(fresh, fresh + count);
    lines.push(...texts.map((text) => ({ kind, text }) as const));
    if (!added) old += count;
    if (!removed) fresh += count;
  }
  return withGaps(lines);
}

function withGaps(lines: readonly ChangedLine[]): readonly ChangedLine[] {
  const isChange = (at: number) => {
    const line = lines[at];
    return line !== undefined && line.kind !== "same";
  };
  const isShown = lines.map((_, at) => {
    for (let near = at - besides; near <= at + besides; near++) if (isChange(near)) return true;
    return false;
  });
  return lines.flatMap((line, at): readonly ChangedLine[] => {
    if (isShown[at]) return [line];
    return at > 0 && isShown[at - 1] === false ? [] : [{ kind: "gap", text: "" }];
  });
}

/** Other parents alone move nothing that a person would look for: a renamed chapter is told once, by its own heading. */
function isMoved(before: SetSection, after: SetSection): boolean {
  const isAnchored = before.anchor !== undefined && after.anchor !== undefined;
  return (
    (isAnchored && before.anchor !== after.anchor) || before.headingPath.at(-1) !== after.headingPath.at(-1)
  );
}
