/** A `pom.xml` with its parents: beside it where `relativePath` says, else among the artifacts on this machine. */
import { dirname, join } from "node:path";
import { interpolate } from "../../core/project/mavenFacts";
import { parsePom, type Coordinates, type Pom } from "../../core/project/mavenPom";
import { labelOf, readBuildFile } from "../project/buildFile";
import type { ArtifactFiles } from "./artifactFiles";

export interface FoundPom {
  readonly pom: Pom;
  readonly path: string;
}

/** Reads each file once: the same parents and BOMs stand behind most artifacts. */
export interface PomReader {
  /** Undefined without a file, and for one that is no `pom.xml`. */
  read(path: string, signal: AbortSignal): Promise<FoundPom | undefined>;
}

/** @param directory Folder that labels are relative to. */
export function createPomReader(directory: string): PomReader {
  const kept = new Map<string, Promise<FoundPom | undefined>>();
  const read = async (path: string, signal: AbortSignal): Promise<FoundPom | undefined> => {
    const text = await readBuildFile(path, signal);
    const pom = text === undefined ? undefined : parsePom({ label: labelOf(path, directory), text });
    return pom && { pom, path };
  };
  return {
    read(path, signal) {
      let found = kept.get(path);
      if (!found) kept.set(path, (found = read(path, signal)));
      return found;
    },
  };
}

export interface PomChainProps {
  readonly files: ArtifactFiles;
  readonly poms: PomReader;
  /** True for a parent that is not looked for. */
  readonly isEnd?: (parent: Coordinates) => boolean;
}

const deepestChain = 12;

/** The pom's own first; ends where a parent is not found. */
export async function pomChain(
  own: FoundPom,
  { files, poms, isEnd = () => false }: PomChainProps,
  signal: AbortSignal,
): Promise<readonly Pom[]> {
  const chain = [own.pom];
  let current: FoundPom | undefined = own;
  while (current?.pom.parent && chain.length < deepestChain) {
    const { parent }: Pom = current.pom;
    if (isEnd(parent)) break;
    current =
      (await readBeside(current, poms, signal)) ??
      (await readArtifactPom(withVersion(parent, chain), files, poms, signal));
    if (current) chain.push(current.pom);
  }
  return chain;
}

/** The pom of an artifact; undefined when it is not on this machine or when no exact version is known. */
export async function readArtifactPom(
  { group, artifact, version }: Coordinates,
  files: ArtifactFiles,
  poms: PomReader,
  signal: AbortSignal,
): Promise<FoundPom | undefined> {
  if (version === undefined) return undefined;
  const path = await files.find({ group, artifact, version, extension: "pom" }, signal);
  const found = path === undefined ? undefined : await poms.read(path, signal);
  return found && { ...found, pom: { ...found.pom, label: `${group}:${artifact}:${version}` } };
}

export function withVersion(coordinates: Coordinates, chain: readonly Pom[]): Coordinates {
  const { version, ...rest } = coordinates;
  return version === undefined ? rest : { ...rest, version: interpolate(version, chain) };
}

/** The parent where `relativePath` says, when what lies there is the parent. */
async function readBeside(
  { pom, path }: FoundPom,
  poms: PomReader,
  signal: AbortSignal,
): Promise<FoundPom | undefined> {
  const relativePath = pom.parent?.relativePath ?? "../pom.xml";
  if (!pom.parent || relativePath === "") return undefined;
  const target = join(dirname(path), relativePath);
  const file = target.endsWith(".xml") ? target : join(target, "pom.xml");
  const found = await poms.read(file, signal);
  return found?.pom.artifact === pom.parent.artifact ? found : undefined;
}
