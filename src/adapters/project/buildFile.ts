import { readFile, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

/** The folder and those above it, nearest first. */
export function* upwards(start: string): Generator<string> {
  for (let folder = start; ; folder = dirname(folder)) {
    yield folder;
    if (dirname(folder) === folder) return;
  }
}

/** The folder itself, or that of a file. */
export async function folderOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ? path : dirname(path);
}

/** The text of a build file, or undefined when there is none. Larger files than any build file are not read. */
export async function readBuildFile(path: string, signal: AbortSignal): Promise<string | undefined> {
  signal.throwIfAborted();
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > largestBuildFile) return undefined;
  return readFile(path, { encoding: "utf8", signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return undefined; // unreadable is as good as absent: the person is asked for the version
  });
}

const largestBuildFile = 2_000_000;

/** How a person names a file of the project: relative to the module, with slashes. */
export function labelOf(path: string, directory: string): string {
  return relative(directory, path).replaceAll("\\", "/") || join(path);
}
