import type { ProjectFacts } from "../project/projectFacts";
import type { Finding } from "./finding";

/**
 * A check that needs nothing but data: the files and what is known of the project. It says nothing about what it does not know; a
 * context without a classpath or metadata yields fewer findings, never guesses.
 */
export type Check = (context: CheckContext) => readonly Finding[];

export type CheckedLanguage = "java" | "kotlin" | "properties" | "yaml" | "maven" | "gradle" | "other";

export interface CheckedFile {
  /** Absolute; findings carry it. It need not exist: a pending change is a text only. */
  readonly path: string;
  readonly text: string;
  readonly language: CheckedLanguage;
}

export interface CheckContext {
  /** The files to be judged. */
  readonly files: readonly CheckedFile[];
  /** Absent for files outside any project. */
  readonly project?: ProjectFacts;
  /** What is asked for, else what the build files say. */
  readonly springBootVersion?: string;
  /** Absent when nothing of the classpath is known. */
  readonly classpath?: ClasspathView;
  /** Configuration metadata of the jars on the classpath, additional metadata included; empty when there is none. */
  readonly metadata: readonly MetadataText[];
  /** The project's own sources and resources beside the checked files, as far as a check asks for them by name. */
  readonly projectFiles?: ProjectFilesView;
}

/** `META-INF/spring-configuration-metadata.json` or its additional sibling, of a jar or of the project's own build output. */
export interface MetadataText {
  /** The jar's file name, or the file's path. */
  readonly origin: string;
  readonly text: string;
}

export interface ClasspathJar {
  readonly path: string;
  /** Maven coordinates, where the path or the build tool tells them. */
  readonly group?: string;
  readonly artifact?: string;
  readonly version?: string;
}

export interface ClasspathView {
  readonly jars: readonly ClasspathJar[];
  /** True when the build tool itself resolved it; otherwise a jar may be missing, and absence proves nothing. */
  readonly complete: boolean;
  /** True when nothing is missing but for tests. */
  readonly mainComplete: boolean;
  /** For a person: "Maven", "the starters of Spring Boot 3.2.12". */
  readonly source: string;
  /** True for a type on the classpath, in the project's own output or in the JDK; nested types by dots. */
  hasType(qualifiedName: string): boolean;
  /** The constants of an enum, nested types with `$` as metadata writes them; undefined for what is no enum or not known. */
  enumConstants?(binaryName: string): readonly string[] | undefined;
}

export interface ProjectFilesView {
  /** Text of a file of the module by its path from the module's folder, with slashes; undefined when there is none. */
  read(relativePath: string): string | undefined;
  /** The sources of the module and of those of its build that it uses, and the files that configure them, read when they are first asked for. */
  sources(): readonly CheckedFile[];
}

/** What kind of file a path is, to a check. */
export function languageOf(path: string): CheckedLanguage {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).toLowerCase();
  if (name === "pom.xml" || name.endsWith(".pom")) return "maven";
  if (name.endsWith(".gradle") || name.endsWith(".gradle.kts")) return "gradle";
  return languages[name.slice(name.lastIndexOf(".") + 1)] ?? "other";
}

const languages: Readonly<Record<string, CheckedLanguage>> = {
  java: "java",
  kt: "kotlin",
  properties: "properties",
  yml: "yaml",
  yaml: "yaml",
};
