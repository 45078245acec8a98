/**
 * Names of properties in the forms that Spring Boot's relaxed binding accepts: kebab case, camel case, underscores and, for environment
 * variables, capitals with underscores in place of dots (Spring Boot reference, "Relaxed Binding").
 */

/**
 * The same for all forms of a name that are written with dots: `spring.jpa.openInView`, `spring.jpa.open_in_view` and
 * `spring.jpa.open-in-view` are `spring.jpa.openinview`. An index keeps its brackets.
 */
export function uniformName(name: string): string {
  return name.replaceAll(/[-_]/g, "").toLowerCase();
}

/** The same for all forms, environment variables included, where it cannot be known which underscores were dots. */
export function squashedName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The environment variable of a property: dots become underscores, dashes go, `[0]` becomes `_0`. */
export function environmentName(name: string): string {
  return name
    .replaceAll(/\[(\w+)\]/g, "_$1")
    .replaceAll(".", "_")
    .replaceAll("-", "")
    .toUpperCase();
}
