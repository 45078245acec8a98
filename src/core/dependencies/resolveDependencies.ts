/**
 * The dependencies of a project with what they bring along, by Maven's rules: the nearest declaration wins, among equals the first; what the
 * project manages overrides versions anywhere; optional, test and provided dependencies of dependencies are not followed. Version ranges
 * are not resolved: what is declared by one is left out, and said.
 */
import type { Coordinates, PomDependency } from "../project/mavenPom";
import { effectivePom, keyOf, type EffectivePom, type LoadPoms } from "./effectivePom";

export interface Dependency {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly classifier?: string;
  readonly scope: "compile" | "runtime" | "provided" | "test" | "system";
  /** 1 for what the project itself declares. */
  readonly depth: number;
}

export interface ResolvedDependencies {
  /** Nearest first; artifacts that are poms alone are followed and left out. */
  readonly dependencies: readonly Dependency[];
  /** `group:artifact`, with its version when it has one, whose pom or version could not be found: what they bring along is unknown. */
  readonly unknown: readonly string[];
}

interface Declared {
  readonly entry: PomDependency;
  readonly scope: Dependency["scope"];
  readonly depth: number;
  readonly excluded: ReadonlySet<string>;
}

const mostDependencies = 5_000;
const mostRelocations = 4;
const exactVersion = /^[\w][\w.+-]*$/;

/** @param project Of the project: what it declares and what it manages. */
export async function resolveDependencies(
  project: EffectivePom,
  load: LoadPoms,
  signal: AbortSignal,
): Promise<ResolvedDependencies> {
  const found = new Map<string, Dependency>();
  const unknown = new Set<string>();
  const poms = new Map<string, EffectivePom | undefined>();
  const boms = new Map<string, EffectivePom>();
  const pomOf = async ({ group, artifact, version }: Required<Coordinates>) => {
    const name = `${group}:${artifact}:${version}`;
    if (!poms.has(name)) {
      const chain = await load({ group, artifact, version });
      poms.set(name, chain && (await effectivePom(chain, load, signal, boms)));
    }
    return poms.get(name);
  };
  const none: ReadonlySet<string> = new Set();
  let level = declaredBy(project, project, none, 1, unknown);
  while (level.length > 0 && found.size < mostDependencies) {
    const next: Declared[] = [];
    for (const { entry, scope, depth, excluded } of level) {
      signal.throwIfAborted();
      const key = keyOf({ ...entry, type: "jar" });
      const known = found.get(key);
      // Another way to it may ask for more than the nearest did: then all that it brings along is asked for more, too.
      if (known && (known.depth === 1 || !isWider(scope, known.scope))) continue;
      const { version = "", classifier, type, exclusions = [] } = entry;
      const wanted = known ?? { group: entry.group, artifact: entry.artifact, version };
      const { coordinates, pom: own } = await relocated(wanted, pomOf);
      const { group, artifact } = coordinates;
      if (type !== "pom" && !own?.relocation) {
        found.set(key, {
          ...coordinates,
          ...(classifier && { classifier }),
          scope,
          depth: known?.depth ?? depth,
        });
      }
      if (!own) {
        unknown.add(`${group}:${artifact}:${coordinates.version}`);
        continue;
      }
      const excludes = new Set([...excluded, ...exclusions.map((each) => `${each.group}:${each.artifact}`)]);
      for (const brought of declaredBy(own, project, excludes, depth + 1, unknown)) {
        const mediated = mediate(scope, brought.scope);
        if (mediated) next.push({ ...brought, scope: mediated });
      }
    }
    level = next;
  }
  return { dependencies: [...found.values()], unknown: [...unknown] };
}

/** An artifact that moved names its new coordinates in an otherwise empty pom. */
async function relocated(
  wanted: Required<Coordinates>,
  pomOf: (coordinates: Required<Coordinates>) => Promise<EffectivePom | undefined>,
): Promise<{ readonly coordinates: Required<Coordinates>; readonly pom: EffectivePom | undefined }> {
  let coordinates = wanted;
  let pom = await pomOf(coordinates);
  for (let hops = 0; pom?.relocation && hops < mostRelocations; hops++) {
    const { group, artifact, version } = { ...coordinates, ...pom.relocation };
    coordinates = { group, artifact, version };
    pom = await pomOf(coordinates);
  }
  return { coordinates, pom };
}

const widths: readonly Dependency["scope"][] = ["test", "system", "runtime", "provided", "compile"];

const isWider = (left: Dependency["scope"], right: Dependency["scope"]) =>
  widths.indexOf(left) > widths.indexOf(right);

function declaredBy(
  pom: EffectivePom,
  project: EffectivePom,
  excluded: ReadonlySet<string>,
  depth: number,
  unknown: Set<string>,
): Declared[] {
  return pom.dependencies.flatMap((declared): Declared[] => {
    const isDirect = depth === 1;
    if (!isDirect && (declared.optional || isExcluded(declared, excluded))) return [];
    const key = keyOf(declared);
    const [own, root] = [pom.managed.get(key), project.managed.get(key)];
    // What the project declares itself keeps its own version; further away what it manages wins.
    const version = isDirect
      ? (declared.version ?? root?.version)
      : (root?.version ?? declared.version ?? own?.version);
    const scope = isDirect ? (declared.scope ?? root?.scope) : (root?.scope ?? declared.scope ?? own?.scope);
    const managing = root ?? own;
    const exclusions = [...(declared.exclusions ?? []), ...(managing?.exclusions ?? [])];
    if (version === undefined || !exactVersion.test(version)) {
      if (isDirect || isFollowed(scope)) unknown.add(`${declared.group}:${declared.artifact}`);
      return [];
    }
    return [{ entry: { ...declared, version, exclusions }, scope: scopeOf(scope), depth, excluded }];
  });
}

function isExcluded({ group, artifact }: PomDependency, excluded: ReadonlySet<string>): boolean {
  return [`${group}:${artifact}`, `${group}:*`, `*:${artifact}`, "*:*"].some((name) => excluded.has(name));
}

const isFollowed = (scope: string | undefined) =>
  scopeOf(scope) === "compile" || scopeOf(scope) === "runtime";

function scopeOf(scope: string | undefined): Dependency["scope"] {
  return scope === "runtime" || scope === "provided" || scope === "test" || scope === "system"
    ? scope
    : "compile";
}

/** The scope of what a dependency of a scope brings along; undefined when it is not brought (Maven's table of scopes). */
function mediate(outer: Dependency["scope"], inner: Dependency["scope"]): Dependency["scope"] | undefined {
  if (inner !== "compile" && inner !== "runtime") return undefined;
  return outer === "compile" ? inner : outer;
}
