/** Java files: by the compiler where there is a JDK for them, else by the names in the class files. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport, NotChecked } from "../../core/checks/checkReport";
import type { Finding } from "../../core/checks/finding";
import { checkNames } from "../../core/checks/java/checkNames";
import { oldestJdk, type Jdk } from "../compiler/jdk";
import type { CompileCheck, CompileCheckRequest } from "./compileCheck";

export interface JavaCheck {
  /** The JDK that a build of the project would use, or the first that is new enough for it; undefined when there is none. */
  jdkFor(release: string | undefined, signal: AbortSignal): Promise<Jdk | undefined>;
  check(
    request: Omit<CompileCheckRequest, "jdk"> & { readonly jdk: Jdk | undefined },
    signal: AbortSignal,
  ): Promise<{
    readonly findings: readonly Finding[];
    readonly notChecked: readonly NotChecked[];
    readonly judgedBy: CheckReport["judgedBy"];
  }>;
}

export interface JavaCheckProps {
  readonly compileCheck: CompileCheck;
  /** The JDKs that may be asked, the one that a build would use first. */
  readonly jdks: (signal: AbortSignal) => Promise<readonly Jdk[]>;
}

export function createJavaCheck({ compileCheck, jdks }: JavaCheckProps): JavaCheck {
  return {
    async jdkFor(release, signal) {
      const found = await jdks(signal);
      return found.find(({ feature }) => feature >= Math.max(oldestJdk, Number(release ?? 0)));
    },
    async check({ jdk, ...request }, signal) {
      if (jdk) {
        return { ...(await compileCheck.check({ ...request, jdk }, signal)), judgedBy: "compiler" };
      }
      const wanted = Math.max(oldestJdk, Number(request.release ?? 0));
      const note: NotChecked = {
        why: `There is no JDK ${wanted} or newer on this machine: imports and types were looked up in the jars, nothing was compiled.`,
        remedy: `Install JDK ${wanted} and set JAVA_HOME.`,
      };
      const version = request.springBootVersion;
      const findings = request.files.flatMap((file) =>
        checkNames(
          file,
          { names: request.names, version: version === undefined ? undefined : `Spring Boot ${version}` },
          (name) => isOwn(name, request.classpath),
        ),
      );
      return { findings, notChecked: [note], judgedBy: "class-files" };
    },
  };
}

/** True for a package that has a folder among the sources or the built classes of the project. */
function isOwn(name: string, { modules }: CompileCheckRequest["classpath"]): boolean {
  const folders = name.split(".").slice(0, -1);
  return modules
    .flatMap(({ sources, testSources, generated, output }) => [
      ...sources,
      ...testSources,
      ...generated,
      ...output,
    ])
    .some((root) => existsSync(join(root, ...folders)));
}
