/** What the model is told before anything else. Short, because small models read it too, and the same for every request of a kind. */
import type { AnswerKind } from "../answer/answer";
import type { ProjectFacts } from "../project/projectFacts";
import type { PromptLanguage } from "./language";

export interface RulesProps {
  readonly kind: AnswerKind;
  readonly language: PromptLanguage;
  readonly springBootVersion: string | undefined;
  readonly withPassages: boolean;
  readonly searchedInVain: boolean;
}

export function rulesText(props: RulesProps): string {
  const { kind, language, springBootVersion, withPassages, searchedInVain } = props;
  const boot = springBootVersion ? `Spring Boot ${springBootVersion}` : "Spring Boot";
  const lines = [opening(kind, boot), ...rules(kind, language)];
  if (withPassages) {
    lines.push(
      `- The numbered passages below are from the reference documentation of ${boot}. Rely on them: use the classes, annotations, imports and property names that they show, and nothing that was removed or renamed by then.`,
    );
    if (kind !== "generate") {
      lines.push(
        "- When the passages do not answer something, say so. Write no citation marks; they are added later.",
      );
    }
  } else {
    lines.push(`- Use only API and property names that exist in ${boot}.`);
    if (searchedInVain && kind !== "generate") {
      lines.push(
        "- The reference documentation was searched and does not answer this. Do not speak as if it did, and say what you are not sure of.",
      );
    }
  }
  return lines.join("\n");
}

function opening(kind: AnswerKind, boot: string): string {
  switch (kind) {
    case "generate":
      return `You write code for a ${boot} project.`;
    case "explain":
      return `You explain code of a ${boot} project to its developer.`;
    case "chat":
      return `You answer questions of a developer who works with ${boot}.`;
  }
}

function rules(kind: AnswerKind, language: PromptLanguage): readonly string[] {
  switch (kind) {
    case "generate":
      return [
        `- Answer with exactly one fenced code block that starts with \`\`\`${language.fence} and holds ${language.name}. Write no text before or after it.`,
        "- The code is complete and compiles: nothing is left out, shortened or marked as to be done.",
        "- Put every import that the code needs first.",
        "- Where comments are asked for, write them into the code; otherwise write few.",
      ];
    case "explain":
      return [
        "- Say first what the code does as a whole, then what each part of Spring in it does and why it is there.",
        "- Name what is wrong, deprecated or missing in it. Write short paragraphs of Markdown, and repeat no code that can be referred to.",
      ];
    case "chat":
      return [
        "- Answer the question first, in short Markdown; then give an example when it helps.",
        `- Code stands in fenced blocks that name their language (\`\`\`${language.fence}), complete with imports.`,
      ];
  }
}

/** The project's facts, one a line; empty when nothing is known. */
export function factsText(project: ProjectFacts | undefined, askedVersion: string | undefined): string {
  if (!project) return "";
  const { springBootVersion, javaVersion, language, buildTool, starters } = project;
  const differs = springBootVersion && askedVersion && springBootVersion !== askedVersion;
  const lines = [
    ...(springBootVersion
      ? [
          `- Spring Boot ${springBootVersion}${differs ? ` (the documentation below is for ${askedVersion})` : ""}`,
        ]
      : []),
    `- ${language === "kotlin" ? "Kotlin" : "Java"}${javaVersion ? `, Java ${javaVersion}` : ""}`,
    ...(buildTool ? [`- built with ${buildTool === "maven" ? "Maven" : "Gradle"}`] : []),
    ...(starters.length > 0 ? [`- uses ${starters.join(", ")}`] : []),
  ];
  return `The project:\n${lines.join("\n")}`;
}
