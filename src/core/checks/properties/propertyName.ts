/**
 * Names of configuration properties as Spring Boot's relaxed binding compares them: case, dashes and (in environment variables)
 * underscores do not count. The rules are those of `ConfigurationPropertyName` of Spring Boot 3.2.
 */

/** One element of a name: `a` and `b-c` of `a.b-c`, the index of `a[0]`, or the key of `a[x.y]`. */
export interface NameElement {
  readonly text: string;
  readonly kind: "name" | "index" | "key";
}

/** The elements of a dotted name; brackets hold an index or a map's key, in which dots do not separate. */
export function elementsOf(name: string): readonly NameElement[] {
  const elements: NameElement[] = [];
  for (const match of name.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    const [, bracketed, plain] = match;
    if (plain !== undefined) elements.push({ text: plain, kind: "name" });
    else if (bracketed !== undefined)
      elements.push({ text: bracketed, kind: /^\d+$/.test(bracketed) ? "index" : "key" });
  }
  return elements;
}

/** An element as it is compared: lower case, letters and digits only. */
export const uniform = (element: string) => element.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The name as it is compared, without indexes: `spring.dataSource.driver_class_name` and `spring.datasource.driver-class-name` agree. */
export function canonicalName(name: string): string {
  return elementsOf(name)
    .filter(({ kind }) => kind !== "index")
    .map(({ text, kind }) => (kind === "key" ? text.toLowerCase() : uniform(text)))
    .join(".");
}

/** True for a prefix as `@ConfigurationProperties` demands it: kebab case, each element beginning with a letter or digit. */
export function isKebabCase(name: string): boolean {
  return name.split(".").every((element) => /^[a-z0-9][a-z0-9-]*$/.test(element));
}
