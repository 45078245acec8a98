/** The user's own Maven, asked for what it resolved. It may run the project's extensions: only for a project that is trusted. */
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { ScopedJar } from "../../core/checks/classpath";
import type { Coordinates } from "../../core/project/mavenPom";
import { parseDependencyList } from "../../core/dependencies/dependencyList";
import { runTool, type ToolProgram, type ToolRunProps } from "../buildTool/runTool";

export type MavenAnswer =
  | { readonly ok: true; readonly jars: readonly ScopedJar[] }
  /** Maven's own first line of what went wrong. */
  | { readonly ok: false; readonly why: string };

/** The `mvn` of the `PATH`, else the project's wrapper. */
export async function findMaven(
  directory: string,
  environment: NodeJS.ProcessEnv,
): Promise<ToolProgram | undefined> {
  const windows = process.platform === "win32";
  const name = windows ? "mvn.cmd" : "mvn";
  for (const folder of (environment["PATH"] ?? environment["Path"] ?? "").split(delimiter)) {
    const path = join(folder, name);
    if (folder !== "" && (await exists(path))) return { name: "mvn", path };
  }
  for (let folder = directory; ; folder = dirname(folder)) {
    const path = join(folder, windows ? "mvnw.cmd" : "mvnw");
    if (await exists(path)) return { name: windows ? "mvnw" : "./mvnw", path };
    if (dirname(folder) === folder) return undefined;
  }
}

/** The jars of a project, by Maven's dependency plugin in the version that the project manages. Writes nothing into the project. */
export async function listDependencies(
  directory: string,
  props: ToolRunProps,
  signal: AbortSignal,
): Promise<MavenAnswer> {
  const folder = await mkdtemp(join(tmpdir(), "docwright-maven-"));
  const output = join(folder, "dependencies.txt");
  try {
    const why = await runMaven(
      ["-f", join(directory, "pom.xml"), ...listGoal(output)],
      directory,
      props,
      signal,
    );
    const text = await readFile(output, "utf8").catch(() => "");
    return why === undefined ? { ok: true, jars: parseDependencyList(text) } : { ok: false, why };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Brings artifacts into the local repository, with all that they need. The project itself is not read. */
export async function fetchArtifacts(
  artifacts: readonly (Required<Coordinates> & { readonly type?: string; readonly classifier?: string })[],
  props: ToolRunProps,
  signal: AbortSignal,
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "docwright-fetch-"));
  try {
    await writeFile(join(folder, "pom.xml"), pomOf(artifacts));
    return await runMaven(
      ["-f", join(folder, "pom.xml"), ...listGoal(join(folder, "fetched.txt"))],
      folder,
      props,
      signal,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function listGoal(output: string): readonly string[] {
  return ["dependency:list", `-DoutputFile=${output}`, "-DoutputAbsoluteArtifactFilename=true"];
}

function pomOf(artifacts: Parameters<typeof fetchArtifacts>[0]): string {
  const dependencies = artifacts
    .filter(({ version }) => version !== "")
    .map(({ group, artifact, version, type, classifier }) => {
      const parts = { groupId: group, artifactId: artifact, version, type, classifier };
      const elements = Object.entries(parts).flatMap(([name, value]) =>
        value === undefined ? [] : [`<${name}>${escaped(value)}</${name}>`],
      );
      return `<dependency>${elements.join("")}</dependency>`;
    });
  return (
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>` +
    `<groupId>docwright</groupId><artifactId>fetch</artifactId><version>1</version><packaging>pom</packaging>` +
    `<dependencies>${dependencies.join("")}</dependencies></project>`
  );
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Undefined when Maven succeeded, else what it said. */
async function runMaven(
  goals: readonly string[],
  directory: string,
  { program, environment, offline, timeout, connecting }: ToolRunProps,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!offline) connecting?.();
  const words = ["-B", "-q", ...(offline ? ["-o"] : []), "-Dstyle.color=never", ...goals];
  return runTool({ program: program.path, words, directory, environment, timeout }, firstError, signal);
}

function firstError(lines: readonly string[]): string | undefined {
  return lines.find((each) => /^\[(ERROR|FATAL)\] *\S/.test(each))?.replace(/^\[\w+\]\s*/, "");
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
