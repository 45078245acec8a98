import { expect, test } from "vitest";
import type { AnswerRequest } from "../../../src/core/answer/answer";
import { waysOfAsking } from "../../../src/core/search/waysOfAsking";

const code = {
  text: "@Transactional\nvoid place(Order order) {}",
  languageId: "java",
  before: "",
  after: "",
};
const earlier = [
  { role: "user", text: "How do I log to a file?" },
  { role: "assistant", text: "So." },
] as const;

test.each<[string, Partial<AnswerRequest>, readonly string[]]>([
  ["a question", { instruction: " How? " }, ["How?"]],
  ["code alone asks by its names", { selection: code }, ["@Transactional Order"]],
  [
    "words before code",
    { instruction: "Is this right?", selection: code },
    ["Is this right?", "@Transactional Order"],
  ],
  ["code without names stands for itself", { selection: { ...code, text: "x = 1" } }, ["x = 1"]],
  [
    "a short question leans on the one before",
    { instruction: "And rotate it?", history: earlier },
    ["And rotate it?", "How do I log to a file?\nAnd rotate it?"],
  ],
  [
    "a long one does not",
    { instruction: "Which property names the folder of the files?", history: earlier },
    ["Which property names the folder of the files?"],
  ],
])("%s", (_name, change, ways) => {
  const request: AnswerRequest = {
    kind: "chat",
    instruction: "",
    history: [],
    withDocuments: true,
    model: { host: "", model: "" },
    ...change,
  };
  expect(waysOfAsking(request)).toEqual(ways);
});
