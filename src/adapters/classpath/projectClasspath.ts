/**
 * The class path of a module, or of a version of Spring Boot alone. What was found before is kept by the content of the build files. The build
 * files and what lies on this machine are read first: where they tell all, no build tool is started. What they leave open is asked of the user's
 * own Maven or Gradle, offline first, when the project is trusted.
 */
import { join } from "node:path";
import type { CheckProgress, GivenClasspath } from "../../core/checks/checkReport";
import type { ModuleClasspath, ScopedJar } from "../../core/checks/classpath";
import { generatorsIn } from "../../core/checks/java/generators";
import type { ToolProgram, ToolRunProps } from "../buildTool/runTool";
import { localMavenRepository } from "../maven/localRepository";
import { fetchArtifacts, findMaven, listDependencies } from "../maven/runMaven";
import { toolTimeout, withRemedy } from "./askedTool";
import { readBuildTexts } from "./buildTexts";
import { classpathKey, type ClasspathStore, type KnownClasspath } from "./classpathStore";
import { givenClasspath } from "./givenClasspath";
import { askGradle } from "./gradleClasspath";
import { labelOf, readModule, type MissingArtifact, type ModuleReading } from "./moduleReading";
import { readStarters, wantedStarters } from "./starters";

export interface ClasspathRequest {
  /** Folder of the module; absent: the starters of the version are the class path. */
  readonly module?: { readonly directory: string; readonly buildTool: "maven" | "gradle" };
  readonly springBootVersion?: string;
  /** Packages that the code imports: of the starters those that bring them are wanted. */
  readonly packages: readonly string[];
  readonly offline: boolean;
  readonly trusted: boolean;
}

export interface ProjectClasspaths {
  /** With the jars that another program computed; nothing is run. Undefined where there is no build file. */
  given(
    module: NonNullable<ClasspathRequest["module"]>,
    classpath: GivenClasspath,
    signal: AbortSignal,
  ): Promise<KnownClasspath | undefined>;
  /** What an earlier search kept; nothing is read or run for it. */
  known(
    module: NonNullable<ClasspathRequest["module"]>,
    signal: AbortSignal,
  ): Promise<KnownClasspath | undefined>;
  /** Undefined where there is neither a build file nor a version. What is missing is said in the result. */
  find(
    request: ClasspathRequest,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<KnownClasspath | undefined>;
}

export interface ProjectClasspathProps {
  readonly store: ClasspathStore;
  readonly environment: NodeJS.ProcessEnv;
  /** Told before a build tool runs with leave to connect. */
  readonly connecting?: () => void;
}

const trustRemedy = "Trust the project, so that its build tool may be asked.";
/** Poms that were fetched name others. */
const mostRounds = 4;

export function createProjectClasspaths(props: ProjectClasspathProps): ProjectClasspaths {
  const { store, environment, connecting } = props;
  const run = (program: ToolProgram, offline: boolean): ToolRunProps => ({
    ...{ program, environment, offline },
    timeout: toolTimeout(offline),
    ...(connecting && { connecting }),
  });
  /** Keys by the folder of the module. */
  const lastGiven = new Map<string, string>();
  const keyOf = async (
    { directory, buildTool }: NonNullable<ClasspathRequest["module"]>,
    signal: AbortSignal,
  ) => {
    const repository = await localMavenRepository({ directory, environment }, signal);
    const build = await readBuildTexts(directory, signal);
    return { key: classpathKey([buildTool, directory, repository, ...build]), build };
  };
  const ofProject = async (
    { directory, buildTool }: NonNullable<ClasspathRequest["module"]>,
    request: ClasspathRequest,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<KnownClasspath | undefined> => {
    const { key, build } = await keyOf({ directory, buildTool }, signal);
    const kept = await store.find(key, signal);
    if (kept) return kept;
    onProgress({ label: "Reading the project's dependencies" });
    const read = () => readModule(directory, { environment }, signal);
    let reading = await read();
    if (!reading) return undefined;
    const generators = generatorsIn(build);
    const keep = (classpath: ModuleClasspath) => {
      const mainComplete = classpath.complete || (classpath.mainComplete && !isOpen(build));
      return store.add(key, { ...classpath, mainComplete, generators }, signal);
    };
    if (isWhole(reading, build)) return keep(reading.classpath);
    const { classpath } = reading;
    if (!request.trusted) return keep(withRemedy(classpath, trustRemedy));
    if (buildTool === "gradle") {
      return keep(await askGradle(classpath, { ...props, offline: request.offline }, onProgress, signal));
    }
    const program = await findMaven(directory, environment);
    if (!program) return keep(withRemedy(classpath, "Install Maven, or add its wrapper to the project."));
    const fetching = (missing: readonly MissingArtifact[]) =>
      fetchArtifacts(missing, run(program, false), signal);
    // Maven's list tells nothing of the processor path.
    if (!request.offline && reading.missingProcessors.length > 0) {
      onProgress({ label: "Maven fetches the annotation processors" });
      const missingOf = (each: ModuleReading) => each.missingProcessors;
      ({ reading } = await fetchMissing(reading, { read, missingOf, fetching }));
      if (isWhole(reading, build)) return keep(reading.classpath);
    }
    let why = "";
    // A module that uses others of its build cannot be resolved alone without building them; its poms tell what they need.
    const isAlone = classpath.modules.length === 1;
    for (const offline of isAlone ? (request.offline ? [true] : [true, false]) : []) {
      onProgress({ label: offline ? "Asking Maven for the class path" : "Maven fetches the dependencies" });
      const answer = await listDependencies(directory, run(program, offline), signal);
      if (answer.ok) return keep(asMavenLists(reading, answer.jars));
      why = answer.why;
    }
    if (!isAlone && !request.offline) {
      onProgress({ label: "Maven fetches the dependencies" });
      const missingOf = (each: ModuleReading) => each.missing;
      ({ reading, why } = await fetchMissing(reading, { read, missingOf, fetching }));
      if (isWhole(reading, build)) return keep(reading.classpath);
    }
    const command = `${program.name} -f ${join(directory, "pom.xml")} dependency:resolve`;
    const said = why === "" ? "" : `Maven said: ${why} `;
    const remedy = request.offline
      ? `Run without --offline, or run \`${command}\` once.`
      : `${said}Run \`${command}\` and try again.`;
    return keep(withRemedy(reading.classpath, remedy));
  };

  const ofStarters = async (
    version: string,
    request: ClasspathRequest,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<KnownClasspath> => {
    const directory = process.cwd();
    const repository = await localMavenRepository({ directory, environment }, signal);
    const wanted = wantedStarters(request.packages);
    const key = classpathKey(["starters", version, repository, ...wanted]);
    const kept = await store.find(key, signal);
    if (kept) return kept;
    onProgress({ label: `Reading the starters of Spring Boot ${version}` });
    const read = () => readStarters({ version, wanted, environment }, signal);
    let reading = await read();
    const program = await findMaven(directory, environment);
    let why = "";
    if (program && !request.offline && reading.missing.length > 0) {
      onProgress({ label: `Maven fetches the starters of Spring Boot ${version}` });
      ({ reading, why } = await fetchMissing(reading, {
        read,
        missingOf: (each) => each.missing,
        fetching: (artifacts) => fetchArtifacts(artifacts, run(program, false), signal),
      }));
    }
    const { classpath, missing } = reading;
    if (missing.length === 0) return store.add(key, classpath, signal);
    const remedy = request.offline
      ? "Run without --offline once."
      : program
        ? `Maven said: ${why}`
        : "Install Maven.";
    return store.add(key, withRemedy(classpath, remedy), signal);
  };

  return {
    async given(module, { source, main, test = [] }, signal) {
      const { build } = await keyOf(module, signal);
      const key = classpathKey(["given", module.directory, source, ...main, "test", ...test, ...build]);
      lastGiven.set(module.directory, key);
      const kept = await store.find(key, signal);
      if (kept) return kept;
      const reading = await readModule(module.directory, { environment }, signal);
      if (!reading) return undefined;
      const classpath = await givenClasspath(
        { source, main, ...(test.length > 0 && { test }) },
        reading.classpath,
      );
      return store.add(key, { ...classpath, generators: generatorsIn(build) }, signal);
    },
    async known(module, signal) {
      const given = lastGiven.get(module.directory);
      const found = given === undefined ? undefined : await store.find(given, signal);
      return found ?? store.find((await keyOf(module, signal)).key, signal);
    },
    async find(request, onProgress, signal) {
      const { module, springBootVersion } = request;
      if (module) return ofProject(module, request, onProgress, signal);
      return springBootVersion === undefined
        ? undefined
        : ofStarters(springBootVersion, request, onProgress, signal);
    },
  };
}

interface Fetching<Reading> {
  readonly read: () => Promise<Reading | undefined>;
  readonly missingOf: (reading: Reading) => readonly MissingArtifact[];
  /** @returns What Maven said when it failed. */
  readonly fetching: (missing: readonly MissingArtifact[]) => Promise<string | undefined>;
}

/** Fetches what is missing, and what that names in turn, until nothing is or nothing more comes. */
async function fetchMissing<Reading>(
  first: Reading,
  { read, missingOf, fetching }: Fetching<Reading>,
): Promise<{ readonly reading: Reading; readonly why: string }> {
  let reading = first;
  let why = "";
  for (let round = 0; round < mostRounds && missingOf(reading).length > 0; round++) {
    const before = missingOf(reading).length;
    why = (await fetching(missingOf(reading))) ?? "";
    const next = await read();
    if (!next) break;
    reading = next;
    if (missingOf(next).length >= before && why !== "") break;
  }
  return { reading, why };
}

/** What Maven itself lists is whole, but for the processors, which it does not list. */
function asMavenLists(
  { classpath, missingProcessors }: ModuleReading,
  jars: readonly ScopedJar[],
): ModuleClasspath {
  const missing = missingProcessors.map(labelOf);
  const mainComplete = missing.length === 0;
  const listed = { ...classpath, source: "Maven", complete: true, mainComplete, jars, missing };
  if (missing.length === 0) return listed;
  return withRemedy(listed, "Build the project once, so that Maven fetches its annotation processors.");
}

function isWhole({ classpath }: ModuleReading, build: readonly string[]): boolean {
  return classpath.complete && !isOpen(build);
}

/** Profiles that depend on the machine, and ranges, are for Maven itself to judge, other projects of a build for Gradle. */
function isOpen(build: readonly string[]): boolean {
  return build.some(
    (text) =>
      hasConditionalProfile(text) ||
      /<version>\s*[[(]|\bproject\s*\(\s*(?:path\s*[:=]\s*)?["']:|\(\s*projects\.\w/.test(text),
  );
}

/** A profile with a condition, that says more than which modules there are or how they are built. */
function hasConditionalProfile(text: string): boolean {
  return text
    .split("<profile>")
    .slice(1)
    .some((part) => {
      const profile = part.slice(0, Math.max(0, part.indexOf("</profile>")));
      return /<(?:jdk|os|property|file)>/.test(profile) && /<(?:dependenc|properties>)/.test(profile);
    });
}
