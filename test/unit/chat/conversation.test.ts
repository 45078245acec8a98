import { expect, test } from "vitest";
import { conversationBefore } from "../../../src/vscode/chat/conversation";
import { turnRecord } from "./turnRecord";

test("the model is told of earlier questions with their code, and of answers that came to something", () => {
  const attached = { label: "A.java", languageId: "java", text: "int a;" };
  const turns = [
    { ...turnRecord("a", { text: "First." }), attached },
    turnRecord("b", { state: "failed" }),
    turnRecord("c", { text: "now" }),
  ];
  expect(conversationBefore(turns, "c")).toEqual({
    turns: [
      { role: "user", text: "Question a\n\n```java\nint a;\n```" },
      { role: "assistant", text: "First." },
    ],
    included: ["a"],
  });
});

const summary = (upTo: string, questions: number) => ({
  summary: { text: `up to ${upTo}`, upTo, questions },
});

test("the latest summary before the question stands for all up to its turn", () => {
  const turns = [
    turnRecord("a", { text: "A." }),
    turnRecord("b", { text: "B." }),
    { ...turnRecord("c", { text: "C." }), ...summary("a", 1) },
    { ...turnRecord("d", { text: "D." }), ...summary("b", 2) },
  ];
  expect(conversationBefore(turns, "d")).toMatchObject({ summary: "up to a", included: ["b", "c"] });
  expect(conversationBefore(turns, "")).toMatchObject({ summary: "up to b", included: ["c", "d"] });
  expect(conversationBefore(turns, "b")).toEqual(conversationBefore(turns.slice(0, 1), ""));
});

test("a summary of turns that are not there any more still counts", () => {
  const turns = [{ ...turnRecord("y", { text: "Y." }), ...summary("x", 9) }];
  expect(conversationBefore(turns, "")).toMatchObject({ summary: "up to x", included: ["y"] });
});
