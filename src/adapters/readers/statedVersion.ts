/**
 * The Spring Boot version that a document names where it links to its own release: addresses with a full version under Spring Boot's
 * repository or documentation. Absent when none or several are named.
 */
export function linkedSpringBootVersion(source: string): string | undefined {
  const named = new Set<string>();
  const links =
    /(?:spring-projects\/spring-boot\/(?:tree|blob)\/v|spring\.io\/spring-boot\/docs\/)(\d+\.\d+\.\d+)\b/g;
  for (const [, version] of source.matchAll(links)) if (version) named.add(version);
  const [only] = named;
  return named.size === 1 ? only : undefined;
}

/** The first full version in a line such as "version 3.2.1" or "Version 3.2.1". */
export function versionIn(text: string): string | undefined {
  return /(?:^|[^\d.])(\d+\.\d+\.\d+)(?![\d.]*\d)/.exec(text)?.[1];
}
