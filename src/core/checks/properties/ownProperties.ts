/** Properties that a project has for itself, whoever owns the place that they stand in: what its own code reads, and what its own files set. */
import type { CheckedFile } from "../check";
import { codeUses } from "./codeUses";
import { canonicalName } from "./propertyName";

export interface OwnProperties {
  /** Whether some code reads a property, or binds a prefix that it stands below. */
  reads(canonical: string): boolean;
}

/** Cheap, so that only few of a project's sources are looked at closely. */
const speaksOfProperties = /\$\{|Conditional\w*Property|ConfigurationProperties|Property\(/;
/** In whatever annotation or call: `@MapperScan("${shop.mappers}")`, `@Scheduled(cron = "${shop.cron}")`. */
const placeholder = /\\?\$\{\s*([\p{L}\p{N}_.[\]-]+)/gu;

export function ownProperties(
  files: readonly Pick<CheckedFile, "path" | "text" | "language">[],
): OwnProperties {
  const names = new Set<string>();
  const prefixes = new Set<string>();
  for (const file of files) {
    if (!speaksOfProperties.test(file.text)) continue;
    if (file.language !== "java" && file.language !== "kotlin") {
      // A configuration file reads a property where it refers to it.
      for (const [, name = ""] of file.text.matchAll(placeholder)) names.add(canonicalName(name));
      continue;
    }
    for (const { name, isPrefix } of codeUses(file)) (isPrefix ? prefixes : names).add(canonicalName(name));
    for (const name of conditionsWithPrefix(file.text)) names.add(canonicalName(name));
    for (const [, name = ""] of file.text.matchAll(placeholder)) names.add(canonicalName(name));
  }
  return {
    reads: (canonical) =>
      names.has(canonical) ||
      [...prefixes].some((prefix) => canonical === prefix || canonical.startsWith(`${prefix}.`)),
  };
}

/** `@ConditionalOnProperty(prefix = "shop", name = {"one", "two"})`. */
function conditionsWithPrefix(text: string): readonly string[] {
  return [...text.matchAll(/@Conditional\w*Property\s*\(([^)]*)\)/g)].flatMap(([, inside = ""]) => {
    const prefix = /\bprefix\s*=\s*"([^"]*)"/.exec(inside)?.[1];
    const named = /\b(?:name|value)\s*=\s*(\{[^}]*\}|\[[^\]]*\]|"[^"]*")/.exec(inside)?.[1];
    if (prefix === undefined || named === undefined) return [];
    const root = prefix.endsWith(".") ? prefix : `${prefix}.`;
    return [...named.matchAll(/"([^"]*)"/g)].map(([, name = ""]) => root + name);
  });
}
