import { isVersion, javaFeature, springArtifacts, springBootGroup, type BuildFacts } from "./buildFacts";
import type { Coordinates, Pom } from "./mavenPom";

/** A module's `pom.xml` with its parents. */
export interface MavenProject {
  /** The module's own first, then its parents, as far as they were found. */
  readonly chain: readonly Pom[];
  /** BOMs that the chain imports and that were found, each with its own parents. */
  readonly boms: readonly (readonly Pom[])[];
}

/**
 * Maven's own precedence: what is imported or managed nearest to the module wins over the parents; Spring Boot's parent manages last. A
 * plugin's version is taken when nothing else tells.
 */
export function mavenFacts({ chain, boms }: MavenProject): BuildFacts {
  const found = versionIn(chain) ?? firstOf(boms, (bom) => versionIn(bom)) ?? pluginVersion(chain);
  const plugins = chain.flatMap((pom) => pom.plugins);
  const javaVersion = javaIn(chain, found?.version);
  return {
    ...(found && { springBootVersion: found.version, versionSource: found.source }),
    ...(javaVersion !== undefined && { javaVersion }),
    starters: springArtifacts(chain.flatMap((pom) => pom.dependencies)),
    kotlin: plugins.some(({ artifact }) => artifact === "kotlin-maven-plugin"),
  };
}

interface FoundVersion {
  readonly version: string;
  readonly source: string;
}

function versionIn(chain: readonly Pom[]): FoundVersion | undefined {
  for (const pom of chain) {
    const { label, parent } = pom;
    const bom = pom.imports.find((entry) => isBoot(entry, "spring-boot-dependencies"));
    const managed = pom.managed.find((entry) => entry.group === springBootGroup);
    const direct = pom.dependencies.find((entry) => entry.group === springBootGroup && entry.version);
    const candidates: readonly (readonly [Coordinates | undefined, string])[] = [
      [bom, "BOM"],
      [managed, "managed dependency"],
      [direct, "dependency"],
      [parent && isBootParent(parent) ? parent : undefined, "parent"],
    ];
    for (const [entry, what] of candidates) {
      const version = entry?.version === undefined ? undefined : interpolate(entry.version, chain);
      if (isVersion(version)) return { version, source: `${what} in ${label}` };
    }
    // The poms of Spring Boot itself, found in a local repository, carry the version as their own.
    if (pom.group === springBootGroup && pom.artifact && isVersion(pom.version)) {
      return { version: pom.version, source: label };
    }
  }
  return undefined;
}

function pluginVersion(chain: readonly Pom[]): FoundVersion | undefined {
  return firstOf(chain, (pom) => {
    const plugin = pom.plugins.find((entry) => isBoot(entry, "spring-boot-maven-plugin") && entry.version);
    const version = plugin?.version === undefined ? undefined : interpolate(plugin.version, chain);
    return isVersion(version) ? { version, source: `plugin in ${pom.label}` } : undefined;
  });
}

const javaProperties = [
  "maven.compiler.release",
  "java.version",
  "maven.compiler.target",
  "maven.compiler.source",
];

function javaIn(chain: readonly Pom[], bootVersion: string | undefined): string | undefined {
  const compiler = chain
    .flatMap((pom) => pom.plugins)
    .find(({ artifact, javaRelease }) => artifact === "maven-compiler-plugin" && javaRelease);
  const written = [
    compiler?.javaRelease,
    ...javaProperties.map((name) => property(name, chain)),
    property("kotlin.compiler.jvmTarget", chain),
  ];
  const known = firstOf(written, (text) =>
    javaFeature(text === undefined ? undefined : interpolate(text, chain)),
  );
  if (known !== undefined) return known;
  // Spring Boot's parent sets it when the project does not: 1.8 for 2.x, 17 since 3.0.
  const hasBootParent = chain.some(({ parent }) => parent && isBootParent(parent));
  return hasBootParent && bootVersion ? (bootVersion.startsWith("2.") ? "8" : "17") : undefined;
}

/** Replaces `${name}` by the nearest definition; what is not known stays as it is. */
export function interpolate(text: string, chain: readonly Pom[], depth = 0): string {
  return text.replaceAll(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const value = depth < 8 ? property(name.trim(), chain) : undefined;
    return value === undefined ? whole : interpolate(value, chain, depth + 1);
  });
}

function property(name: string, chain: readonly Pom[]): string | undefined {
  const [own] = chain;
  switch (name) {
    case "project.version":
    case "pom.version":
    case "version":
      return own?.version ?? own?.parent?.version;
    case "project.groupId":
      return own?.group ?? own?.parent?.group;
    case "project.parent.version":
    case "parent.version":
      return own?.parent?.version;
    default:
      return firstOf(chain, (pom) => pom.properties.get(name));
  }
}

const isBoot = ({ group, artifact }: Coordinates, name: string) =>
  group === springBootGroup && artifact === name;

const isBootParent = (parent: Coordinates) =>
  isBoot(parent, "spring-boot-starter-parent") || isBoot(parent, "spring-boot-dependencies");

function firstOf<T, R>(items: readonly T[], map: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const result = map(item);
    if (result !== undefined) return result;
  }
  return undefined;
}
