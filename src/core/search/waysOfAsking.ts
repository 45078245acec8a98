import type { AnswerRequest } from "../answer/answer";
import { tellingParts } from "./query";

/** A question of fewer words leans on the one before it ("and with Kotlin?"). */
const fewWords = 6;

/**
 * What the documents are asked for a request, best first; the first that they answer counts. A person's words come first; code that is
 * selected asks by the names in it, and a short question goes with the one before it.
 */
export function waysOfAsking({
  instruction,
  question = instruction,
  selection,
  history,
}: AnswerRequest): readonly string[] {
  const own = question.trim();
  const code = selection?.text.trim() ?? "";
  const names = tellingParts(code);
  const before = history.findLast(({ role }) => role === "user")?.text ?? "";
  const leans = before !== "" && own.split(/\s+/).length < fewWords;
  const ways = [own, ...(leans ? [`${before}\n${own}`] : []), names].filter((way) => way !== "");
  return ways.length > 0 ? ways : [code];
}
