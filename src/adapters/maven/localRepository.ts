/**
 * Where Maven keeps what it fetched, asked as Maven itself decides it: `-Dmaven.repo.local` of the project's `.mvn/maven.config` and
 * `.mvn/jvm.config`, of `MAVEN_ARGS` and `MAVEN_OPTS`; else `localRepository` of the user's and then of the installation's `settings.xml`; else
 * `~/.m2/repository` of Java's `user.home`. Nothing is run.
 */
import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { javaUserHome } from "./userHome";

export interface LocalRepositoryProps {
  /** Folder of the project. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly home?: string;
}

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, removeNSPrefix: true });
const settingsSchema = z.object({ settings: z.looseObject({ localRepository: z.string().optional() }) });

/** An absolute path; the folder need not exist. */
export async function localMavenRepository(
  { directory, environment, home = javaUserHome() }: LocalRepositoryProps,
  signal: AbortSignal,
): Promise<string> {
  const options = await mavenOptions(directory, environment, signal);
  const given = valueOf(options, /^-Dmaven\.repo\.local=(.+)$/);
  if (given !== undefined) return resolve(directory, given);
  const named = optionValue(options, ["-s", "--settings"]);
  const settings = [
    named === undefined ? join(home, ".m2", "settings.xml") : resolve(directory, named),
    ...[environment["MAVEN_HOME"], environment["M2_HOME"]].flatMap((folder) =>
      folder ? [join(folder, "conf", "settings.xml")] : [],
    ),
  ];
  for (const path of settings) {
    const written = repositoryIn(await textOf(path, signal));
    if (written === undefined) continue;
    const value = interpolated(written, home, environment);
    if (isAbsolute(value)) return value;
  }
  return join(home, ".m2", "repository");
}

/** In Maven's order: what is nearer to the command line first. */
async function mavenOptions(
  directory: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const root = await multiModuleRoot(directory, signal);
  const inFiles = await Promise.all(
    ["maven.config", "jvm.config"].map((name) => textOf(join(root, ".mvn", name), signal)),
  );
  const [config = "", jvm = ""] = inFiles;
  return [config, environment["MAVEN_ARGS"] ?? "", environment["MAVEN_OPTS"] ?? "", jvm].flatMap(words);
}

/** The nearest folder upwards that has a `.mvn`, as `mvn` finds it. */
async function multiModuleRoot(directory: string, signal: AbortSignal): Promise<string> {
  for (let folder = directory; ; folder = dirname(folder)) {
    for (const name of ["maven.config", "jvm.config", "extensions.xml"]) {
      if ((await textOf(join(folder, ".mvn", name), signal)) !== "") return folder;
    }
    if (dirname(folder) === folder) return directory;
  }
}

function words(text: string): string[] {
  const found = text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join(" ")
    .match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g);
  return (found ?? []).map((word) => word.replaceAll(/["']/g, ""));
}

function valueOf(options: readonly string[], pattern: RegExp): string | undefined {
  for (const option of options) {
    const value = pattern.exec(option)?.[1];
    if (value !== undefined) return value;
  }
  return undefined;
}

function optionValue(options: readonly string[], names: readonly string[]): string | undefined {
  const at = options.findIndex((option) => names.includes(option));
  return at < 0 ? valueOf(options, /^--settings=(.+)$/) : options[at + 1];
}

function repositoryIn(xml: string): string | undefined {
  if (xml === "") return undefined;
  try {
    const written = settingsSchema.safeParse(parser.parse(xml)).data?.settings.localRepository?.trim();
    return written === "" ? undefined : written;
  } catch {
    return undefined;
  }
}

function interpolated(text: string, home: string, environment: NodeJS.ProcessEnv): string {
  return text.replaceAll(
    /\$\{(env\.)?([^}]+)\}/g,
    (whole, inEnvironment: string | undefined, name: string) =>
      inEnvironment ? (environment[name] ?? whole) : name === "user.home" ? home : whole,
  );
}

/** Empty when there is no such file. */
function textOf(path: string, signal: AbortSignal): Promise<string> {
  return readFile(path, { encoding: "utf8", signal }).catch(() => {
    signal.throwIfAborted();
    return "";
  });
}
