/** What `docwright check` looks at below a folder: sources, configuration and build files. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { languageOf } from "../core/checks/check";

/** What tools make or bring along. */
const passedOver = new Set(["target", "build", "out", "bin", "node_modules"]);
const mostFiles = 20_000;

/** Files as they are, there or not, folders as what is checked in them, in order. */
export async function filesToCheck(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch(() => undefined);
    if (entry?.isDirectory() === true) await walk(path, found, signal);
    else found.push(path);
  }
  return [...new Set(found)];
}

async function walk(folder: string, found: string[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    if (found.length >= mostFiles || entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    // Links are not followed: they may lead in a circle.
    if (entry.isDirectory() && !passedOver.has(entry.name)) await walk(path, found, signal);
    else if (entry.isFile() && isChecked(path)) found.push(path);
  }
}

const isChecked = (path: string) => languageOf(path) !== "other" || path.endsWith("spring.factories");
