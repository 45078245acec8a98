/**
 * Brings javadoc and sources of a project's dependencies onto this machine with the user's own Maven or Gradle, which know the company's mirror,
 * proxy and credentials. They may run code of the project: call it only on a person's word, for a project that is trusted.
 */
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { FailureError } from "../../core/failure";
import { runTool } from "../buildTool/runTool";
import type { DependencyFiles, ProjectDependencies } from "./projectDependencies";

/** Jars that are fetched at once, nearest first; a javadoc jar has two megabytes. */
const mostFetched = 150;
const timeout = 15 * 60_000;

/** Resolves when the build tool ended, whether or not it had everything. Throws `download-failed` with its words when it could not run. */
export async function fetchDocuments(
  { directory, buildTool, dependencies }: ProjectDependencies,
  onProgress: (label: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const lacking = dependencies
    .filter(
      ({ jar, javadoc, sources }) => jar !== undefined && javadoc === undefined && sources === undefined,
    )
    .slice(0, mostFetched);
  if (lacking.length === 0) return;
  const program = await findProgram(directory, buildTool);
  if (buildTool === "gradle") return fetchWithGradle(program, directory, lacking, onProgress, signal);
  for (const classifier of ["javadoc", "sources"]) {
    onProgress(`${program} fetches the ${classifier} of ${lacking.length} dependencies`);
    const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:resolve";
    const filters = [
      `-DincludeGroupIds=${distinct(lacking.map(({ group }) => group))}`,
      `-DincludeArtifactIds=${distinct(lacking.map(({ artifact }) => artifact))}`,
    ];
    await run(
      program,
      ["-B", "-q", "-f", join(directory, "pom.xml"), goal, `-Dclassifier=${classifier}`, ...filters],
      directory,
      signal,
    );
  }
}

/** Gradle keeps what an artifact query brings in its cache, without a change of the project. */
const initScript = `
allprojects {
  task docwrightDocuments {
    doLast {
      def wanted = (System.getenv("DOCWRIGHT_ARTIFACTS") ?: "").split(",") as Set
      def components = configurations.findAll { it.canBeResolved }.collectMany { configuration ->
        try { configuration.incoming.resolutionResult.allComponents.collect { it.id } } catch (ignored) { [] }
      }.findAll { it instanceof org.gradle.api.artifacts.component.ModuleComponentIdentifier && wanted.contains("\${it.group}:\${it.module}".toString()) } as Set
      dependencies.createArtifactResolutionQuery().forComponents(components)
        .withArtifacts(JvmLibrary, SourcesArtifact, JavadocArtifact).execute()
    }
  }
}
`;

async function fetchWithGradle(
  program: string,
  directory: string,
  lacking: readonly DependencyFiles[],
  onProgress: (label: string) => void,
  signal: AbortSignal,
): Promise<void> {
  onProgress(`${program} fetches javadoc and sources of ${lacking.length} dependencies`);
  const folder = await mkdtemp(join(tmpdir(), "docwright-gradle-"));
  try {
    const script = join(folder, "documents.gradle");
    await writeFile(script, initScript);
    const wanted = lacking.map(({ group, artifact }) => `${group}:${artifact}`);
    await run(program, ["-q", "--init-script", script, "docwrightDocuments"], directory, signal, {
      DOCWRIGHT_ARTIFACTS: wanted.join(","),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The project's own wrapper, as its authors mean it to be built; else what the `PATH` has. */
async function findProgram(directory: string, buildTool: "maven" | "gradle"): Promise<string> {
  const isWindows = process.platform === "win32";
  const [wrapper, plain] = buildTool === "maven" ? ["mvnw", "mvn"] : ["gradlew", "gradle"];
  const ending = isWindows ? (buildTool === "maven" ? ".cmd" : ".bat") : "";
  for (let folder = directory; ; folder = dirname(folder)) {
    if (await exists(join(folder, wrapper + ending))) return join(folder, wrapper + ending);
    if (dirname(folder) === folder) break;
  }
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    if (folder !== "" && (await exists(join(folder, plain + ending)))) return join(folder, plain + ending);
  }
  throw new FailureError({
    kind: "download-failed",
    url: directory,
    cause: `neither ${wrapper} nor ${plain} was found on this machine`,
  });
}

async function run(
  program: string,
  words: readonly string[],
  directory: string,
  signal: AbortSignal,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const environment = { ...process.env, ...more };
  const cause = await runTool({ program, words, directory, environment, timeout }, firstError, signal);
  if (cause !== undefined) throw new FailureError({ kind: "download-failed", url: directory, cause });
}

/** The first line that a build tool marks as what went wrong. */
function firstError(lines: readonly string[]): string | undefined {
  return /^(?:\[ERROR\]|\* What went wrong:\n|FAILURE:|Error:?)\s*(.+)$/m.exec(lines.join("\n"))?.[1];
}

const distinct = (names: readonly string[]) => [...new Set(names)].join(",");

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
