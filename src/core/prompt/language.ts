import type { SelectionContext } from "../answer/answer";
import type { ProjectFacts } from "../project/projectFacts";

/** A language that code is written in, as a fence and as a person names it. */
export interface PromptLanguage {
  readonly fence: string;
  readonly name: string;
}

const java = { fence: "java", name: "Java" } as const;
const kotlin = { fence: "kotlin", name: "Kotlin" } as const;

/** By VS Code's language ids, those of the Spring and Gradle extensions included. */
const languages: Readonly<Record<string, PromptLanguage>> = {
  java,
  kotlin,
  properties: { fence: "properties", name: "a Java properties file" },
  "java-properties": { fence: "properties", name: "a Java properties file" },
  "spring-boot-properties": { fence: "properties", name: "a Java properties file" },
  yaml: { fence: "yaml", name: "YAML" },
  "spring-boot-properties-yaml": { fence: "yaml", name: "YAML" },
  dockercompose: { fence: "yaml", name: "YAML" },
  xml: { fence: "xml", name: "XML" },
  groovy: { fence: "groovy", name: "Groovy" },
  gradle: { fence: "groovy", name: "Groovy" },
  "gradle-kotlin": kotlin,
  sql: { fence: "sql", name: "SQL" },
  dockerfile: { fence: "dockerfile", name: "a Dockerfile" },
};

/** Whether it is compiled against a class path. */
export const isJvm = ({ fence }: PromptLanguage): boolean => fence === "java" || fence === "kotlin";

/** The language to answer in: that of the place, else that of the project. */
export function promptLanguage(
  selection: Pick<SelectionContext, "languageId" | "file"> | undefined,
  project: Pick<ProjectFacts, "language"> | undefined,
): PromptLanguage {
  const known = selection && languages[selection.languageId];
  if (known) return known;
  return project?.language === "kotlin" ? kotlin : java;
}
