/** What is cited and what is not, on plain cases; how well it does in general is measured by test/eval/citations.mjs. */
import { describe, expect, test } from "vitest";
import { citeAnswer } from "../../../src/core/answer/citations";

const shutdown = {
  text: "Web > Graceful shutdown\n\nWith `server.shutdown=graceful` the server finishes running requests. The wait is set with `spring.lifecycle.timeout-per-shutdown-phase`, 30 seconds by default.",
};
const jdbc = {
  text: 'Data > JdbcClient\n\nA `JdbcClient` bean is configured. Write `jdbcClient.sql("select 1").query(Integer.class).single()`.',
};
const passages = [jdbc, shutdown];

/** The cited parts of the answer with the positions they cite. */
function cited(text: string, props: Partial<Parameters<typeof citeAnswer>[0]> = {}) {
  const answer = citeAnswer({ text, passages, ...props });
  return answer.citations.map(({ start, end, passages: positions }) => [
    answer.text.slice(start, end),
    positions,
  ]);
}

const supported =
  "The wait is set with `spring.lifecycle.timeout-per-shutdown-phase` and is 30 seconds by default.";

describe("sentences", () => {
  test("a supported sentence cites its passage, the others nothing", () => {
    expect(cited(`Bananas are yellow and sweet. ${supported} Have a good day with your project!`)).toEqual([
      [supported, [1]],
    ]);
  });
  test.each([
    ["a wrong property", supported.replace("timeout-per", "grace-per")],
    ["a wrong number", supported.replace("30", "90")],
    ["nothing but small words", "It is this and that."],
  ])("%s is not cited", (_name, sentence) => {
    expect(cited(sentence)).toEqual([]);
  });
  test("without passages nothing is", () => {
    expect(citeAnswer({ text: supported, passages: [] })).toEqual({ text: supported, citations: [] });
  });
  test("names of the person's own code need no support", () => {
    const sentence =
      "`OrderQueue` waits as long as `spring.lifecycle.timeout-per-shutdown-phase` is set to, 30 seconds by default.";
    expect(cited(sentence)).toEqual([]);
    expect(cited(sentence, { ownCode: "class OrderQueue {}" })).toEqual([[sentence, [1]]]);
  });
});

test("a code block is cited as one", () => {
  const block = '```java\nint one = this.jdbcClient.sql("select 1").query(Integer.class).single();\n```';
  expect(cited(`Here:\n\n${block}\n`)).toEqual([[block, [0]]]);
});

test("properties in YAML are known by their whole names", () => {
  const block = "```yaml\nspring:\n  lifecycle:\n    timeout-per-shutdown-phase: 20s\n```";
  expect(cited(block)).toEqual([[block, [1]]]);
});

describe("the model's own marks", () => {
  const marked = (mark: string) =>
    `The wait is set with \`spring.lifecycle.timeout-per-shutdown-phase\` and is 30 seconds by default ${mark}.`;
  test.each(["[2]", "[1]", "[1, 2]", "[7]"])("%s is taken out, and the engine's citation stands", (mark) => {
    const answer = citeAnswer({ text: marked(mark), passages });
    expect(answer.text).toBe(supported);
    expect(answer.citations.map((citation) => citation.passages)).toEqual([[1]]);
  });
  test("a mark on a sentence that nothing supports goes, and is told of as doubtful", () => {
    const answer = citeAnswer({ text: "Bananas are yellow and sweet [2].", passages });
    expect(answer).toEqual({
      text: "Bananas are yellow and sweet.",
      citations: [],
      doubtful: [{ start: 0, end: 29, passages: [1] }],
    });
  });
  test("a number that no passage has means nothing", () => {
    const answer = citeAnswer({ text: "Bananas are yellow and sweet [7].", passages });
    expect(answer).toEqual({ text: "Bananas are yellow and sweet.", citations: [] });
  });
  test("brackets in code and links stay", () => {
    const text = "Use `list[1]` or [1](https://example.org):\n\n```java\nint a = values[1];\n```\n";
    expect(citeAnswer({ text, passages }).text).toBe(text);
  });
});
