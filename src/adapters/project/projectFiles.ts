/** Reads the facts of the project that a file belongs to from the build files around it; nothing is run, nothing is fetched. */
import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { BuildFacts } from "../../core/project/buildFacts";
import type { ProjectFacts } from "../../core/project/projectFacts";
import { upwards } from "./buildFile";
import { gradleFilesOf, hasGradleScript } from "./gradleFiles";
import { mavenFilesOf } from "./mavenFiles";
import { gradleFacts } from "../../core/project/gradleFacts";
import { mavenFacts } from "../../core/project/mavenFacts";

const localRepository = join(homedir(), ".m2", "repository");

/**
 * The facts for a file or a folder, from the nearest build file upwards. A folder without any build file has none but its language; a
 * version that cannot be read is absent, and the shell asks.
 */
export async function readProjectFacts(path: string, signal: AbortSignal): Promise<ProjectFacts> {
  const start = await folderOf(resolve(path));
  for (const directory of upwards(start)) {
    signal.throwIfAborted();
    const maven = await mavenFilesOf(directory, localRepository, signal);
    const gradle = (await hasGradleScript(directory)) ? await gradleFilesOf(directory, signal) : undefined;
    const byMaven = maven && mavenFacts(maven);
    const byGradle = gradle && gradleFacts(gradle);
    // A folder may hold both while a project changes over; the one that knows the version is the one in use.
    if (byMaven && (byMaven.springBootVersion ?? !byGradle?.springBootVersion)) {
      return facts(directory, "maven", byMaven, path);
    }
    if (byGradle) return facts(directory, "gradle", byGradle, path);
  }
  return { directory: start, starters: [], language: path.endsWith(".kt") ? "kotlin" : "java" };
}

function facts(
  directory: string,
  buildTool: "maven" | "gradle",
  { kotlin, ...known }: BuildFacts,
  path: string,
): ProjectFacts {
  const isJava = path.endsWith(".java");
  return { directory, buildTool, ...known, language: kotlin && !isJava ? "kotlin" : "java" };
}

async function folderOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ? path : dirname(path);
}
