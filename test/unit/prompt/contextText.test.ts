import { describe, expect, test } from "vitest";
import { buildPrompt } from "../../../src/core/prompt/buildPrompt";
import { contextText } from "../../../src/core/prompt/contextText";
import { estimateTokens } from "../../../src/core/prompt/tokenEstimate";

const item = (label: string, text: string, languageId = "") => ({ label, languageId, text });
const words = (text: string) => text.split(/\s+/).length;

describe("what stands beside a question", () => {
  test("is fenced under its name, with a fence longer than its own", () => {
    const { text, leftOut } = contextText([item("A.md", "```java\nx\n```\n", "markdown")], 100, words);
    expect(text).toBe("A.md:\n````markdown\n```java\nx\n```\n````");
    expect(leftOut).toEqual([]);
  });

  test("is whole or left out, and what is left out is named; a shorter one after it still fits", () => {
    const { text, leftOut } = contextText([item("long", "a ".repeat(50)), item("short", "b")], 20, words);
    expect(text).toContain("short:");
    expect(text).not.toContain("long:");
    expect(leftOut).toEqual([expect.stringMatching(/^long \(about \d+ tokens\)$/)]);
  });
});

test("the prompt holds it before the task, and the window's parts add up within the window", () => {
  const prompt = buildPrompt({
    request: {
      kind: "chat",
      instruction: "Why does it fail?",
      history: [{ role: "user", text: "Hello there" }],
      context: [item("mvn test", "BUILD FAILURE")],
      withDocuments: false,
      model: { host: "http://127.0.0.1:11434", model: "m" },
    },
    passages: [],
    details: { contextTokens: 8_192, thinks: false },
    tokensOf: estimateTokens,
  });
  const user = prompt.messages.at(-1)?.content ?? "";
  expect(user.indexOf("BUILD FAILURE")).toBeGreaterThan(-1);
  expect(user.indexOf("BUILD FAILURE")).toBeLessThan(user.indexOf("Why does it fail?"));
  const { total, ...parts } = prompt.use;
  const used = Object.values(parts).reduce((sum, tokens) => sum + tokens, 0);
  expect(parts.code).toBeGreaterThan(0);
  expect(parts.history).toBeGreaterThan(0);
  expect(used).toBeLessThanOrEqual(total);
});
