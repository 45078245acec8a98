/**
 * Draft, then ground: a person's words name a problem, the code that solves it names the API. What a short first draft calls by name makes a
 * second query; nothing else of the draft is used, since it is written without documents.
 */
import type { ChatMessage } from "../models/modelServer";
import { tellingParts } from "./query";

/** Tokens of a draft: enough for imports, annotations and a few lines. */
export const draftTokens = 120;

/** @param version Of Spring Boot, where it is known. @param code What the person selected. */
export function draftMessages(
  question: string,
  version: string | undefined,
  code: string,
): readonly ChatMessage[] {
  const boot = version === undefined ? "Spring Boot" : `Spring Boot ${version}`;
  return [
    {
      role: "system",
      content: `You know ${boot}. Answer with code or configuration alone, as short as it can be: annotations, types and properties matter, explanations do not.`,
    },
    { role: "user", content: code.trim() === "" ? question : `${question}\n\n${code}`.trim() },
  ];
}

/** The names in a draft that documents could know, as a question; undefined when it names nothing. */
export function draftQuestion(draft: string): string | undefined {
  const names = tellingParts(draft.replaceAll("```", "\n"))
    .split(/\s+/)
    .filter((name) => !isPlainWord(name));
  return names.length === 0 ? undefined : names.join(" ");
}

/** The first word of a sentence is no name; a type of one word has an annotation's sign, a package or a call beside it somewhere. */
const isPlainWord = (name: string) => /^\p{L}?\p{Ll}*$/u.test(name);
