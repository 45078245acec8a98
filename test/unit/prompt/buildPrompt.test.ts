import { describe, expect, test } from "vitest";
import type { AnswerRequest, SelectionContext } from "../../../src/core/answer/answer";
import { FailureError } from "../../../src/core/failure";
import { buildPrompt, type PromptProps } from "../../../src/core/prompt/buildPrompt";
import { estimateTokens } from "../../../src/core/prompt/tokenEstimate";
import type { Passage } from "../../../src/core/search/passage";

function passage(
  ordinal: number,
  body = `What section ${ordinal} says.`,
  heading = `Section ${ordinal}`,
): Passage {
  return {
    id: `set:${ordinal}`,
    setId: "set",
    document: "Guide",
    text: `Web > ${heading}\n\n${body}`,
    headingPath: ["Web", heading],
    score: 1,
    foundBy: [{ leg: "lexical", rank: 1, share: 1 }],
  };
}

function request(change: Partial<AnswerRequest> = {}): AnswerRequest {
  return {
    kind: "chat",
    instruction: "How do I set the port?",
    history: [],
    springBootVersion: "3.2.1",
    withDocuments: true,
    model: { host: "http://127.0.0.1:11434", model: "m" },
    ...change,
  };
}

function build(change: Partial<AnswerRequest> = {}, props: Partial<PromptProps> = {}) {
  return buildPrompt({
    request: request(change),
    passages: [],
    details: { contextTokens: 32_768, thinks: false },
    tokensOf: estimateTokens,
    ...props,
  });
}

const selection: SelectionContext = {
  text: "// start the application",
  languageId: "java",
  file: "src/main/java/com/example/Shop.java",
  startLine: 6,
  endLine: 6,
  before: "package com.example;\n\nimport java.util.List;\n\npublic class Shop {\n",
  after: "\n    int size;\n}\n",
};

const whole = (prompt: ReturnType<typeof build>) => prompt.messages.map(({ content }) => content).join("\n");

describe("order", () => {
  test("what stays comes first: rules, facts, passages, then turns, code, task", () => {
    const prompt = build(
      {
        kind: "explain",
        selection,
        history: [
          { role: "user", text: "EARLIER QUESTION" },
          { role: "assistant", text: "EARLIER ANSWER" },
        ],
        project: {
          directory: "/shop",
          buildTool: "maven",
          springBootVersion: "3.2.1",
          javaVersion: "21",
          starters: ["spring-boot-starter-web"],
          language: "java",
        },
      },
      { passages: [passage(1)] },
    );
    expect(prompt.messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
    const text = whole(prompt);
    const places = [
      "You explain code",
      "spring-boot-starter-web",
      "[1] Web > Section 1",
      "EARLIER QUESTION",
      "// start the application",
      "How do I set the port?",
    ].map((part) => text.indexOf(part));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places).not.toContain(-1);
  });

  test("the same start for another question", () => {
    const first = build({ instruction: "One?" }, { passages: [passage(1)] }).messages[0];
    const second = build({ instruction: "Two?" }, { passages: [passage(1)] }).messages[0];
    expect(first).toEqual(second);
  });

  test("passages stand in reading order, whatever their rank, and neighbours of a section join", () => {
    const prompt = build(
      {},
      { passages: [passage(8, "Later.", "Ports"), passage(2), passage(7, "Earlier.", "Ports")] },
    );
    expect(prompt.passages.map(({ id }) => id)).toEqual(["set:2", "set:7", "set:8"]);
    expect(prompt.messages[0]?.content).toContain("[2] Web > Ports\n\nEarlier.\n\n[3] (continued)\nLater.");
  });
});

describe("rules", () => {
  test.each([
    ["java", "```java"],
    ["kotlin", "```kotlin"],
    ["properties", "```properties"],
    ["spring-boot-properties-yaml", "```yaml"],
    ["xml", "```xml"],
    ["groovy", "```groovy"],
  ])("generate for %s asks for one block of it", (languageId, fence) => {
    const text = whole(build({ kind: "generate", selection: { ...selection, languageId } }));
    expect(text).toContain(`exactly one fenced code block that starts with ${fence} `);
    expect(text).toContain(`Answer with one ${fence} block only.`);
  });

  test("generate knows where the code will stand", () => {
    const text = whole(build({ kind: "generate", selection, instruction: "Add a main method" }));
    expect(text).toContain("The place is inside `public class Shop`");
    expect(text).toContain("import java.util.List;");
    expect(text).toContain(
      "The selection, which your code replaces:\n```java\n// start the application\n```",
    );
    expect(text).toContain("Task: Add a main method");
  });

  test("generate in an empty file writes all of it", () => {
    const empty = { ...selection, text: "", before: "", after: "" };
    expect(whole(build({ kind: "generate", selection: empty }))).toContain("The file holds nothing else");
  });

  test("without a place the project's language counts", () => {
    const project = { directory: "/x", starters: [], language: "kotlin" } as const;
    expect(whole(build({ kind: "generate", project }))).toContain("```kotlin");
  });

  test("documents that were searched in vain are not spoken of as if they answered", () => {
    const system = build({ kind: "chat" }, { searchedInVain: true }).messages[0]?.content ?? "";
    expect(system).toContain("was searched and does not answer this");
    expect(system).not.toContain("passages below");
  });

  test("without passages nothing is said of any", () => {
    const text = whole(build());
    expect(text).not.toMatch(/passage/i);
    expect(text).toContain("Spring Boot 3.2.1");
  });

  test("another version than the project's own is said", () => {
    const project = { directory: "/x", springBootVersion: "3.4.0", starters: [], language: "java" } as const;
    expect(whole(build({ project }))).toContain("Spring Boot 3.4.0 (the documentation below is for 3.2.1)");
  });
});

describe("the window", () => {
  const long = (ordinal: number) => passage(ordinal, "word ".repeat(380));

  test("passages are taken best first until the room is full; the rest is told", () => {
    const passages = [9, 4, 6, 1].map(long);
    const prompt = build({}, { passages, details: { contextTokens: 2_048, thinks: false } });
    const kept = prompt.passages.map(({ id }) => id);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(4);
    expect(kept).toContain("set:9");
    const left = 4 - kept.length;
    expect(prompt.leftOut[0]).toMatch(new RegExp(`^${left} of 4 passages \\(.*Section 1`));
  });

  test("prompt and answer fit, for every size of window", () => {
    for (const contextTokens of [1_024, 2_048, 4_096, 8_192]) {
      const prompt = build(
        {
          kind: "generate",
          selection: { ...selection, before: "int a;\n".repeat(900), after: "int b;\n".repeat(900) },
          history: Array.from({ length: 30 }, (_, index) => ({
            role: index % 2 === 0 ? "user" : "assistant",
            text: "say ".repeat(60),
          })),
        },
        { passages: [1, 3, 5, 7, 9, 11].map(long), details: { contextTokens, thinks: false } },
      );
      const used = prompt.messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
      expect(used + prompt.window.answerTokens).toBeLessThanOrEqual(contextTokens);
      expect(prompt.window.contextTokens).toBeLessThanOrEqual(contextTokens);
      expect(prompt.leftOut.join("\n")).toMatch(/lines before the selection/);
      expect(prompt.leftOut.join("\n")).toMatch(/earlier messages/);
    }
  });

  test("a small model gets fewer passages than a large one", () => {
    const passages = Array.from({ length: 10 }, (_, index) => long(index * 2));
    const of = (parameters: number) =>
      build({}, { passages, details: { contextTokens: 8_192, parameters, thinks: false } }).passages.length;
    expect(of(135e6)).toBeLessThan(of(1.5e9));
    expect(of(1.5e9)).toBeLessThan(of(7e9));
  });

  test("a request that cannot fit is refused with figures", () => {
    const huge = { ...selection, text: "int a;\n".repeat(2_000) };
    const error: unknown = (() => {
      try {
        return build({ selection: huge }, { details: { contextTokens: 2_048, thinks: false } });
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(FailureError);
    expect(error).toMatchObject({ failure: { kind: "window-too-small", model: "m", windowTokens: 2_048 } });
  });

  test("the latest turns are kept, and none begins with an answer", () => {
    const history = Array.from({ length: 12 }, (_, index) => ({
      role: index % 2 === 0 ? ("user" as const) : ("assistant" as const),
      text: `turn ${index} ${"word ".repeat(100)}`,
    }));
    const prompt = build({ history }, { details: { contextTokens: 2_048, thinks: false } });
    const roles = prompt.messages.slice(1).map(({ role }) => role);
    expect(roles[0]).toBe("user");
    expect(prompt.messages.at(-2)?.content).toContain("turn 11");
    expect(prompt.leftOut.join()).toMatch(/\d+ of 12 earlier messages/);
  });
});
