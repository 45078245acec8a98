/** The changes between two versions as Markdown that a terminal shows as well. */
import type { ChangedLine, ChangedSection, SectionChange, VersionChanges } from "./versionChanges";

const titles = {
  added: "Added",
  removed: "Removed",
  changed: "Changed",
  moved: "Moved",
} as const satisfies Record<SectionChange["kind"], string>;

const marks = { same: "  ", added: "+ ", removed: "- ", gap: "" } as const satisfies Record<
  ChangedLine["kind"],
  string
>;

export function changesText(changes: VersionChanges): string {
  return [summary(changes), ...changes.changes.map(changeText)].map((part) => `${part}\n`).join("\n");
}

/** What was compared and how much of it differs, a sentence a line. */
export function summary({
  from,
  to,
  compared,
  leftOut,
  common,
  renumbered,
  changes,
  narrowed,
}: VersionChanges): string {
  const count = (kind: SectionChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  const counts = (["added", "removed", "changed", "moved"] as const).flatMap((kind) =>
    count(kind) > 0 ? [`${count(kind)} ${kind}`] : [],
  );
  return [
    `# From ${from} to ${to}`,
    "",
    ...(compared.length === 0
      ? ["The documents of the two versions have nothing in common that could be compared."]
      : [
          `Compared: ${compared.map((pair) => `${pair.from} with ${pair.to}`).join("; ")}. ${common} sections are in both, ${renumbered} differ only in the version they name.`,
        ]),
    ...(leftOut.length > 0 ? [`Not compared: ${leftOut.join(", ")}.`] : []),
    counts.length > 0
      ? `Sections${narrowed ? " that this is about" : ""}: ${counts.join(", ")}.`
      : `No section${narrowed ? " that this is about" : ""} differs.`,
    ...(narrowed && narrowed.unchanged.length > 0
      ? [`The same in both: ${narrowed.unchanged.join("; ")}.`]
      : []),
  ].join("\n");
}

function changeText({ kind, before, after, lines }: SectionChange): string {
  const place = after ?? before;
  const old = kind === "moved" && before ? `was ${placeText(before)}` : "";
  return [
    `## ${titles[kind]}: ${place ? placeText(place) : ""}`,
    ...(old === "" ? [] : ["", old]),
    ...(lines.length > 0 ? ["", "```diff", ...lines.map(lineText), "```"] : []),
  ].join("\n");
}

function placeText({ headingPath, anchor, page }: ChangedSection): string {
  const parts = [anchor === undefined ? "" : `#${anchor}`, page === undefined ? "" : `page ${page}`];
  const place = parts.filter((part) => part !== "").join(", ");
  return headingPath.join(" > ") + (place === "" ? "" : ` (${place})`);
}

const lineText = ({ kind, text }: ChangedLine) => (kind === "gap" ? "  …" : `${marks[kind]}${text}`);
