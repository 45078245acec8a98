/** Judges files against their project: reads them, gathers what is known of the project, and runs every check. */
import { readFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { languageOf, type CheckContext, type CheckedFile, type ClasspathView } from "../../core/checks/check";
import type { CheckProgress, CheckReport, CheckRequest, NotChecked } from "../../core/checks/checkReport";
import { byFile, type Finding } from "../../core/checks/finding";
import { createTypeNames, type TypeNames } from "../../core/checks/java/typeNames";
import { importedPackages } from "../../core/checks/java/imports";
import { withoutEchoes } from "../../core/checks/echoes";
import { staticChecks } from "../../core/checks/staticChecks";
import { FailureError } from "../../core/failure";
import type { ProjectFacts } from "../../core/project/projectFacts";
import { createClasspathStore, type KnownClasspath } from "../classpath/classpathStore";
import { createProjectClasspaths } from "../classpath/projectClasspath";
import { createProjectSourceReader } from "../classpath/projectSources";
import { createDeprecations } from "../compiler/deprecations";
import { createJavaCompiler } from "../compiler/javaCompiler";
import { readProjectFacts } from "../project/projectFiles";
import { readProjectView } from "../project/projectView";
import { createPlatformTypes } from "../compiler/platformTypes";
import { createJavaCheck } from "./javaCheck";
import { createCompileCheck } from "./compileCheck";

export interface Checking {
  /** Rejects with `not-found` for a file that is not there; everything else that cannot be judged is part of the report. */
  check(
    request: CheckRequest,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<CheckReport>;
  close(): void;
}

export interface CheckingProps {
  readonly packageRoot: string;
  readonly defaultStore: string;
  readonly environment?: NodeJS.ProcessEnv;
}

export function createChecking({
  packageRoot,
  defaultStore,
  environment = process.env,
}: CheckingProps): Checking {
  const cache = join(defaultStore, "classpaths");
  const classpaths = createProjectClasspaths({ store: createClasspathStore(cache), environment });
  const compiler = createJavaCompiler({
    jar: join(packageRoot, "dist", "compiler.jar"),
    log: () => undefined,
  });
  const platform = createPlatformTypes({ compiler, folder: cache });
  const javaCheck = createJavaCheck({
    compileCheck: createCompileCheck({
      compiler,
      sources: createProjectSourceReader(),
      deprecations: createDeprecations(),
    }),
    environment,
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

  return {
    async check(request, onProgress, signal) {
      const started = performance.now();
      const files = await Promise.all(request.files.map((file) => readChecked(file, signal)));
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
        const classpath = await classpaths.find(
          {
            ...(project?.buildTool && {
              module: { directory: project.directory, buildTool: project.buildTool },
            }),
            ...(springBootVersion !== undefined && { springBootVersion }),
            packages: importedPackages(own),
            offline: request.offline,
            trusted: request.trusted,
          },
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
        const jdkTypes = jdk ? await platform.of(jdk, signal) : [];
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
        const context: CheckContext = {
          files: own,
          ...(project && { project }),
          ...(springBootVersion !== undefined && { springBootVersion }),
          ...(classpath && { classpath: viewOf(classpath, () => namesOf(classpath, jdkTypes)) }),
          metadata: classpath?.metadata ?? [],
          ...(project?.buildTool && { projectFiles: await readProjectView(project.directory, signal) }),
        };
        findings.push(...staticChecks.flatMap((check) => check(context)));
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
    },
    close: () => compiler.close(),
  };
}

function viewOf(classpath: KnownClasspath, names: () => TypeNames): ClasspathView {
  return {
    jars: classpath.jars,
    complete: classpath.complete,
    source: classpath.source,
    hasType: (name) => names().has(name),
  };
}

function incomplete({ source, missing, remedy }: KnownClasspath): NotChecked {
  const some = missing.slice(0, 3).join(", ");
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
  return {
    why: `The class path (${source}) is not complete${some === "" ? "" : `: ${some}${more} are not on this machine`}.`,
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
    const isOutside = request.project !== undefined && !isBelow(file.path, request.project);
    const facts = await readProjectFacts(isOutside ? (request.project ?? file.path) : file.path, signal);
    const project = facts.buildTool ? facts : undefined;
    const key = project?.directory ?? "";
    const module = modules.get(key) ?? { project, files: [] };
    module.files.push(file);
    modules.set(key, module);
  }
  return [...modules.values()];
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !way.startsWith("..") && !isAbsolute(way);
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
