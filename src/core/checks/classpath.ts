/** What the compiler of a module is given, and where that was learnt. */
import type { Dependency } from "../dependencies/resolveDependencies";
import type { ClasspathJar } from "./check";
import type { Generators } from "./java/generators";

export interface ModuleClasspath {
  /** For a person: "Maven", "the starters of Spring Boot 3.2.12 in the local repository". */
  readonly source: string;
  /** True when nothing is missing from it: only then does absence prove anything. */
  readonly complete: boolean;
  /** True when nothing is missing but for tests. */
  readonly mainComplete: boolean;
  readonly jars: readonly ScopedJar[];
  /** Jars whose annotation processors the build runs. */
  readonly processorJars: readonly string[];
  /** All jars of the path that the build names for them; absent: each processor is alone in its jar, on the class path. */
  readonly processorPath?: readonly string[];
  /** What the build makes types with. */
  readonly generators: Generators;
  /** Of this module and of those of the same build that it uses. */
  readonly modules: readonly ModuleFolders[];
  /** What is missing, `group:artifact:version`, and what mends it. */
  readonly missing: readonly string[];
  readonly remedy?: string;
}

export interface ScopedJar extends ClasspathJar {
  readonly scope: Dependency["scope"];
}

/** Absolute folders of one module; they need not exist. */
export interface ModuleFolders {
  readonly directory: string;
  readonly sources: readonly string[];
  readonly testSources: readonly string[];
  /** Sources that the build generates, wherever below. */
  readonly generated: readonly string[];
  readonly output: readonly string[];
  readonly testOutput: readonly string[];
}

export function mavenFolders(directory: string): ModuleFolders {
  const below = (path: string) => `${directory}/${path}`;
  return {
    directory,
    sources: ["src/main/java", "src/main/kotlin", "src/main/groovy"].map(below),
    testSources: ["src/test/java", "src/test/kotlin", "src/test/groovy"].map(below),
    generated: ["target/generated-sources", "target/generated-test-sources"].map(below),
    output: [below("target/classes")],
    testOutput: [below("target/test-classes")],
  };
}

export function gradleFolders(directory: string): ModuleFolders {
  const below = (path: string) => `${directory}/${path}`;
  const languages = ["java", "kotlin", "groovy"];
  return {
    directory,
    sources: languages.map((language) => below(`src/main/${language}`)),
    testSources: languages.map((language) => below(`src/test/${language}`)),
    generated: [below("build/generated")],
    output: languages.map((language) => below(`build/classes/${language}/main`)),
    testOutput: languages.map((language) => below(`build/classes/${language}/test`)),
  };
}

/** Jars that main code is compiled with; tests are compiled with all. */
export function jarsFor(classpath: ModuleClasspath, tests: boolean): readonly string[] {
  const wanted = tests
    ? classpath.jars
    : classpath.jars.filter(({ scope }) => ["compile", "provided", "system"].includes(scope));
  return wanted.map(({ path }) => path);
}
