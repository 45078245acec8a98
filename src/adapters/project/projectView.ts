/** Files of a module that a check asks for: by name, or the sources of all modules that belong to it, read when they are first asked for. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { languageOf, type CheckedFile, type ProjectFilesView } from "../../core/checks/check";
import { isConfigurationFile } from "../../core/checks/properties/propertyUse";

const largest = 2_000_000;
const mostSources = 20_000;

/**
 * Reads on the engine's thread and only below the modules' folders.
 * @param directory Folder of the module. @param used Folders of the modules of its build that it uses.
 */
export function readProjectView(
  directory: string,
  used: readonly string[],
  signal: AbortSignal,
): ProjectFilesView {
  signal.throwIfAborted();
  let sources: readonly CheckedFile[] | undefined;
  return {
    read(relativePath) {
      const path = normalize(join(directory, relativePath));
      return path.startsWith(directory) ? textOf(path) : undefined;
    },
    sources: () => (sources ??= sourcesBelow([directory, ...used], signal)),
  };
}

function sourcesBelow(folders: readonly string[], signal: AbortSignal): readonly CheckedFile[] {
  const paths = new Set(folders.flatMap((folder) => pathsBelow(join(folder, "src"))));
  const files: CheckedFile[] = [];
  for (const path of [...paths].slice(0, mostSources)) {
    signal.throwIfAborted();
    const text = textOf(path);
    if (text !== undefined) files.push({ path, text, language: languageOf(path) });
  }
  return files;
}

function pathsBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:java|kt)$/.test(name) || isConfigurationFile(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function textOf(path: string): string | undefined {
  try {
    return statSync(path).size > largest ? undefined : readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
