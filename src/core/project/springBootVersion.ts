/** How a document set's version relates to a project's: `line` is a set written for all patch releases of a minor ("3.2"). */
export type VersionMatch = "exact" | "line" | "none";

/** Compares the version of a document set with that of a project; both as written ("3.2.12", "3.2", "3.3.0-SNAPSHOT"). */
export function matchVersion(setVersion: string, projectVersion: string): VersionMatch {
  if (setVersion === projectVersion) return "exact";
  const isLine = /^\d+\.\d+$/.test(setVersion);
  return isLine && projectVersion.startsWith(`${setVersion}.`) ? "line" : "none";
}

/** Orders versions numerically by their dotted parts; qualifiers after a dash are ignored. Negative when `left` is older. */
export function compareVersions(left: string, right: string): number {
  const parts = (version: string) => (version.split("-")[0] ?? "").split(".").map(Number);
  const [a, b] = [parts(left), parts(right)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
