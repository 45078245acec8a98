import { describe, expect, test } from "vitest";
import type { Passage } from "../../../src/core/search/passage";
import { passageMarkdown } from "../../../src/vscode/chat/passageMarkdown";

const passage: Passage = {
  ...{
    id: "guide:4",
    setId: "guide",
    document: "A small guide",
    score: 1,
    foundBy: [],
    page: 7,
    version: "3.2",
  },
  headingPath: ["Web", "Shutting down"],
  officialUrl: "https://docs.example/web.html#shutdown",
  text: "Web > Shutting down\nThe server waits.\n\n```yaml\na: b\n```",
};
const section = "Before it.\n\nThe server waits.\n\n```yaml\na: b\n```\n\nAfter it.";

function markedLines(opened: { passage: Passage; section: string }): string {
  const { text, startLine, endLine } = passageMarkdown(opened);
  return text.split("\n").slice(startLine, endLine).join("\n");
}

test("says what the passage is and where it is published", () => {
  const lines = passageMarkdown({ passage, section }).text.split("\n");
  expect(lines[0]).toBe("# Web › Shutting down");
  expect(lines[2]).toBe("A small guide · Spring Boot 3.2 · page 7");
  expect(lines[4]).toContain("<https://docs.example/web.html#shutdown>");
});

test("does not say the heading path twice", () => {
  const headed = `# Web > Shutting down\n\n${section}`;
  expect(passageMarkdown({ passage, section: headed })).toEqual(passageMarkdown({ passage, section }));
  expect(passageMarkdown({ passage, section: `# Web\n\n${section}` }).text).toContain("# Web\n\nBefore it.");
});

describe("marks the passage's own lines in its section", () => {
  const cases: readonly (readonly [name: string, text: string, section: string, marked: string])[] = [
    ["in the middle", passage.text, section, "The server waits.\n\n```yaml\na: b\n```"],
    [
      "at the end",
      passage.text,
      "Before.\n\nThe server waits.\n\n```yaml\na: b\n```",
      "The server waits.\n\n```yaml\na: b\n```",
    ],
    ["alone", "One line.", "One line.", "One line."],
    ["not at all when it is not there", "Something else entirely.", section, ""],
  ];
  test.each(cases)("%s", (_name, text, whole, marked) => {
    expect(markedLines({ passage: { ...passage, text }, section: whole })).toBe(marked);
  });
});
