/** The user's own Maven, asked for what it resolved. It may run the project's extensions: only for a project that is trusted. */
import { spawn } from "node:child_process";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { ScopedJar } from "../../core/checks/classpath";
import type { Coordinates } from "../../core/project/mavenPom";
import { parseDependencyList } from "../../core/dependencies/dependencyList";

export interface MavenProgram {
  /** What a person types: `mvn`, `./mvnw`. */
  readonly name: string;
  readonly path: string;
}

export interface MavenRunProps {
  readonly program: MavenProgram;
  readonly environment: NodeJS.ProcessEnv;
  readonly offline: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  /** Told before Maven runs with leave to connect. */
  readonly connecting?: () => void;
}

export type MavenAnswer =
  | { readonly ok: true; readonly jars: readonly ScopedJar[] }
  /** Maven's own first line of what went wrong. */
  | { readonly ok: false; readonly why: string };

/** The `mvn` of the `PATH`, else the project's wrapper. */
export async function findMaven(
  directory: string,
  environment: NodeJS.ProcessEnv,
): Promise<MavenProgram | undefined> {
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
  props: MavenRunProps,
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
  props: MavenRunProps,
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
function runMaven(
  goals: readonly string[],
  directory: string,
  { program, environment, offline, timeout, connecting }: MavenRunProps,
  signal: AbortSignal,
): Promise<string | undefined> {
  const words = ["-B", "-q", ...(offline ? ["-o"] : []), "-Dstyle.color=never", ...goals];
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    if (!offline) connecting?.();
    const windows = process.platform === "win32";
    const child = spawn(windows ? `"${program.path}"` : program.path, windows ? words.map(quoted) : words, {
      cwd: directory,
      env: environment,
      shell: windows, // a .cmd file is run by the shell only
      detached: !windows, // so that what Maven starts ends with it
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    const collect = (data: Buffer) => {
      output = (output + data.toString()).slice(-100_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const stop = () => {
      try {
        if (child.pid !== undefined && !windows) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // it has ended by itself
      }
    };
    const timer = setTimeout(stop, timeout);
    signal.addEventListener("abort", stop, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    };
    child.once("error", (error) => {
      settle();
      resolve(error.message);
    });
    child.once("close", (code, killedBy) => {
      settle();
      if (signal.aborted) reject(signal.reason as Error);
      else if (code === 0) resolve(undefined);
      else resolve(killedBy ? `it did not end within ${Math.round(timeout / 1000)} s` : firstError(output));
    });
  });
}

const quoted = (word: string) => `"${word.replaceAll('"', "")}"`;

/** Maven writes control characters even where it was told to use no colour. */
function firstError(output: string): string {
  const lines = stripVTControlCharacters(output).trim().split("\n");
  const line = lines.find((each) => /^\[(ERROR|FATAL)\] *\S/.test(each));
  return (line ?? lines.at(-1) ?? "it failed").replace(/^\[\w+\]\s*/, "").slice(0, 400);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
