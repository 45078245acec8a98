import { dirname, join } from "node:path";
import type { FoundPom, PomReader } from "../maven/pomChain";

const mostModules = 1_000;

/**
 * The modules of the Maven build that a folder belongs to, by `group:artifact`, with the paths of their poms. The build begins at the topmost
 * folder in an unbroken line upwards whose pom names the folder below it, directly or through its modules.
 */
export async function findModules(
  directory: string,
  poms: PomReader,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  let modules = await modulesBelow(directory, poms, signal);
  for (let folder = dirname(directory); dirname(folder) !== folder; folder = dirname(folder)) {
    const above = await modulesBelow(folder, poms, signal);
    if (above.size === 0) break;
    if ([...above.values()].includes(join(directory, "pom.xml"))) modules = above;
  }
  return modules;
}

async function modulesBelow(
  root: string,
  poms: PomReader,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  const read = async (path: string): Promise<void> => {
    signal.throwIfAborted();
    if (modules.size >= mostModules || [...modules.values()].includes(path)) return;
    const found = await poms.read(path, signal);
    if (!found) return;
    modules.set(nameOf(found), path);
    for (const module of found.pom.modules) {
      const child = join(dirname(path), module);
      await read(child.endsWith(".xml") ? child : join(child, "pom.xml"));
    }
  };
  await read(join(root, "pom.xml"));
  return modules;
}

function nameOf({ pom }: FoundPom): string {
  return `${pom.group ?? pom.parent?.group ?? ""}:${pom.artifact ?? ""}`;
}
