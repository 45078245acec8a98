/** All texts that decide over a module's dependencies: a change in any of them is noticed. */
import { dirname, join } from "node:path";
import { findModules } from "../dependencies/modules";
import { createPomReader } from "../maven/pomChain";
import { sha256 } from "../store/checksum";
import { readBuildFile, upwards } from "../project/buildFile";

const names = [
  "pom.xml",
  join(".mvn", "maven.config"),
  "build.gradle",
  "build.gradle.kts",
  "settings.gradle",
  "settings.gradle.kts",
  "gradle.properties",
  join("gradle", "libs.versions.toml"),
];

/** Of all these texts; undefined where there is no build file. */
export async function buildChecksum(directory: string, signal: AbortSignal): Promise<string | undefined> {
  const texts = await readBuildTexts(directory, signal);
  return texts.length === 0 ? undefined : sha256(texts.join("\n"));
}

/** Of the module, the folders above it, and the other modules of its build; each text after its path. */
export async function readBuildTexts(directory: string, signal: AbortSignal): Promise<readonly string[]> {
  const modules = await findModules(directory, createPomReader(directory), signal);
  const folders = new Set([
    ...upwards(directory),
    ...[...modules.values()].map((path) => dirname(path)),
    ...(await gradleModules(directory, signal)),
  ]);
  const texts: string[] = [];
  for (const path of [...folders].flatMap((folder) => names.map((name) => join(folder, name)))) {
    const text = await readBuildFile(path, signal);
    if (text !== undefined) texts.push(path, text);
  }
  return texts;
}

/** Folders of the projects that the settings of a Gradle build include. */
async function gradleModules(directory: string, signal: AbortSignal): Promise<readonly string[]> {
  for (const folder of upwards(directory)) {
    for (const name of ["settings.gradle.kts", "settings.gradle"]) {
      const text = await readBuildFile(join(folder, name), signal);
      if (text === undefined) continue;
      const lists = Array.from(
        text.matchAll(/\binclude\s*\(?((?:\s*["'][^"'\n]+["']\s*,?)+)/g),
        ([, list = ""]) => list,
      );
      const names = lists.flatMap((list) =>
        Array.from(list.matchAll(/["']([^"']+)["']/g), ([, path = ""]) => path),
      );
      return names.map((path) => join(folder, ...path.split(":").filter((part) => part !== "")));
    }
  }
  return [];
}
