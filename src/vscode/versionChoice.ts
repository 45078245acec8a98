/** Pure decisions about versions: which indexed version is nearest, and what a person reads of a choice. */
import { compareVersions, matchVersion } from "../core/project/springBootVersion";
import { english, type Translate } from "../core/translate";
import type { DocumentSet } from "../core/document/documentSet";

/** Versions of all document sets, newest first, each once. */
export function indexedVersions(sets: readonly DocumentSet[]): readonly string[] {
  const versions = new Set(sets.flatMap(({ springBootVersion }) => springBootVersion ?? []));
  return [...versions].sort((left, right) => compareVersions(right, left));
}

export function isIndexed(version: string, indexed: readonly string[]): boolean {
  return indexed.some((each) => matchVersion(each, version) !== "none");
}

/** The indexed version with the fewest minor lines between; of equals the one nearest in its patch. Undefined when none is indexed. */
export function nearestVersion(version: string, indexed: readonly string[]): string | undefined {
  const own = numbers(version);
  const distance = (other: string) => {
    const [major, minor, patch] = numbers(other);
    return Math.abs(major - own[0]) * 1e6 + Math.abs(minor - own[1]) * 1e3 + Math.abs(patch - own[2]);
  };
  return [...indexed].sort((left, right) => distance(left) - distance(right))[0];
}

function numbers(version: string): readonly [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = (version.split("-")[0] ?? "").split(".").map(Number);
  return [major || 0, minor || 0, patch || 0];
}

/** Why a typed version cannot be used, or undefined. */
export function versionProblem(typed: string, t: Translate = english): string | undefined {
  return /^\d+\.\d+(\.\d+)?([-.][A-Za-z0-9.-]+)?$/.test(typed.trim())
    ? undefined
    : t("A version looks like 3.2.12 or 3.2.");
}
