import type { CheckedFile } from "../check";

/** Packages that Java and Kotlin files import from, each once. */
export function importedPackages(files: readonly CheckedFile[]): readonly string[] {
  const packages = files.flatMap(({ text, language }) =>
    language === "java" || language === "kotlin"
      ? [...text.matchAll(/^\s*import\s+(?:static\s+)?((?:[a-z_]\w*\.)*[a-z_]\w*)\./gm)].map(
          ([, name = ""]) => name,
        )
      : [],
  );
  return [...new Set(packages)].sort();
}
