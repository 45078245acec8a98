/** What a report says in a few words, for a line of actions or below a block of code. */
import { english, type Translate } from "../translate";
import type { CheckReport } from "./checkReport";
import type { Finding } from "./finding";

export interface CheckSummary {
  /** `pass`: nothing was found; `unknown`: it could not be judged as a whole. */
  readonly mark: "pass" | "error" | "warning" | "unknown";
  /** "compiles, 2 deprecated, 1 unknown property". */
  readonly text: string;
  /** Every finding and everything that could not be judged, a line each. */
  readonly details: string;
}

type Group = "code" | "deprecated" | "property" | "dependency" | "known";

const texts = {
  code: ["{0} error", "{0} errors"],
  deprecated: ["{0} deprecated", "{0} deprecated"],
  property: ["{0} property", "{0} properties"],
  dependency: ["{0} dependency", "{0} dependencies"],
  known: ["{0} known mistake", "{0} known mistakes"],
} as const satisfies Record<Group, readonly [string, string]>;

/** Of one kind of finding, more telling words. */
const unknownProperties = ["{0} unknown property", "{0} unknown properties"] as const;

/**
 * @param report Of the files concerned.
 * @param counted What is counted; absent: every finding.
 */
export function checkSummary(
  report: Pick<CheckReport, "files" | "notChecked" | "judgedBy">,
  t: Translate = english,
  counted: readonly Finding[] = report.files.flatMap(({ findings }) => findings),
): CheckSummary {
  const told = counted.filter(({ level }) => level !== "info");
  const groups = groupsOf(told);
  const code = groups.get("code") ?? [];
  const hasJava = report.files.some(({ path }) => path.endsWith(".java"));
  const isCompiled = hasJava && report.judgedBy === "compiler";
  const open = report.notChecked.length > 0;
  const first =
    code.length > 0
      ? t("does not compile: {0}", counting("code", code, t))
      : open
        ? t("could not check all")
        : isCompiled
          ? t("compiles")
          : "";
  const rest = (["deprecated", "property", "dependency", "known"] as const).flatMap((group) => {
    const found = groups.get(group);
    return found ? [counting(group, found, t)] : [];
  });
  const parts = [first, ...rest].filter((part) => part !== "");
  return {
    mark: markOf(told, open),
    text: parts.length > 0 ? parts.join(", ") : t("nothing found"),
    details: [
      ...counted.map(detail),
      ...report.notChecked.map(({ why, remedy }) => [why, remedy ?? ""].join(" ").trim()),
    ].join("\n"),
  };
}

function markOf(told: readonly Finding[], open: boolean): CheckSummary["mark"] {
  if (told.some(({ level }) => level === "error")) return "error";
  if (told.length > 0) return "warning";
  return open ? "unknown" : "pass";
}

function groupsOf(findings: readonly Finding[]): ReadonlyMap<Group, readonly Finding[]> {
  const groups = new Map<Group, Finding[]>();
  for (const finding of findings) {
    const group = groupOf(finding);
    groups.set(group, [...(groups.get(group) ?? []), finding]);
  }
  return groups;
}

function groupOf({ rule }: Finding): Group {
  if (rule.startsWith("fact-")) return "known";
  if (rule.startsWith("deprecated")) return "deprecated";
  if (rule.includes("property")) return "property";
  if (rule.startsWith("dependency") || rule === "needs-dependency") return "dependency";
  return "code";
}

function counting(group: Group, found: readonly Finding[], t: Translate): string {
  const isUnknown = group === "property" && found.every(({ rule }) => rule === "unknown-property");
  const [one, many] = isUnknown ? unknownProperties : texts[group];
  return t(found.length === 1 ? one : many, found.length);
}

const detail = ({ path, line, message }: Finding) =>
  `${path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)}:${line}: ${message}`;
