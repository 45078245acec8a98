/**
 * The dependencies of the module that a file belongs to, with their files on this machine, from the build files and what Maven and Gradle
 * have fetched before. Nothing is run and nothing is fetched.
 */
import { dirname, join, resolve } from "node:path";
import { effectivePom, type EffectivePom, type LoadPoms } from "../../core/dependencies/effectivePom";
import {
  resolveDependencies,
  type Dependency,
  type ResolvedDependencies,
} from "../../core/dependencies/resolveDependencies";
import { springBootGroup } from "../../core/project/buildFacts";
import {
  gradleDependencies,
  gradleFacts,
  gradleProcessors,
  type GradleProject,
} from "../../core/project/gradleFacts";
import type { Coordinates, Pom } from "../../core/project/mavenPom";
import {
  createGradleFiles,
  createMavenFiles,
  firstArtifactFiles,
  gradleUserHome,
  type ArtifactFiles,
} from "../maven/artifactFiles";
import { localMavenRepository } from "../maven/localRepository";
import { createPomReader, pomChain, readArtifactPom, type PomReader } from "../maven/pomChain";
import { folderOf, upwards } from "../project/buildFile";
import { gradleFilesOf, hasGradleScript } from "../project/gradleFiles";
import { findModules } from "./modules";

export interface DependencyFiles extends Dependency {
  /** Absolute paths; absent when the file is not on this machine. */
  readonly jar?: string;
  readonly sources?: string;
  readonly javadoc?: string;
}

export interface ProjectDependencies {
  /** Folder of the module. */
  readonly directory: string;
  readonly buildTool: "maven" | "gradle";
  /** Nearest first; modules of the same build are followed and left out. */
  readonly dependencies: readonly DependencyFiles[];
  /** What the build takes its annotation processors from, with what they bring along; absent: the class path. */
  readonly processors?: Pick<ProjectDependencies, "dependencies" | "unknown">;
  /** Folders of the modules of the same build that it uses. */
  readonly modules: readonly string[];
  /** Artifacts whose pom or version was not found, so that what they bring along is unknown. */
  readonly unknown: readonly string[];
}

export interface ProjectDependenciesProps {
  readonly environment: NodeJS.ProcessEnv;
  readonly home?: string;
}

/** @returns Undefined when there is no build file at the path or above it. */
export async function projectDependencies(
  path: string,
  props: ProjectDependenciesProps,
  signal: AbortSignal,
): Promise<ProjectDependencies | undefined> {
  for (const directory of upwards(await folderOf(resolve(path)))) {
    signal.throwIfAborted();
    const files = await artifactsOnDisk(directory, props, signal);
    const poms = createPomReader(directory);
    const pom = await poms.read(join(directory, "pom.xml"), signal);
    const isGradle = !pom && (await hasGradleScript(directory));
    if (!pom && !isGradle) continue;
    const modules = pom ? await findModules(directory, poms, signal) : new Map<string, string>();
    const load = pomLoader(files, poms, modules, signal);
    const gradle = isGradle ? await gradleFilesOf(directory, signal) : undefined;
    const project = pom
      ? await effectivePom(await pomChain(pom, { files, poms }, signal), load, signal)
      : gradle && (await gradleProject(gradle, load, signal));
    if (!project) continue;
    const { dependencies, unknown } = await resolveDependencies(project, load, signal);
    const processors =
      project.processors &&
      (await withAllFiles(
        await resolveDependencies(
          { dependencies: project.processors, managed: project.managed },
          load,
          signal,
        ),
        files,
        signal,
      ));
    const others = dependencies.filter(({ group, artifact }) => !modules.has(`${group}:${artifact}`));
    return {
      directory,
      buildTool: pom ? "maven" : "gradle",
      modules: dependencies.flatMap(({ group, artifact }) => {
        const found = modules.get(`${group}:${artifact}`);
        return found === undefined ? [] : [dirname(found)];
      }),
      ...(await withAllFiles({ dependencies: others, unknown }, files, signal)),
      ...(processors && { processors }),
    };
  }
  return undefined;
}

/** The dependencies of a pom that lies nowhere. */
export async function dependenciesOf(
  pom: Pom,
  props: ProjectDependenciesProps,
  signal: AbortSignal,
): Promise<Pick<ProjectDependencies, "dependencies" | "unknown">> {
  const directory = process.cwd();
  const files = await artifactsOnDisk(directory, props, signal);
  const poms = createPomReader(directory);
  const load = pomLoader(files, poms, new Map(), signal);
  const chain = await pomChain({ pom, path: join(directory, "nowhere", "pom.xml") }, { files, poms }, signal);
  const project = await effectivePom(chain, load, signal);
  return withAllFiles(await resolveDependencies(project, load, signal), files, signal);
}

/** Gradle may take artifacts from Maven's repository, and does so with `mavenLocal()`. */
async function artifactsOnDisk(
  directory: string,
  { environment, home }: ProjectDependenciesProps,
  signal: AbortSignal,
): Promise<ArtifactFiles> {
  const repository = await localMavenRepository(
    { directory, environment, ...(home !== undefined && { home }) },
    signal,
  );
  return firstArtifactFiles([
    createMavenFiles(repository),
    createGradleFiles(gradleUserHome(environment, home)),
  ]);
}

function pomLoader(
  files: ArtifactFiles,
  poms: PomReader,
  modules: ReadonlyMap<string, string>,
  signal: AbortSignal,
): LoadPoms {
  const loaded = new Map<string, Promise<readonly Pom[] | undefined>>();
  const read = async (coordinates: Required<Coordinates>) => {
    const ofModule = modules.get(`${coordinates.group}:${coordinates.artifact}`);
    const found = ofModule
      ? await poms.read(ofModule, signal)
      : await readArtifactPom(coordinates, files, poms, signal);
    return found && pomChain(found, { files, poms }, signal);
  };
  return (coordinates) => {
    const key = `${coordinates.group}:${coordinates.artifact}:${coordinates.version}`;
    let poms = loaded.get(key);
    if (!poms) loaded.set(key, (poms = read(coordinates)));
    return poms;
  };
}

/** A Gradle build in Maven's terms: its dependencies, and the BOMs by which Boot's plugin and `platform(…)` manage their versions. */
async function gradleProject(
  project: GradleProject,
  load: LoadPoms,
  signal: AbortSignal,
): Promise<EffectivePom> {
  const isBom = ({ artifact }: Coordinates) => /(?:^|-)(?:bom|dependencies)$/.test(artifact);
  const declared = gradleDependencies(project);
  const processors = gradleProcessors(project);
  const version = gradleFacts(project).springBootVersion;
  const boot = version && { group: springBootGroup, artifact: "spring-boot-dependencies", version };
  const pom: Pom = {
    label: project.module.label,
    properties: new Map(),
    imports: [...declared.filter(isBom), ...(boot ? [boot] : [])],
    managed: [],
    dependencies: declared.filter((each) => !isBom(each)),
    plugins: processors
      ? [{ group: "org.apache.maven.plugins", artifact: "maven-compiler-plugin", processors }]
      : [],
    modules: [],
  };
  return effectivePom([pom], load, signal);
}

async function withAllFiles(
  { dependencies, unknown }: ResolvedDependencies,
  files: ArtifactFiles,
  signal: AbortSignal,
): Promise<Pick<ProjectDependencies, "dependencies" | "unknown">> {
  return {
    dependencies: await Promise.all(dependencies.map((each) => withFiles(each, files, signal))),
    unknown,
  };
}

async function withFiles(
  dependency: Dependency,
  files: ArtifactFiles,
  signal: AbortSignal,
): Promise<DependencyFiles> {
  const { group, artifact, version, classifier } = dependency;
  const name = { group, artifact, version };
  const [jar, sources, javadoc] = await Promise.all([
    files.find({ ...name, ...(classifier !== undefined && { classifier }) }, signal),
    files.find({ ...name, classifier: "sources" }, signal),
    files.find({ ...name, classifier: "javadoc" }, signal),
  ]);
  return { ...dependency, ...(jar && { jar }), ...(sources && { sources }), ...(javadoc && { javadoc }) };
}
