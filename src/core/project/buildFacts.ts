/** What build files tell, before it is known which file of the project is asked about. */
export interface BuildFacts {
  readonly springBootVersion?: string;
  /** For a person: "parent in pom.xml". */
  readonly versionSource?: string;
  readonly javaVersion?: string;
  readonly starters: readonly string[];
  /** True when the build compiles Kotlin. */
  readonly kotlin: boolean;
}

/** A build file's text under the name that a person knows it by, relative to the project. */
export interface BuildFile {
  readonly label: string;
  readonly text: string;
}

export const springBootGroup = "org.springframework.boot";

/** True for a full version; ranges and what is left of an unknown placeholder are none. */
export function isVersion(text: string | undefined): text is string {
  return text !== undefined && /^\d+(\.\d+)+([.-][\w.-]+)?$/.test(text);
}

/** "1.8" and "VERSION_1_8" are Java 8; "21.0.2" is 21. Anything else than a number is unknown. */
export function javaFeature(text: string | undefined): string | undefined {
  const match = /^(?:VERSION_)?(?:1[._])?(\d+)(?:[._]\d+)*$/.exec(text?.trim() ?? "");
  return match?.[1];
}

/** Artifacts that tell a prompt what the project is made of: Spring's own, each once, in the file's order. */
export function springArtifacts(
  dependencies: readonly { readonly group: string; readonly artifact: string }[],
): readonly string[] {
  const wanted = dependencies.filter(({ group }) => group.startsWith("org.springframework"));
  return [...new Set(wanted.map(({ artifact }) => artifact))].filter(
    (artifact) => artifact !== "spring-boot-dependencies" && artifact !== "spring-boot-gradle-plugin",
  );
}
