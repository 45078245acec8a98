/** What a `pom.xml` means together with its parents and the BOMs that they import. */
import { interpolate } from "../project/mavenFacts";
import type { Coordinates, Pom, PomDependency } from "../project/mavenPom";

/** Poms of an artifact: its own first, then its parents; undefined where they cannot be found. */
export type LoadPoms = (coordinates: Required<Coordinates>) => Promise<readonly Pom[] | undefined>;

export interface EffectivePom {
  readonly dependencies: readonly PomDependency[];
  /** What is managed, by {@link keyOf}. */
  readonly managed: ReadonlyMap<string, PomDependency>;
  /** What annotation processors are taken from; absent: the class path. */
  readonly processors?: readonly PomDependency[];
  /** Where the artifact is now, when it has moved. */
  readonly relocation?: Partial<Coordinates>;
}

/** Maven tells dependencies apart by group, artifact, type and classifier. */
export function keyOf({ group, artifact, type, classifier }: PomDependency): string {
  return `${group}:${artifact}:${type ?? "jar"}:${classifier ?? ""}`;
}

/** BOMs import BOMs; a real build has three levels at most. */
const deepestImport = 8;

/**
 * The nearest entry wins: a pom's own over its parents', both over what is imported, an earlier import over a later one. Boms that cannot be
 * loaded manage nothing.
 * @param boms What imported BOMs mean, kept by the caller over several calls.
 */
export async function effectivePom(
  chain: readonly Pom[],
  load: LoadPoms,
  signal: AbortSignal,
  boms = new Map<string, EffectivePom>(),
  depth = 0,
): Promise<EffectivePom> {
  const resolved = (entry: PomDependency) => interpolated(entry, chain);
  const managed = new Map<string, PomDependency>();
  const add = (entry: PomDependency) => {
    if (!managed.has(keyOf(entry))) managed.set(keyOf(entry), entry);
  };
  for (const entry of chain.flatMap((pom) => pom.managed)) add(resolved(entry));
  if (depth < deepestImport) {
    for (const bom of chain.flatMap((pom) => pom.imports)) {
      signal.throwIfAborted();
      const { group, artifact, version } = resolved(bom);
      const poms = version === undefined ? undefined : await load({ group, artifact, version });
      if (!poms) continue;
      const name = `${group}:${artifact}:${version ?? ""}`;
      const imported = boms.get(name) ?? (await effectivePom(poms, load, signal, boms, depth + 1));
      boms.set(name, imported);
      for (const entry of imported.managed.values()) add(entry);
    }
  }
  const dependencies = new Map<string, PomDependency>();
  for (const entry of chain.flatMap((pom) => pom.dependencies)) {
    const own = resolved(entry);
    if (!dependencies.has(keyOf(own))) dependencies.set(keyOf(own), own);
  }
  const relocation = chain[0]?.relocation;
  const processors = chain
    .flatMap(({ plugins }) => plugins)
    .find((plugin) => plugin.artifact === "maven-compiler-plugin" && plugin.processors)?.processors;
  return {
    dependencies: [...dependencies.values()],
    managed,
    ...(processors && { processors: processors.map(resolved) }),
    ...(relocation && { relocation: interpolatedParts(relocation, chain) }),
  };
}

function interpolated(entry: PomDependency, chain: readonly Pom[]): PomDependency {
  const value = (text: string) => interpolate(text, chain);
  const { version, scope, classifier } = entry;
  return {
    ...entry,
    group: value(entry.group),
    artifact: value(entry.artifact),
    ...(version !== undefined && { version: value(version) }),
    ...(scope !== undefined && { scope: value(scope) }),
    ...(classifier !== undefined && { classifier: value(classifier) }),
  };
}

function interpolatedParts(parts: Partial<Coordinates>, chain: readonly Pom[]): Partial<Coordinates> {
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, interpolate(text, chain)]));
}
