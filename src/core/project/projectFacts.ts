/** What the prompt and the retriever need to know of the project, read from its build files. */
export interface ProjectFacts {
  /** Folder of the module that the file belongs to, absolute. */
  readonly directory: string;
  readonly buildTool?: "maven" | "gradle";
  readonly springBootVersion?: string;
  /** Where the version was read, for a person: "parent in pom.xml", "plugin in build.gradle.kts". */
  readonly versionSource?: string;
  /** The Java feature release, "17". */
  readonly javaVersion?: string;
  /** Artifact ids of the direct dependencies that matter to a prompt: Spring Boot starters and Spring modules. */
  readonly starters: readonly string[];
  readonly language: "java" | "kotlin";
}
