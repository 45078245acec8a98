/** Judges files against their project: reads them, gathers what is known of the project, and runs every check. */
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { languageOf, type CheckContext, type CheckedFile, type ClasspathView } from "../../core/checks/check";
import type { CheckProgress, CheckReport, CheckRequest, NotChecked } from "../../core/checks/checkReport";
import { byFile, type Finding } from "../../core/checks/finding";
import { createTypeNames, type TypeNames } from "../../core/checks/java/typeNames";
import type { PropertyReply, PropertyRequest } from "../../core/checks/properties/propertyInfo";
import { importedPackages } from "../../core/checks/java/imports";
import { withoutEchoes } from "../../core/checks/echoes";
import { FailureError } from "../../core/failure";
import type { ProjectFacts } from "../../core/project/projectFacts";
import type { AnswerRequest } from "../../core/answer/answer";
import type { TypesAtHand } from "../../core/prompt/typesAtHand";
import type { Passage } from "../../core/search/passage";
import { isBelow } from "../../core/project/isBelow";
import { createClasspathStore, type KnownClasspath } from "../classpath/classpathStore";
import { migrationClasspath } from "../classpath/migrationClasspath";
import { createProjectClasspaths, type ClasspathRequest } from "../classpath/projectClasspath";
import { createProjectSourceReader } from "../classpath/projectSources";
import { createDeprecations } from "../compiler/deprecations";
import { findJdks, type Jdk } from "../compiler/jdk";
import { createJavaCompiler } from "../compiler/javaCompiler";
import { readProjectFacts } from "../project/projectFiles";
import { readProjectView } from "../project/projectView";
import { createPlatformTypes } from "../compiler/platformTypes";
import { createEnumConstants, setsValues, type EnumConstants } from "./enumConstants";
import { createJavaCheck } from "./javaCheck";
import { createCompileCheck } from "./compileCheck";
import { checksWith } from "./ownFacts";
import { mended } from "./mending";
import { propertyInfo } from "./propertyInfo";
import { typesAtHand } from "./typesAtHand";

export interface Checking {
  /** Rejects with `not-found` for a file that is not there; everything else that cannot be judged is part of the report. */
  check(
    request: CheckRequest,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<CheckReport>;
  property(request: PropertyRequest, signal: AbortSignal): Promise<PropertyReply>;
  /** Undefined where no check has found the project's class path yet, or there is no JDK: an answer does not wait for either. */
  typesAtHand(
    request: Pick<AnswerRequest, "instruction" | "selection" | "project">,
    passages: readonly Passage[],
    signal: AbortSignal,
  ): Promise<TypesAtHand | undefined>;
  close(): void;
}

export interface CheckingProps {
  readonly packageRoot: string;
  readonly defaultStore: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Absent: those on this machine. */
  readonly jdks?: (signal: AbortSignal) => Promise<readonly Jdk[]>;
  /** Told before Maven runs with leave to connect. */
  readonly connecting?: () => void;
}

/** The same each time, so that the names are built once. */
const noTypes: readonly string[] = [];

export function createChecking({
  packageRoot,
  defaultStore,
  environment = process.env,
  jdks = (signal) => findJdks({ environment }, signal),
  connecting,
}: CheckingProps): Checking {
  const cache = join(defaultStore, "classpaths");
  const classpaths = createProjectClasspaths({
    ...{ store: createClasspathStore(cache), environment },
    ...(connecting && { connecting }),
  });
  const compiler = createJavaCompiler({
    jar: join(packageRoot, "dist", "compiler.jar"),
    log: () => undefined,
  });
  const sources = createProjectSourceReader();
  const enums = createEnumConstants(compiler);
  const platform = createPlatformTypes({ compiler, folder: cache });
  const javaCheck = createJavaCheck({
    compileCheck: createCompileCheck({
      ...{ compiler, sources },
      deprecations: createDeprecations(),
    }),
    jdks,
  });
  /** Building the names takes longer than a warm compilation. */
  let known:
    | { readonly classpath: KnownClasspath; readonly jdkTypes: readonly string[]; readonly names: TypeNames }
    | undefined;
  const namesOf = (classpath: KnownClasspath, jdkTypes: readonly string[]): TypeNames => {
    if (known?.classpath !== classpath || known.jdkTypes !== jdkTypes) {
      known = { classpath, jdkTypes, names: createTypeNames([...classpath.types, ...jdkTypes]) };
    }
    return known.names;
  };

  /** Of the module; of another version of Spring Boot than the module's own, as the module would have it. */
  const classpathFor = async (
    about: {
      readonly project: ProjectFacts | undefined;
      readonly springBootVersion: string | undefined;
      readonly files: readonly CheckedFile[];
    },
    request: CheckRequest,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<KnownClasspath | undefined> => {
    const { project, springBootVersion, files } = about;
    const { offline, trusted } = request;
    const packages = importedPackages(files);
    const version = springBootVersion === undefined ? {} : { springBootVersion };
    const module = project?.buildTool && { directory: project.directory, buildTool: project.buildTool };
    const find = (wanted: Partial<ClasspathRequest>) =>
      classpaths.find({ packages, offline, trusted, ...version, ...wanted }, onProgress, signal);
    if (!module) return find({});
    const own =
      (request.classpath && (await classpaths.given(module, request.classpath, signal))) ??
      (await find({ module }));
    if (!isOtherLine(project.springBootVersion, springBootVersion)) return own;
    const starters = await find({ packages: packages.map((name) => name.replace(/^javax\./, "jakarta.")) });
    return starters && own ? migrationClasspath(starters, own) : own;
  };

  /** One look at texts as they are. */
  const judge = async (
    files: readonly CheckedFile[],
    request: CheckRequest,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<CheckReport> => {
    const started = performance.now();
    const checks = await checksWith(request.factsFile, signal);
    const findings: Finding[] = [];
    const notChecked: NotChecked[] = [];
    const times = { classpath: 0, compile: 0 };
    let judgedBy: CheckReport["judgedBy"] = "nothing";
    let seen: KnownClasspath | undefined;
    let version = request.springBootVersion;
    for (const { project, files: own } of await byModule(files, request, signal)) {
      const springBootVersion = request.springBootVersion ?? project?.springBootVersion;
      version ??= springBootVersion;
      const before = performance.now();
      const classpath = await classpathFor(
        { project, springBootVersion, files: own },
        request,
        onProgress,
        signal,
      );
      times.classpath += performance.now() - before;
      seen ??= classpath;
      if (!classpath) {
        notChecked.push({
          why: "There is no build file and no version of Spring Boot to check against.",
          remedy: "Name the project with --project DIR, or the version with --spring-boot V.",
        });
      } else if (!classpath.complete) notChecked.push(incomplete(classpath));
      const jdk = classpath && (await javaCheck.jdkFor(project?.javaVersion, signal));
      const jdkTypes = jdk ? await platform.of(jdk, signal) : noTypes;
      const java = own.filter(({ language }) => language === "java");
      if (classpath && java.length > 0) {
        onProgress({ label: "Compiling" });
        const compileStarted = performance.now();
        const judged = await javaCheck.check(
          {
            files: java,
            classpath,
            names: namesOf(classpath, jdkTypes),
            jdk,
            release: project?.javaVersion ?? "17",
            trusted: request.trusted || !project?.buildTool,
            springBootVersion,
          },
          signal,
        );
        times.compile += performance.now() - compileStarted;
        findings.push(...judged.findings);
        notChecked.push(...judged.notChecked);
        judgedBy = judged.judgedBy;
      }
      for (const { path } of own.filter(({ language }) => language === "kotlin")) {
        notChecked.push({
          path,
          why: "Kotlin is not compiled; its properties and known mistakes are checked.",
        });
      }
      const constants =
        classpath && jdk && setsValues(own) ? await enums.of(classpath, jdk, signal) : undefined;
      const context: CheckContext = {
        files: own,
        ...(project && { project }),
        ...(springBootVersion !== undefined && { springBootVersion }),
        ...(classpath && {
          classpath: viewOf(classpath, () => namesOf(classpath, jdkTypes), constants),
        }),
        metadata: classpath?.metadata ?? [],
        ...(project?.buildTool && {
          projectFiles: readProjectView(project.directory, modulesOf(classpath), signal),
        }),
      };
      findings.push(...checks.flatMap((check) => check(context)));
    }
    return {
      files: byFile(
        files.map(({ path }) => path),
        withoutEchoes(findings),
      ),
      notChecked,
      ...(version !== undefined && { springBootVersion: version }),
      judgedBy,
      ...(seen && { classpath: { source: seen.source, jars: seen.jars.length, complete: seen.complete } }),
      timings: {
        classpath: Math.round(times.classpath),
        compile: Math.round(times.compile),
        total: Math.round(performance.now() - started),
      },
    };
  };

  return {
    async check(request, onProgress, signal) {
      const files = await Promise.all(request.files.map((file) => readChecked(file, signal)));
      const look = (texts: readonly CheckedFile[]) => judge(texts, request, onProgress, signal);
      const report = await look(files);
      return request.mend === true ? mended(files, report, look) : report;
    },
    property: (request, signal) => propertyInfo(classpaths, request, signal),
    async typesAtHand(request, passages, signal) {
      const { buildTool, directory, javaVersion } = request.project ?? {};
      if (!buildTool || directory === undefined) return undefined;
      const classpath = await classpaths.known({ directory, buildTool }, signal);
      const jdk = classpath && (await javaCheck.jdkFor(javaVersion, signal));
      if (!jdk) return undefined;
      const names = namesOf(classpath, await platform.of(jdk, signal));
      return typesAtHand(request, passages, { compiler, sources, classpath, jdk, names }, signal);
    },
    close: () => compiler.close(),
  };
}

function isOtherLine(own: string | undefined, wanted: string | undefined): boolean {
  const line = (version: string) => version.split(".").slice(0, 2).join(".");
  return own !== undefined && wanted !== undefined && line(own) !== line(wanted);
}

const modulesOf = (classpath: KnownClasspath | undefined): readonly string[] =>
  classpath?.modules.map(({ directory }) => directory) ?? [];

function viewOf(
  classpath: KnownClasspath,
  names: () => TypeNames,
  constants: EnumConstants | undefined,
): ClasspathView {
  return {
    jars: classpath.jars,
    complete: classpath.complete,
    mainComplete: classpath.mainComplete,
    source: classpath.source,
    hasType: (name) => names().has(name),
    enumConstants: (binaryName) => constants?.get(binaryName),
  };
}

function incomplete({ source, missing, remedy, mainComplete }: KnownClasspath): NotChecked {
  const some = missing.slice(0, 3).join(", ");
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
  return {
    why: `The class path${mainComplete ? " of the tests" : ""} (${source}) is not complete${some === "" ? "" : `: ${some}${more} are not on this machine`}.`,
    ...(remedy !== undefined && { remedy }),
  };
}

/** Files of a project belong to the nearest module; others to the project that is named, or to none. */
async function byModule(
  files: readonly CheckedFile[],
  request: CheckRequest,
  signal: AbortSignal,
): Promise<
  readonly { readonly project: ProjectFacts | undefined; readonly files: readonly CheckedFile[] }[]
> {
  const modules = new Map<string, { project: ProjectFacts | undefined; files: CheckedFile[] }>();
  for (const file of files) {
    const isOutside = request.project !== undefined && !isBelow(relative(request.project, file.path));
    const facts = await readProjectFacts(isOutside ? (request.project ?? file.path) : file.path, signal);
    const project = facts.buildTool ? facts : undefined;
    const key = project?.directory ?? "";
    const module = modules.get(key) ?? { project, files: [] };
    module.files.push(file);
    modules.set(key, module);
  }
  return [...modules.values()];
}

async function readChecked(
  { path, text }: CheckRequest["files"][number],
  signal: AbortSignal,
): Promise<CheckedFile> {
  signal.throwIfAborted();
  const content =
    text ??
    (await readFile(path, { encoding: "utf8", signal }).catch(() => {
      signal.throwIfAborted();
      throw new FailureError({ kind: "not-found", path });
    }));
  return { path, text: content, language: languageOf(path) };
}
