/** A module's class path read from its build files and from what Maven and Gradle have fetched before; nothing is run. */
import {
  gradleFolders,
  mavenFolders,
  type ModuleClasspath,
  type ScopedJar,
} from "../../core/checks/classpath";
import {
  projectDependencies,
  type DependencyFiles,
  type ProjectDependenciesProps,
} from "../dependencies/projectDependencies";

export interface ModuleReading {
  readonly classpath: ModuleClasspath;
  /** What has no file on this machine. */
  readonly missing: readonly MissingArtifact[];
  /** Those of it that annotation processors need: Maven's list of dependencies does not have them. */
  readonly missingProcessors: readonly MissingArtifact[];
}

export interface MissingArtifact {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly classifier?: string;
  /** `pom` where what an artifact brings along is unknown. */
  readonly type?: string;
  /** Absent where it is not known. */
  readonly scope?: ScopedJar["scope"];
}

export async function readModule(
  directory: string,
  props: ProjectDependenciesProps,
  signal: AbortSignal,
): Promise<ModuleReading | undefined> {
  const found = await projectDependencies(directory, props, signal);
  if (!found) return undefined;
  const folders = found.buildTool === "maven" ? mavenFolders : gradleFolders;
  const { jars, missing: missingJars } = jarsOf(found);
  const processors = found.processors && jarsOf(found.processors);
  const missingProcessors = processors?.missing ?? [];
  const missing = [...missingJars, ...missingProcessors];
  return {
    classpath: {
      source:
        found.buildTool === "maven" ? "the pom and Maven's local repository" : "Gradle's files and cache",
      complete: missing.length === 0,
      mainComplete: missingProcessors.length === 0 && missingJars.every(({ scope }) => scope === "test"),
      jars,
      processorJars: [],
      ...(processors && { processorPath: processors.jars.map(({ path }) => path) }),
      generators: { plugins: [], processors: [] },
      modules: [found.directory, ...found.modules].map(folders),
      missing: missing.map(labelOf),
    },
    missing,
    missingProcessors,
  };
}

export function labelOf({ group, artifact, version }: MissingArtifact): string {
  return `${group}:${artifact}:${version}`;
}

export function jarsOf(found: {
  readonly dependencies: readonly DependencyFiles[];
  readonly unknown: readonly string[];
}): { readonly jars: readonly ScopedJar[]; readonly missing: readonly MissingArtifact[] } {
  const jars: ScopedJar[] = [];
  const missing: MissingArtifact[] = [];
  for (const { jar, group, artifact, version, classifier, scope } of found.dependencies) {
    if (jar !== undefined) jars.push({ path: jar, group, artifact, version, scope });
    else missing.push({ group, artifact, version, scope, ...(classifier !== undefined && { classifier }) });
  }
  for (const name of found.unknown) {
    const [group = "", artifact = "", version = ""] = name.split(":");
    const isNamed = missing.some((each) => each.group === group && each.artifact === artifact);
    if (!isNamed) missing.push({ group, artifact, version, type: "pom" });
  }
  return { jars, missing };
}
