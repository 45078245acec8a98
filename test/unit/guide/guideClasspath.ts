/** The jars that the samples of the field guide are compiled against, resolved by Maven and remembered by the content of the pom. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

import { repository } from "./guideSections";

const project = path.join(repository, "test", "fixtures", "guide-classpath");

function cacheFolder(): string {
  return path.join(
    process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"),
    "docwright",
    "guide-classpath",
  );
}

function resolveWithMaven(target: string, offline: boolean): void {
  const flags = ["-q", "-B", ...(offline ? ["-o"] : [])];
  const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath";
  execFileSync("mvn", [...flags, "-f", path.join(project, "pom.xml"), goal, `-Dmdep.outputFile=${target}`], {
    encoding: "utf8",
    shell: process.platform === "win32",
  });
}

function isComplete(file: string): boolean {
  return (
    existsSync(file) &&
    readFileSync(file, "utf8")
      .trim()
      .split(path.delimiter)
      .every((jar) => existsSync(jar))
  );
}

/**
 * A file that holds the class path. Asks Maven offline first, then online; throws with Maven's words when both fail.
 */
export function guideClasspathFile(): string {
  const hash = createHash("sha256")
    .update(readFileSync(path.join(project, "pom.xml")))
    .digest("hex");
  const file = path.join(cacheFolder(), `${hash.slice(0, 16)}.txt`);
  if (isComplete(file)) return file;
  mkdirSync(cacheFolder(), { recursive: true });
  const unfinished = `${file}.${String(process.pid)}`;
  try {
    resolveWithMaven(unfinished, true);
  } catch {
    resolveWithMaven(unfinished, false);
  }
  renameSync(unfinished, file);
  return file;
}

/** The jars of that class path. */
export function guideJars(): readonly string[] {
  return readFileSync(guideClasspathFile(), "utf8").trim().split(path.delimiter);
}
