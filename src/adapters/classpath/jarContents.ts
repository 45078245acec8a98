/** What the checks need of the jars of a class path: names of types, configuration metadata, and who brings annotation processors. */
import type { MetadataText } from "../../core/checks/check";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { withArchive } from "../jars/archive";

export interface JarContents {
  /** Binary names with slashes, `java/util/Map$Entry`; anonymous and local classes are left out. */
  readonly types: readonly string[];
  readonly metadata: readonly MetadataText[];
  readonly hasProcessor: boolean;
}

const metadataNames = [
  "META-INF/spring-configuration-metadata.json",
  "META-INF/additional-spring-configuration-metadata.json",
];
const processorService = "META-INF/services/javax.annotation.processing.Processor";
const ofVersion = /^META-INF\/versions\/\d+\//;

export const noContents: JarContents = { types: [], metadata: [], hasProcessor: false };

export interface JarContentsReader {
  /** By path. */
  of(jars: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, JarContents>>;
}

/** Reading a jar's directory is waiting for many small pieces of a file: so many are waited for at once. */
const atOnce = 8;
/** Modules of a build share most of their jars. */
const mostKept = 1_500;

/** Reads a jar once, as long as its time and size stay the same. */
export function createJarContents(): JarContentsReader {
  const kept = new Map<string, { readonly stamp: string; readonly contents: JarContents }>();
  const read = async (jar: string, signal: AbortSignal): Promise<JarContents> => {
    const file = await stat(jar).catch(() => undefined);
    const stamp = `${file?.mtimeMs ?? 0} ${file?.size ?? 0}`;
    const known = kept.get(jar);
    if (known?.stamp === stamp) return known.contents;
    const contents = await readJarContents(jar, signal);
    if (kept.size >= mostKept) kept.clear();
    kept.set(jar, { stamp, contents });
    return contents;
  };
  return {
    async of(jars, signal) {
      const found = new Map<string, JarContents>();
      const waiting = [...new Set(jars)];
      const work = async () => {
        for (let jar = waiting.pop(); jar !== undefined; jar = waiting.pop()) {
          found.set(jar, await read(jar, signal));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return found;
    },
  };
}

/** A jar that is damaged or no jar at all holds nothing for us; the compiler says what it thinks of it. */
export async function readJarContents(jar: string, signal: AbortSignal): Promise<JarContents> {
  try {
    return await withArchive(
      jar,
      async (archive) => {
        const names = archive.entries.map(({ name }) => name);
        const metadata: MetadataText[] = [];
        for (const name of metadataNames.filter((each) => names.includes(each))) {
          const text = new TextDecoder().decode(await archive.read(name, signal));
          metadata.push({ origin: basename(jar), text });
        }
        return { types: typeNames(names), metadata, hasProcessor: names.includes(processorService) };
      },
      signal,
    );
  } catch {
    signal.throwIfAborted();
    return noContents;
  }
}

function typeNames(entries: readonly string[]): readonly string[] {
  return entries.flatMap((name) => {
    if (!name.endsWith(".class")) return [];
    const type = name.replace(ofVersion, "").slice(0, -".class".length);
    return /(?:^|\/)(?:module|package)-info$|\$\d/.test(type) ? [] : [type];
  });
}
