import { dirname, join } from "node:path";
import type { MavenProject } from "../../core/project/mavenFacts";
import { interpolate } from "../../core/project/mavenFacts";
import { parsePom, type Coordinates, type Pom } from "../../core/project/mavenPom";
import { springBootGroup } from "../../core/project/buildFacts";
import { labelOf, readBuildFile } from "./buildFile";

interface FoundPom {
  readonly pom: Pom;
  readonly path: string;
}

const deepestChain = 12;

/** The module's `pom.xml`, its parents on disk or in the local repository, and the BOMs that are there; undefined without a `pom.xml`. */
export async function mavenFilesOf(
  directory: string,
  repository: string,
  signal: AbortSignal,
): Promise<MavenProject | undefined> {
  const own = await readPom(join(directory, "pom.xml"), directory, signal);
  if (!own) return undefined;
  const chain = await withParents(own, directory, repository, signal);
  const boms: (readonly Pom[])[] = [];
  for (const bom of chain.flatMap((pom) => pom.imports)) {
    if (bom.group === springBootGroup) continue; // its version is in the import itself
    const found = await readFromRepository(bom, chain, directory, repository, signal);
    if (found) boms.push(await withParents(found, directory, repository, signal));
  }
  return { chain, boms };
}

async function withParents(
  own: FoundPom,
  directory: string,
  repository: string,
  signal: AbortSignal,
): Promise<readonly Pom[]> {
  const chain = [own.pom];
  let current: FoundPom | undefined = own;
  while (current?.pom.parent && chain.length < deepestChain) {
    const { parent }: Pom = current.pom;
    if (parent.group === springBootGroup) break; // what it brings is known by its version
    current =
      (await readBeside(current, directory, signal)) ??
      (await readFromRepository(parent, chain, directory, repository, signal));
    if (current) chain.push(current.pom);
  }
  return chain;
}

/** The parent where `relativePath` says, when what lies there is the parent. */
async function readBeside(
  { pom, path }: FoundPom,
  directory: string,
  signal: AbortSignal,
): Promise<FoundPom | undefined> {
  const relativePath = pom.parent?.relativePath ?? "../pom.xml";
  if (!pom.parent || relativePath === "") return undefined;
  const target = join(dirname(path), relativePath);
  const file = target.endsWith(".xml") ? target : join(target, "pom.xml");
  const found = await readPom(file, directory, signal);
  return found?.pom.artifact === pom.parent.artifact ? found : undefined;
}

async function readFromRepository(
  { group, artifact, version }: Coordinates,
  chain: readonly Pom[],
  directory: string,
  repository: string,
  signal: AbortSignal,
): Promise<FoundPom | undefined> {
  const exact = version === undefined ? undefined : interpolate(version, chain);
  if (exact === undefined || /[${}/\\]/.test(exact + artifact)) return undefined;
  const folder = join(repository, ...group.split("."), artifact, exact);
  const found = await readPom(join(folder, `${artifact}-${exact}.pom`), directory, signal);
  return found && { ...found, pom: { ...found.pom, label: `${group}:${artifact}:${exact}` } };
}

async function readPom(path: string, directory: string, signal: AbortSignal): Promise<FoundPom | undefined> {
  const text = await readBuildFile(path, signal);
  const pom = text === undefined ? undefined : parsePom({ label: labelOf(path, directory), text });
  return pom && { pom, path };
}
