/** The sources of a module and of those that it uses: their types are seen while a change is compiled. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ModuleFolders } from "../../core/checks/classpath";
import { readJavaUnit, type JavaUnit } from "../../core/checks/java/javaUnit";

export interface ProjectSources {
  /** Java sources whose classes are not built, or older than their source. */
  readonly units: readonly JavaUnit[];
  /** Simple names of types that are declared in Kotlin or Groovy and not built. */
  readonly foreign: ReadonlySet<string>;
  /** Names in full of the types that sources are called after, built or not. */
  readonly types: readonly string[];
  /** True when sources that the build generates are there. */
  readonly hasGenerated: boolean;
  /** Folders with classes that are there. */
  readonly outputs: readonly string[];
}

export interface ProjectSourceReader {
  /** @param tests True to see test sources too. */
  read(modules: readonly ModuleFolders[], tests: boolean, signal: AbortSignal): Promise<ProjectSources>;
}

const mostFiles = 20_000;
const largestFile = 2_000_000;

/** Files are read again only when their time has changed. */
export function createProjectSourceReader(): ProjectSourceReader {
  const kept = new Map<string, { readonly time: number; readonly unit: JavaUnit }>();
  const unitOf = async (path: string, time: number): Promise<JavaUnit> => {
    const known = kept.get(path);
    if (known?.time === time) return known.unit;
    const unit = readJavaUnit(path, await readFile(path, "utf8").catch(() => ""));
    kept.set(path, { time, unit });
    return unit;
  };
  return {
    async read(modules, tests, signal) {
      const units: JavaUnit[] = [];
      const foreign = new Set<string>();
      const outputs: string[] = [];
      const types: string[] = [];
      let hasGenerated = false;
      for (const [index, module] of modules.entries()) {
        const withTests = tests && index === 0;
        const roots = [
          ...module.sources.map((root) => ({ root, output: module.output })),
          ...(withTests ? module.testSources.map((root) => ({ root, output: module.testOutput })) : []),
          ...module.generated.map((root) => ({ root, output: module.output })),
        ];
        for (const folder of [...(withTests ? module.testOutput : []), ...module.output]) {
          if ((await stat(folder).catch(() => undefined))?.isDirectory()) outputs.push(folder);
        }
        for (const { root, output } of roots) {
          for (const relative of await filesBelow(root, signal)) {
            hasGenerated ||= module.generated.includes(root);
            const path = join(root, relative);
            types.push(relative.replace(/\.\w+$/, "").replaceAll(/[\\/]/g, "."));
            const source = await stat(path).catch(() => undefined);
            if (!source?.isFile() || source.size > largestFile) continue;
            if (await isBuilt(relative, source.mtimeMs, output)) continue;
            const unit = await unitOf(path, source.mtimeMs);
            if (path.endsWith(".java")) units.push(unit);
            else for (const name of unit.declares) foreign.add(name);
          }
        }
      }
      return { units, foreign, types, hasGenerated, outputs };
    },
  };
}

async function filesBelow(root: string, signal: AbortSignal): Promise<readonly string[]> {
  signal.throwIfAborted();
  const names = await readdir(root, { recursive: true }).catch(() => []);
  return names.filter((name) => /\.(java|kt|groovy)$/.test(name)).slice(0, mostFiles);
}

async function isBuilt(relative: string, time: number, outputs: readonly string[]): Promise<boolean> {
  const name = relative.replace(/\.\w+$/, ".class");
  for (const output of outputs) {
    const found = await stat(join(output, name)).catch(() => undefined);
    if (found && found.mtimeMs >= time) return true;
  }
  return false;
}
