import { isVersion, javaFeature, springArtifacts, springBootGroup, type BuildFacts } from "./buildFacts";
import type { Expression, GradleScript } from "./gradleScript";
import type { Coordinates } from "./mavenPom";
import type { CatalogEntry, VersionCatalog } from "./versionCatalog";

/** All files of a Gradle build that may tell the version to a module. */
export interface GradleProject {
  /** The module's own script. */
  readonly module: GradleScript;
  /** Scripts of the folders above, then the settings and `buildSrc`. */
  readonly others: readonly GradleScript[];
  /** Of `gradle.properties`, nearest wins. */
  readonly properties: ReadonlyMap<string, string>;
  readonly catalog?: VersionCatalog;
}

export function gradleFacts(project: GradleProject): BuildFacts {
  const { module, others, catalog } = project;
  const scripts = [module, ...others];
  const found =
    firstOf(scripts, (script) => pluginVersion(script, project)) ??
    firstOf(scripts, (script) => coordinateVersion(script, project)) ??
    catalogVersion(project);
  const java = firstOf(
    scripts,
    (script) => script.java && (javaFeature(script.java) ?? javaFeature(resolve(script.java, project))),
  );
  const fromCatalog = libraries(module, catalog).map(({ id }) => {
    const [group = "", artifact = ""] = id.split(":");
    return { group, artifact };
  });
  const plugins = [module, ...others.filter((script) => !script.label.includes("settings"))];
  return {
    ...(found && { springBootVersion: found.version, versionSource: found.source }),
    ...(java !== undefined && { javaVersion: java }),
    starters: springArtifacts([...module.dependencies, ...fromCatalog]),
    kotlin:
      plugins.some(({ kotlin }) => kotlin) ||
      module.pluginAliases.some((alias) =>
        catalog?.plugins.get(alias)?.id.startsWith("org.jetbrains.kotlin"),
      ),
  };
}

/** What the module's script declares, with the versions that the build's files tell; each once. */
export function gradleDependencies(project: GradleProject): readonly Coordinates[] {
  const { module, catalog } = project;
  const written = coordinatesOf(
    module.dependencies.filter(({ isProcessor }) => isProcessor !== true),
    project,
  );
  const fromCatalog = libraries(module, catalog).map(({ id, version }) => {
    const [group = "", artifact = ""] = id.split(":");
    return { group, artifact, ...(version !== undefined && { version }) };
  });
  const all = [...written, ...fromCatalog];
  return [...new Map(all.map((each) => [`${each.group}:${each.artifact}`, each])).values()];
}

/** What the build takes annotation processors from; undefined where it names nothing for them. */
export function gradleProcessors(project: GradleProject): readonly Coordinates[] | undefined {
  const named = project.module.dependencies.filter(({ isProcessor }) => isProcessor === true);
  return named.length === 0 ? undefined : coordinatesOf(named, project);
}

function coordinatesOf(
  written: GradleScript["dependencies"],
  project: GradleProject,
): readonly Coordinates[] {
  return written.map(({ group, artifact, version }) => {
    const resolved = version === undefined ? undefined : resolve(version, project);
    return { group, artifact, ...(resolved !== undefined && { version: resolved }) };
  });
}

interface FoundVersion {
  readonly version: string;
  readonly source: string;
}

function pluginVersion(script: GradleScript, project: GradleProject): FoundVersion | undefined {
  const { label, plugin, pluginAliases } = script;
  const version = plugin?.version === undefined ? undefined : resolve(plugin.version, project);
  if (isVersion(version)) return { version, source: `plugin in ${label}` };
  const { catalog } = project;
  return firstOf(pluginAliases, (alias) => {
    const entry = catalog?.plugins.get(alias);
    return catalog && entry?.id === springBootGroup && isVersion(entry.version)
      ? { version: entry.version, source: `plugin in ${catalog.label}` }
      : undefined;
  });
}

/** By a coordinate: the BOM, the plugin on the build script's class path, or any artifact of Spring Boot with a version. */
function coordinateVersion(script: GradleScript, project: GradleProject): FoundVersion | undefined {
  const order = ["spring-boot-dependencies", "spring-boot-gradle-plugin"];
  const written = script.dependencies
    .filter(({ group, version }) => group === springBootGroup && version !== undefined)
    .sort((left, right) => rank(left.artifact, order) - rank(right.artifact, order));
  const found = firstOf(written, ({ artifact, version }) => {
    const resolved = version === undefined ? undefined : resolve(version, project);
    return isVersion(resolved) ? { version: resolved, source: `${artifact} in ${script.label}` } : undefined;
  });
  if (found) return found;
  const { catalog } = project;
  return firstOf(libraries(script, catalog), ({ id, version }) =>
    catalog && id.startsWith(`${springBootGroup}:`) && isVersion(version)
      ? { version, source: `${id.split(":")[1] ?? id} in ${catalog.label}` }
      : undefined,
  );
}

/** A convention plugin may apply what no script of ours names; the catalog still tells the version. */
function catalogVersion({ catalog }: GradleProject): FoundVersion | undefined {
  if (!catalog) return undefined;
  const entries = [...catalog.plugins.values(), ...catalog.libraries.values()];
  return firstOf(entries, ({ id, version }) =>
    (id === springBootGroup || id.startsWith(`${springBootGroup}:`)) && isVersion(version)
      ? { version, source: catalog.label }
      : undefined,
  );
}

function libraries(script: GradleScript, catalog: VersionCatalog | undefined): readonly CatalogEntry[] {
  if (!catalog) return [];
  return script.libraryAliases.flatMap((alias) => {
    const bundle = alias.startsWith("bundles.")
      ? catalog.bundles.get(alias.slice("bundles.".length))
      : undefined;
    return (bundle ?? [alias]).flatMap((each) => catalog.libraries.get(each) ?? []);
  });
}

/** The value of an expression, as far as the build's files tell; texts are taken out of their quotes. */
function resolve(expression: Expression, project: GradleProject, depth = 0): string | undefined {
  if (depth > 8) return undefined;
  const quoted = /^(["'])(.*)\1$/.exec(expression);
  if (!quoted) return lookUp(expression, project, depth);
  const template = /\$\{([^}]+)\}|\$([A-Za-z_]\w*)/g;
  const text = quoted[2] ?? "";
  const values = [...text.matchAll(template)].map(([, braced, plain]) =>
    resolve((braced ?? plain ?? "").trim(), project, depth + 1),
  );
  if (values.includes(undefined)) return undefined;
  return text.replaceAll(template, () => values.shift() ?? "");
}

function lookUp(written: string, project: GradleProject, depth: number): string | undefined {
  if (/^[\d.]+$/.test(written)) return written;
  const { module, others, properties, catalog } = project;
  const inCatalog = /^libs\.versions\.([\w.]+?)(?:\.get\(\)|\.asProvider\(\)\.get\(\))?$/.exec(written)?.[1];
  if (inCatalog !== undefined) return catalog?.versions.get(inCatalog);
  const name =
    /(?:property|findProperty|gradleProperty|getProperty|extra|ext|properties|get)\s*[([]\s*["']([\w.-]+)["']/.exec(
      written,
    )?.[1] ??
    written
      .replace(/\.(toString|get|toInt)\(\)$/, "")
      .replace(/^(project\.|rootProject\.)?(ext\.|extra\.)?/, "");
  const last = name.slice(name.lastIndexOf(".") + 1);
  for (const key of name === last ? [name] : [name, last]) {
    const value = firstOf([module, ...others], ({ variables }) => variables.get(key)) ?? properties.get(key);
    if (value !== undefined) return resolve(`"${value}"`, project, depth + 1);
  }
  return undefined;
}

function rank(artifact: string, order: readonly string[]): number {
  const position = order.indexOf(artifact);
  return position < 0 ? order.length : position;
}

function firstOf<T, R>(items: readonly T[], map: (item: T) => R | undefined | ""): R | undefined {
  for (const item of items) {
    const result = map(item);
    if (result !== undefined && result !== "") return result;
  }
  return undefined;
}
