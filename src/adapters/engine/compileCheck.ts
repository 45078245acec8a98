/** Compiles judged Java files with the JDK's own compiler, beside the sources that they touch, and turns its words into findings. */
import type { CheckedFile } from "../../core/checks/check";
import type { NotChecked } from "../../core/checks/checkReport";
import { jarsFor } from "../../core/checks/classpath";
import type { Finding } from "../../core/checks/finding";
import { compileOptions, type CompileJob } from "../../core/checks/java/compileJob";
import { compilerFindings, type JudgedFile } from "../../core/checks/java/compilerFindings";
import {
  groupsOf,
  readJavaUnit,
  restingOn,
  touchedUnits,
  type JavaUnit,
} from "../../core/checks/java/javaUnit";
import { generatorOf } from "../../core/checks/java/generators";
import { neededProcessors, processorPath } from "../../core/checks/java/processors";
import type { TypeNames } from "../../core/checks/java/typeNames";
import type { KnownClasspath } from "../classpath/classpathStore";
import type { ProjectSourceReader, ProjectSources } from "../classpath/projectSources";
import type { JavaCompiler } from "../compiler/javaCompiler";
import type { Jdk } from "../compiler/jdk";
import { importCandidates } from "./importCandidates";
import type { Deprecations } from "../compiler/deprecations";

export interface CompileCheckProps {
  readonly compiler: JavaCompiler;
  readonly sources: ProjectSourceReader;
  readonly deprecations: Deprecations;
}

export interface CompileCheckRequest {
  /** Java files of one module, or snippets that belong to it. */
  readonly files: readonly CheckedFile[];
  readonly classpath: KnownClasspath;
  readonly names: TypeNames;
  readonly jdk: Jdk;
  /** The feature release that the project is compiled for. */
  readonly release: string | undefined;
  readonly trusted: boolean;
  readonly springBootVersion: string | undefined;
}

export interface CompileCheck {
  check(
    request: CompileCheckRequest,
    signal: AbortSignal,
  ): Promise<{ readonly findings: readonly Finding[]; readonly notChecked: readonly NotChecked[] }>;
}

export function createCompileCheck(props: CompileCheckProps): CompileCheck {
  return {
    async check(request, signal) {
      const units = request.files.map(({ path, text }) => readJavaUnit(path, text));
      const places = units.map((unit) => placeOf(unit, request.classpath));
      const main = units.filter((_, index) => places[index] === "main");
      const test = units.filter((_, index) => places[index] === "test");
      const snippets = units.filter((_, index) => places[index] === "snippet");
      const jobs = [
        ...(main.length > 0 ? [{ units: main, tests: false, role: "file" as const }] : []),
        ...(test.length > 0 ? [{ units: test, tests: true, role: "file" as const }] : []),
        ...(snippets.length > 0
          ? groupsOf(snippets).map((group) => ({ units: group, tests: true, role: "snippet" as const }))
          : []),
      ];
      /** A snippet may be judged beside several rivals; what fits best is what was meant. */
      const best = new Map<string, JudgedFile>();
      for (const job of jobs) {
        for (const [path, judged] of await judge(job, request, props, signal)) {
          const before = best.get(path);
          if (!before || weight(judged) < weight(before)) best.set(path, judged);
        }
      }
      const all = [...best.values()];
      return {
        findings: all.flatMap(({ findings }) => findings),
        notChecked: all.flatMap(({ notChecked }) => notChecked),
      };
    },
  };
}

const weight = ({ findings, notChecked }: JudgedFile) => findings.length + notChecked.length;

interface Job {
  readonly units: readonly JavaUnit[];
  readonly tests: boolean;
  readonly role: "file" | "snippet";
}

async function judge(
  { units, tests, role }: Job,
  request: CompileCheckRequest,
  { compiler, sources, deprecations }: CompileCheckProps,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, JudgedFile>> {
  const { classpath, names, jdk, release, trusted, springBootVersion } = request;
  const project = await sources.read(classpath.modules, tests, signal);
  const judged = new Set(units.map(({ path }) => path));
  const beside = touchedUnits(
    units,
    project.units.filter(({ path }) => !judged.has(path)),
  );
  const texts = [...units, ...beside].map(({ text }) => text);
  const needed = neededProcessors(classpath.processorJars, texts);
  const processors = trusted ? processorPath(classpath, needed) : [];
  const skipped = trusted ? [] : needed;
  const job: CompileJob = {
    classPath: [...project.outputs, ...jarsFor(classpath, tests)],
    processorPath: processors,
    sourcePath: [],
    options: compileOptions(release, processors.length > 0),
    sources: [
      ...units.map(({ path, text }) => ({ path, text, role })),
      ...beside.map(({ path, text }) => ({ path, text, role: "beside" as const })),
    ],
  };
  if (skipped.length > 0) return same(units, notRun(skipped));
  const result = await compiler.compile(jdk, job, signal);
  if (result.crash !== undefined) return same(units, crashed(result.crash, jdk));

  const isGap = (code: string, message: string) =>
    /doesnt\.exist|cant\.access/.test(code) || /symbol:\s+class |class file for/.test(message);
  const gaps = new Set(
    [...result.elsewhere, ...result.diagnostics]
      .filter(({ code, message }) => isGap(code, message))
      .map(({ path }) => path),
  );
  const everything = [...units, ...beside];
  const resting = restingOn(
    everything.filter(({ path }) => gaps.has(path)),
    everything,
  );
  const candidates = await importCandidates(
    result.diagnostics,
    { compiler, jdk, names, classPath: job.classPath, own: project.types },
    signal,
  );
  const packages = new Set([...project.units, ...units].map(({ packageName }) => packageName));
  const declared = new Set(everything.flatMap(({ topLevel }) => topLevel));
  const replacements = await deprecations.of(result.diagnostics, classpath, signal);
  return new Map(
    units.map((unit) => {
      const { path } = unit;
      return [
        path,
        compilerFindings(unit, result.diagnostics, {
          names,
          candidates: (simpleName) => candidates(simpleName, unit.text),
          isOwnPackage: (name) => packages.has(name),
          isSource: (name) => declared.has(/^(?:[a-z_]\w*\.)*[A-Z]\w*/.exec(name)?.[0] ?? name),
          unseen: (name) => unseen(name, project, request),
          restsOnMissing: !(tests ? classpath.complete : classpath.mainComplete) || resting.has(unit),
          replacement: (diagnostic) => replacements.get(diagnostic),
          release,
          version: springBootVersion === undefined ? undefined : `Spring Boot ${springBootVersion}`,
        }),
      ] as const;
    }),
  );
}

function placeOf({ path }: JavaUnit, { modules }: KnownClasspath): "main" | "test" | "snippet" {
  const isIn = (roots: readonly string[]) =>
    roots.some((root) => path.startsWith(`${root}/`) || path.startsWith(`${root}\\`));
  const [own] = modules;
  if (!own) return "snippet";
  if (isIn(own.testSources)) return "test";
  return isIn(own.sources) || isIn(own.generated) ? "main" : "snippet";
}

function same(units: readonly JavaUnit[], note: NotChecked): ReadonlyMap<string, JudgedFile> {
  return new Map(units.map(({ path }) => [path, { findings: [], notChecked: [{ ...note, path }] }] as const));
}

function crashed(why: string, jdk: Jdk): NotChecked {
  return {
    why: `The compiler of JDK ${jdk.version} could not do its work: ${why}.`,
    remedy:
      "Build the project once (`mvn compile`), or name another JDK in JAVA_HOME; a processor may not know this one yet.",
  };
}

function notRun(processors: readonly string[]): NotChecked {
  const names = processors.map((path) =>
    path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1),
  );
  return {
    why: `Not compiled: annotation processors (${names.join(", ")}) run only in a trusted project.`,
    remedy: "Trust the project (`--project` on the command line).",
  };
}

/** Why a type may be there although nothing shows it. */
function unseen(
  name: string,
  { foreign, hasGenerated }: ProjectSources,
  { classpath, names }: CompileCheckRequest,
): string | undefined {
  const simple = name.slice(name.lastIndexOf(".") + 1);
  if (foreign.has(simple)) {
    return `${simple} is written in Kotlin or Groovy and is not built yet; build the project once.`;
  }
  if (hasGenerated) return undefined;
  const generator = generatorOf(name, classpath.generators, (each) => names.hasPackage(each));
  return generator === undefined
    ? undefined
    : `${simple} may be made by ${generator}, whose sources are not there yet; build the project once.`;
}
