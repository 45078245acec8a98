/** What the checks need of the jars of a class path: names of types, configuration metadata, and who brings annotation processors. */
import type { MetadataText } from "../../core/checks/check";
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
    return { types: [], metadata: [], hasProcessor: false };
  }
}

function typeNames(entries: readonly string[]): readonly string[] {
  return entries.flatMap((name) => {
    if (!name.endsWith(".class")) return [];
    const type = name.replace(ofVersion, "").slice(0, -".class".length);
    return /(?:^|\/)(?:module|package)-info$|\$\d/.test(type) ? [] : [type];
  });
}
