import { expect, test } from "vitest";
import type { Passage } from "../../../src/core/search/passage";
import { chatMarkdown } from "../../../src/vscode/chat/chatMarkdown";
import { turnRecord } from "./turnRecord";

const passage = (heading: string, more: Partial<Passage> = {}): Passage => ({
  ...{ id: `set:${heading}`, setId: "set", text: heading, headingPath: ["Web", heading], document: "Guide" },
  ...{ score: 1, foundBy: [] },
  ...more,
});

test("a chat becomes a document with its citations numbered and its sources listed", () => {
  const text = "Use a bean. It is scanned.\n\n```java\nclass A {}\n```\n";
  const turn = {
    ...turnRecord("a", {
      text,
      passages: [
        passage("Unused"),
        passage("Beans", { version: "3.2.1", page: 12, officialUrl: "https://example.org/#beans" }),
      ],
      citations: [{ start: 0, end: 11, passages: [1] }],
    }),
    instruction: "How do I\nmake a bean?",
    attached: { label: "A.java:1-2", languageId: "java", text: "class A {\n}" },
    model: "small",
    version: { version: "3.2.1", mark: "answered from 3.2.1" },
  };
  const failed = turnRecord("b", {
    state: "failed",
    problem: { message: "No server.", remedy: "Start it.", actions: [] },
  });
  expect(chatMarkdown("Beans", [turn, failed])).toBe(`# Beans

## How do I make a bean?

*2026-01-01 00:00 · small · Spring Boot 3.2.1 · answered from 3.2.1*

A.java:1-2:

\`\`\`java
class A {
}
\`\`\`

Use a bean. [1] It is scanned.

\`\`\`java
class A {}
\`\`\`

### Sources

1. [Web › Beans](https://example.org/#beans) (Guide, Spring Boot 3.2.1, page 12)

## Question b

*2026-01-01 00:00*

> No server. Start it.
`);
});

test("a sentence that its passage does not hold has no number, and one that the model wrote alone is told of", () => {
  const turn = turnRecord("a", {
    text: "Use a bean. It is yellow.",
    answered: false,
    passages: [passage("Beans")],
    doubtful: [{ start: 12, end: 25, passages: [0] }],
  });
  const text = chatMarkdown("Beans", [turn]);
  expect(text).toContain("Use a bean. It is yellow. [?]");
  expect(text).toContain("> [?]: the model names a source here");
  expect(text).toContain("> The documents do not answer this");
  expect(text).not.toContain("### Sources");
});

test("its own words are in the reader's language", () => {
  const turn = { ...turnRecord("a", { text: "x" }), withDocuments: false };
  expect(chatMarkdown("T", [turn], (message) => `<${message}>`)).toContain("<without documents>");
});
