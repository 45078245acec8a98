import {
  mergeMetadata,
  parseConfigurationMetadata,
  type ConfigurationMetadata,
} from "../../core/metadata/configurationMetadata";
import { withArchive } from "./archive";

/** The second is what a person wrote by hand; the annotation processor copies it into the first, where one is used. */
const metadataFiles = [
  "META-INF/spring-configuration-metadata.json",
  "META-INF/additional-spring-configuration-metadata.json",
];

/** What a jar says of its configuration properties; undefined when it says nothing. Throws what {@link withArchive} throws. */
export function readJarMetadata(
  jar: string,
  signal: AbortSignal,
): Promise<ConfigurationMetadata | undefined> {
  return withArchive(
    jar,
    async (archive) => {
      const parts: ConfigurationMetadata[] = [];
      for (const name of metadataFiles) {
        if (!archive.entries.some((entry) => entry.name === name)) continue;
        const part = parseConfigurationMetadata(new TextDecoder().decode(await archive.read(name, signal)));
        if (part) parts.push(part);
      }
      return parts.length === 0 ? undefined : mergeMetadata(parts);
    },
    signal,
  );
}
