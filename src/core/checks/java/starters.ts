import table from "./starters.json";

const byPrefix: Readonly<Record<string, string>> = table;

/** The artifact that brings a package, of those that Spring Boot manages; the longest prefix decides. */
export function starterOf(packageName: string): string | undefined {
  for (
    let prefix = packageName;
    prefix !== "";
    prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf(".")))
  ) {
    const found = byPrefix[prefix];
    if (found !== undefined) return found;
  }
  return undefined;
}
