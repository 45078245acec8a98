/** What goes back to the model when findings are left that cannot be mended without it. */
import type { AnswerRequest } from "../../answer/answer";
import type { Finding } from "../finding";
import type { CheckedText } from "./mend";

/** So often the model is asked to mend its answer. */
export const mostRounds = 2;

/** A small model loses the thread of a longer list; the first mistakes often explain the others. */
const mostFindings = 8;

/** The findings that the model is asked to mend: what does not work in this version. */
export function repairable(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ level, rule }) => level === "error" || rule.startsWith("deprecated"));
}

/**
 * The request anew, with the answer so far and the compiler's words. The documents are asked for the names that fail, beside what was asked.
 * @param answer The answer so far, mended as far as that went.
 */
export function repairRequest(
  request: AnswerRequest,
  answer: string,
  findings: readonly Finding[],
  files: readonly CheckedText[],
): AnswerRequest {
  const told = findings.slice(0, mostFindings).map((finding) => {
    const lines = files.find(({ path }) => path === finding.path)?.text.split("\n") ?? [];
    const text = lines[finding.line - 1]?.trim();
    return `- ${text === undefined || text === "" ? "" : `\`${text}\`: `}${finding.message}`;
  });
  const words = findings.map(({ message }) => message).join(" ");
  const names = [...words.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  return {
    ...request,
    kind: "generate",
    instruction: `It was checked against this project, and this is wrong in it:\n${told.join("\n")}\nMend exactly that.`,
    question: [request.question ?? request.instruction, ...new Set(names)]
      .join(" ")
      .slice(0, longestQuestion),
    history: [
      ...request.history,
      { role: "user", text: request.instruction },
      { role: "assistant", text: answer },
    ],
  };
}

/** UTF-16 code units. */
const longestQuestion = 600;
