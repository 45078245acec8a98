/** Reads the facts of the project that a file belongs to from the build files around it; nothing is run, nothing is fetched. */
import { resolve } from "node:path";
import type { BuildFacts } from "../../core/project/buildFacts";
import type { ProjectFacts } from "../../core/project/projectFacts";
import { localMavenRepository } from "../maven/localRepository";
import { folderOf, upwards } from "./buildFile";
import { gradleFilesOf, hasGradleScript } from "./gradleFiles";
import { mavenFilesOf } from "./mavenFiles";
import { gradleFacts } from "../../core/project/gradleFacts";
import { mavenFacts } from "../../core/project/mavenFacts";

/**
 * The facts for a file or a folder, from the nearest build file upwards. A folder without any build file has none but its language; a
 * version that cannot be read is absent, and the shell asks.
 */
export async function readProjectFacts(path: string, signal: AbortSignal): Promise<ProjectFacts> {
  const start = await folderOf(resolve(path));
  const localRepository = await localMavenRepository({ directory: start, environment: process.env }, signal);
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
