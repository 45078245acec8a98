/** Class paths that were found before, kept by the content of the build files they were read from. */
import { createHash } from "node:crypto";
import { access, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { MetadataText } from "../../core/checks/check";
import type { ModuleClasspath } from "../../core/checks/classpath";
import { writeFileAtomically } from "../store/atomicFile";
import { createJarContents, noContents } from "./jarContents";

/** A class path with what was read from its jars. */
export interface KnownClasspath extends ModuleClasspath {
  /** Binary names with slashes of all types in the jars. */
  readonly types: readonly string[];
  readonly metadata: readonly MetadataText[];
}

export interface ClasspathStore {
  /** What was kept under the key, when all its jars are still there. */
  find(key: string, signal: AbortSignal): Promise<KnownClasspath | undefined>;
  /** Reads the jars and keeps the result under the key, unless something is missing from it. */
  add(key: string, classpath: ModuleClasspath, signal: AbortSignal): Promise<KnownClasspath>;
}

const texts = z.array(z.string());
const folders = z.object({
  directory: z.string(),
  sources: texts,
  testSources: texts,
  generated: texts,
  output: texts,
  testOutput: texts,
});
const schema = z.object({
  source: z.string(),
  complete: z.boolean(),
  mainComplete: z.boolean(),
  jars: z.array(
    z.object({
      path: z.string(),
      group: z.string(),
      artifact: z.string(),
      version: z.string(),
      scope: z.enum(["compile", "provided", "runtime", "test", "system"]),
    }),
  ),
  processorJars: texts,
  processorPath: texts.exactOptional(),
  generators: z.object({ plugins: texts, processors: texts }),
  modules: z.array(folders),
  missing: texts,
  types: z.string(),
  metadata: z.array(z.object({ origin: z.string(), text: z.string() })),
});

/** Written into the key: what an older Docwright kept is not read. */
const layout = "4";
const keptInMemory = 8;

export function classpathKey(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of [layout, ...parts]) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 32);
}

export function createClasspathStore(folder: string): ClasspathStore {
  const memory = new Map<string, KnownClasspath>();
  const contents = createJarContents();
  const keep = (key: string, classpath: KnownClasspath) => {
    memory.delete(key);
    memory.set(key, classpath);
    for (const old of [...memory.keys()].slice(0, -keptInMemory)) memory.delete(old);
    return classpath;
  };
  return {
    async find(key, signal) {
      const known = memory.get(key) ?? (await read(join(folder, `${key}.json`), signal));
      if (!known) return undefined;
      const there = await Promise.all(
        known.jars.map(({ path }) =>
          access(path).then(
            () => true,
            () => false,
          ),
        ),
      );
      signal.throwIfAborted();
      return there.every(Boolean) ? keep(key, known) : undefined;
    },
    async add(key, classpath, signal) {
      const types = new Set<string>();
      const metadata: MetadataText[] = [];
      const processors = new Set(classpath.processorJars);
      const read = await contents.of(
        [...classpath.jars.map(({ path }) => path), ...(classpath.processorPath ?? [])],
        signal,
      );
      for (const { path } of classpath.jars) {
        const { types: own, metadata: told, hasProcessor } = read.get(path) ?? noContents;
        for (const type of own) types.add(type);
        metadata.push(...told);
        if (hasProcessor && !classpath.processorPath) processors.add(path);
      }
      for (const path of classpath.processorPath ?? []) {
        if (read.get(path)?.hasProcessor === true) processors.add(path);
      }
      const known = { ...classpath, processorJars: [...processors], types: [...types], metadata };
      if (classpath.complete) {
        await mkdir(folder, { recursive: true });
        const text = JSON.stringify({ ...known, types: known.types.join("\n") });
        // A cache that cannot be written is no reason not to check.
        await writeFileAtomically(join(folder, `${key}.json`), text).catch(() => undefined);
      }
      return keep(key, known);
    },
  };
}

async function read(path: string, signal: AbortSignal): Promise<KnownClasspath | undefined> {
  try {
    const parsed = schema.parse(JSON.parse(await readFile(path, { encoding: "utf8", signal })));
    return { ...parsed, types: parsed.types.split("\n") };
  } catch {
    signal.throwIfAborted();
    return undefined; // not there, or not ours any more: it is read anew
  }
}
