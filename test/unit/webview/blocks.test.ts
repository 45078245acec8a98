// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { splitBlocks } from "../../../src/webview/markdown/blocks";

const answer = `# Title

A paragraph
of two lines.

- one
- two

  still two

\`\`\`java
class A {

}
\`\`\`
After the code.

| a | b |
|---|---|
| 1 | 2 |

~~~
text
~~~
`;

function sources(text: string): readonly string[] {
  return splitBlocks(text).map(({ start, end }) => text.slice(start, end));
}

test("blocks cover the text without a gap", () => {
  expect(sources(answer).join("")).toBe(answer);
});

test("a list with its paragraphs and a fence with its blank lines are one block each", () => {
  expect(sources(answer).map((source) => source.trim().split("\n")[0])).toEqual([
    "# Title",
    "A paragraph",
    "- one",
    "```java",
    "After the code.",
    "| a | b |",
    "~~~",
  ]);
});

test("whatever arrives next, blocks before the last stay as they are", () => {
  for (let length = 1; length < answer.length; length++) {
    const now = sources(answer.slice(0, length)).slice(0, -1);
    const next = sources(answer.slice(0, length + 1)).slice(0, now.length);
    expect(next, `after ${JSON.stringify(answer.slice(0, length).slice(-12))}`).toEqual(now);
  }
});

describe("a fence knows whether it is closed", () => {
  const cases: readonly (readonly [text: string, closed: boolean])[] = [
    ["```java\nint a;", false],
    ["```java\nint a;\n", false],
    ["```java\nint a;\n``", false],
    ["```java\nint a;\n```", true],
    ["```java\nint a;\n````\n", true],
    ["~~~\n```\n", false],
    ["```", false],
  ];
  test.each(cases)("%j: %s", (text, closed) => {
    expect(splitBlocks(text).at(-1)?.fence?.closed).toBe(closed);
  });
});

test("an empty text has no blocks", () => {
  expect(splitBlocks("")).toEqual([]);
});
