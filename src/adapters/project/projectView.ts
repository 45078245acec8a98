/** Files of a module that a check asks for by name: resources and sources, read when they are first asked for. */
import { readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import type { ProjectFilesView } from "../../core/checks/check";

const largest = 2_000_000;

/** Reads on the engine's thread and only below the module's folder. */
export function readProjectView(directory: string, signal: AbortSignal): Promise<ProjectFilesView> {
  signal.throwIfAborted();
  return Promise.resolve({
    read(relativePath) {
      const path = normalize(join(directory, relativePath));
      if (!path.startsWith(directory)) return undefined;
      try {
        return statSync(path).size > largest ? undefined : readFileSync(path, "utf8");
      } catch {
        return undefined;
      }
    },
  });
}
