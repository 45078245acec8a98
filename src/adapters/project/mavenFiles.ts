import { join } from "node:path";
import type { MavenProject } from "../../core/project/mavenFacts";
import type { Pom } from "../../core/project/mavenPom";
import { springBootGroup } from "../../core/project/buildFacts";
import { createMavenFiles } from "../maven/artifactFiles";
import { createPomReader, pomChain, readArtifactPom, withVersion } from "../maven/pomChain";

/** The module's `pom.xml`, its parents on disk or in the local repository, and the BOMs that are there; undefined without a `pom.xml`. */
export async function mavenFilesOf(
  directory: string,
  repository: string,
  signal: AbortSignal,
): Promise<MavenProject | undefined> {
  const files = createMavenFiles(repository);
  const poms = createPomReader(directory);
  // What Spring Boot's own parent brings is known by its version.
  const props = { files, poms, isEnd: ({ group }: { group: string }) => group === springBootGroup };
  const own = await poms.read(join(directory, "pom.xml"), signal);
  if (!own) return undefined;
  const chain = await pomChain(own, props, signal);
  const boms: (readonly Pom[])[] = [];
  for (const bom of chain.flatMap((pom) => pom.imports)) {
    if (bom.group === springBootGroup) continue; // its version is in the import itself
    const found = await readArtifactPom(withVersion(bom, chain), files, poms, signal);
    if (found) boms.push(await pomChain(found, props, signal));
  }
  return { chain, boms };
}
