/** The user's own Gradle, asked for what it resolved. It runs the project's scripts: only for a project that is trusted. */
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { parseGradleResolution, type GradleResolution } from "../../core/dependencies/gradleResolution";
import { parseJavaProperties } from "../../core/project/javaProperties";
import { runTool, type ToolProgram, type ToolRunProps } from "../buildTool/runTool";
import { gradleUserHome } from "../maven/artifactFiles";
import { classPathScript, classPathTask, moduleVariable, outputVariable } from "./classPathScript";

export type GradleAnswer =
  | { readonly ok: true; readonly resolution: GradleResolution }
  /** Gradle's own first line of what went wrong. */
  | { readonly ok: false; readonly why: string };

/**
 * The project's wrapper, as its authors mean it to be built, else the `gradle` of the `PATH`. A wrapper fetches its Gradle also where Gradle is
 * told to stay offline, so that it counts only when that is there, or may be fetched.
 */
export async function findGradle(
  directory: string,
  { environment, offline }: Pick<ToolRunProps, "environment" | "offline">,
): Promise<ToolProgram | undefined> {
  const windows = process.platform === "win32";
  for (let folder = directory; ; folder = dirname(folder)) {
    const path = join(folder, windows ? "gradlew.bat" : "gradlew");
    if ((await exists(path)) && (!offline || (await hasDistribution(folder, environment)))) {
      return { name: windows ? "gradlew" : "./gradlew", path };
    }
    if (dirname(folder) === folder) break;
  }
  for (const folder of (environment["PATH"] ?? environment["Path"] ?? "").split(delimiter)) {
    const path = join(folder, windows ? "gradle.bat" : "gradle");
    if (folder !== "" && (await exists(path))) return { name: "gradle", path };
  }
  return undefined;
}

/** What a module is compiled with, by Gradle itself. Writes nothing into the project but Gradle's own notes, and leaves no daemon behind. */
export async function resolveWithGradle(
  directory: string,
  { program, environment, offline, timeout, connecting }: ToolRunProps,
  signal: AbortSignal,
): Promise<GradleAnswer> {
  const folder = await mkdtemp(join(tmpdir(), "docwright-gradle-"));
  const output = join(folder, "classpath.txt");
  try {
    const script = join(folder, "classpath.gradle");
    await writeFile(script, classPathScript);
    if (!offline) connecting?.();
    const why = await runTool(
      {
        program: program.path,
        words: [
          ...["-q", "--no-daemon", ...(offline ? ["--offline"] : [])],
          // A task that looks at configurations when it runs cannot be kept by this cache.
          "-Dorg.gradle.configuration-cache=false",
          ...["--project-cache-dir", join(folder, "cache"), "--init-script", script],
          classPathTask,
        ],
        directory,
        environment: { ...environment, [moduleVariable]: directory, [outputVariable]: output },
        timeout,
      },
      firstError,
      signal,
    );
    if (why !== undefined) return { ok: false, why };
    const resolution = parseGradleResolution(await readFile(output, "utf8").catch(() => ""));
    return resolution ? { ok: true, resolution } : { ok: false, why: "it did not tell of this module" };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function firstError(lines: readonly string[]): string | undefined {
  const heading = lines.findIndex((line) => line.startsWith("* What went wrong:"));
  return heading < 0 ? undefined : lines[heading + 1];
}

/** Whether the Gradle that a wrapper wants was unpacked before. */
async function hasDistribution(folder: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const file = join(folder, "gradle", "wrapper", "gradle-wrapper.properties");
  const properties = parseJavaProperties(await readFile(file, "utf8").catch(() => ""));
  const name = basename(properties.get("distributionUrl") ?? "").replace(/\.zip$/, "");
  return name !== "" && exists(join(gradleUserHome(environment), "wrapper", "dists", name));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
