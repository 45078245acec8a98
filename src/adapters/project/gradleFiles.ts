import { access } from "node:fs/promises";
import { join } from "node:path";
import type { GradleProject } from "../../core/project/gradleFacts";
import { readGradleScript, type GradleScript } from "../../core/project/gradleScript";
import { parseJavaProperties } from "../../core/project/javaProperties";
import { parseVersionCatalog } from "../../core/project/versionCatalog";
import { labelOf, readBuildFile, upwards } from "./buildFile";

const buildScripts = ["build.gradle.kts", "build.gradle"];
const settingsScripts = ["settings.gradle.kts", "settings.gradle"];

export async function hasGradleScript(directory: string): Promise<boolean> {
  for (const name of buildScripts) {
    if (await exists(join(directory, name))) return true;
  }
  return false;
}

/** A module's script and all that its build says beside it, up to the folder with the settings. */
export async function gradleFilesOf(
  directory: string,
  signal: AbortSignal,
): Promise<GradleProject | undefined> {
  const module = await firstScript(directory, buildScripts, directory, signal);
  if (!module) return undefined;
  const others: GradleScript[] = [];
  const properties = new Map<string, string>();
  const root = await rootOf(directory);
  let catalog: GradleProject["catalog"];
  for (const folder of upwards(directory)) {
    if (folder !== directory) {
      const above = await firstScript(folder, buildScripts, directory, signal);
      if (above) others.push(above);
    }
    for (const [name, value] of parseJavaProperties(
      (await readBuildFile(join(folder, "gradle.properties"), signal)) ?? "",
    )) {
      if (!properties.has(name)) properties.set(name, value);
    }
    const catalogPath = join(folder, "gradle", "libs.versions.toml");
    const text = await readBuildFile(catalogPath, signal);
    if (text !== undefined) catalog ??= parseVersionCatalog(labelOf(catalogPath, directory), text);
    if (folder === root) break;
  }
  for (const [folder, names] of [
    [root, settingsScripts],
    [join(root, "buildSrc"), buildScripts],
    [join(root, "build-logic"), buildScripts],
  ] as const) {
    const script = await firstScript(folder, names, directory, signal);
    if (script) others.push(script);
  }
  return { module, others, properties, ...(catalog && { catalog }) };
}

/** The folder whose settings the module belongs to; without settings it is a build by itself. */
async function rootOf(directory: string): Promise<string> {
  for (const folder of upwards(directory)) {
    for (const name of settingsScripts) if (await exists(join(folder, name))) return folder;
  }
  return directory;
}

async function firstScript(
  folder: string,
  names: readonly string[],
  directory: string,
  signal: AbortSignal,
): Promise<GradleScript | undefined> {
  for (const name of names) {
    const path = join(folder, name);
    const text = await readBuildFile(path, signal);
    if (text !== undefined) return readGradleScript({ label: labelOf(path, directory), text });
  }
  return undefined;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
