/** What Gradle told of a module, line by line; see `adapters/gradle/classPathScript.ts`. */
import { gradleFolders, type ModuleFolders, type ScopedJar } from "../checks/classpath";
import type { Coordinates } from "../project/mavenPom";

export interface GradleResolution {
  readonly jars: readonly ScopedJar[];
  /** Absent before Gradle 5, which took annotation processors from the class path where none were named. */
  readonly processorPath?: readonly string[];
  readonly missing: readonly Required<Coordinates>[];
  /** Those of it that main code needs. */
  readonly missingForMain: readonly Required<Coordinates>[];
  /** The module, then those of the same build that it uses. */
  readonly modules: readonly ModuleFolders[];
}

const processors = "annotationProcessor";

/** @returns Undefined for a text that does not tell of a module. */
export function parseGradleResolution(text: string): GradleResolution | undefined {
  let version = 0;
  let configuration = "";
  const jars = new Map<string, { readonly jar: Omit<ScopedJar, "scope">; readonly in: Set<string> }>();
  const missing = new Map<string, Required<Coordinates>>();
  const missingForMain = new Map<string, Required<Coordinates>>();
  const modules: { directory: string; folders: Map<string, string[]> }[] = [];
  for (const line of text.split("\n")) {
    const [kind = "", ...fields] = line.split("\t");
    const [first = "", artifact = "", number = "", path = ""] = fields;
    switch (kind) {
      case "gradle":
        version = Number.parseInt(first, 10);
        break;
      case "configuration":
        configuration = first;
        break;
      case "module":
        modules.push({ directory: first, folders: new Map() });
        break;
      case "sources":
      case "testSources":
      case "output":
      case "testOutput": {
        const folders = modules.at(-1)?.folders;
        folders?.set(kind, [...(folders.get(kind) ?? []), first]);
        break;
      }
      case "jar": {
        const known = jars.get(path) ?? {
          jar: { path, group: first, artifact, version: number },
          in: new Set<string>(),
        };
        known.in.add(configuration);
        jars.set(path, known);
        break;
      }
      case "missing": {
        const key = [first, artifact, number].join(":");
        const lacking = { group: first, artifact, version: number };
        missing.set(key, lacking);
        if (!configuration.startsWith("test")) missingForMain.set(key, lacking);
        break;
      }
    }
  }
  if (modules.length === 0) return undefined;
  const all = [...jars.values()];
  const named = all.filter((each) => each.in.has(processors)).map(({ jar }) => jar.path);
  return {
    jars: all
      .filter((each) => [...each.in].some((name) => name !== processors))
      .map((each) => ({ ...each.jar, scope: scopeOf(each.in) })),
    ...((version >= 5 || named.length > 0) && { processorPath: named }),
    missing: [...missing.values()],
    missingForMain: [...missingForMain.values()],
    modules: modules.map(({ directory, folders }) => foldersOf(directory, folders)),
  };
}

/** In Maven's terms. */
function scopeOf(configurations: ReadonlySet<string>): ScopedJar["scope"] {
  const [isCompiled, isRun] = ["compileClasspath", "runtimeClasspath"].map((name) =>
    configurations.has(name),
  );
  if (isCompiled) return isRun ? "compile" : "provided";
  return isRun ? "runtime" : "test";
}

/** A module that tells no folders of one kind has those that are usual. */
function foldersOf(directory: string, told: ReadonlyMap<string, readonly string[]>): ModuleFolders {
  const usual = gradleFolders(directory);
  return {
    ...usual,
    sources: told.get("sources") ?? usual.sources,
    testSources: told.get("testSources") ?? usual.testSources,
    output: told.get("output") ?? usual.output,
    testOutput: told.get("testOutput") ?? usual.testOutput,
  };
}
