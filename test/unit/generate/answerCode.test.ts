import { expect, test } from "vitest";
import { createCodeStream } from "../../../src/core/answer/codeStream";
import { createAnswerCodeCollector } from "../../../src/core/generate/answerCode";

function choose(answer: string, languageId: string, path = "/p/A.java") {
  const stream = createCodeStream();
  const collector = createAnswerCodeCollector();
  collector.push(stream.push(answer));
  collector.push(stream.end());
  return collector.choose(languageId, path);
}

const both =
  "Set it:\n```properties\na=1\n```\nThen:\n```java\nclass A {}\n```\nUse it:\n```java\nnew A();\n```\n";

test("the block of the file's language is taken, the others are told of", () => {
  expect(choose(both, "java")).toEqual({ code: "class A {}", others: ["properties", "java"] });
  expect(choose(both, "spring-boot-properties", "/p/application.properties").code).toBe("a=1");
});

test("imports in a block of their own belong to the next block", () => {
  const answer = "```java\nimport a.A;\n```\nand\n```java\nclass B {}\n```";
  expect(choose(answer, "java")).toEqual({ code: "import a.A;\nclass B {}", others: [] });
});

test("a fence without a language and one of another name are better than nothing", () => {
  expect(choose("```\nclass A {}\n```", "java").code).toBe("class A {}");
  expect(choose("```text\nclass A {}\n```", "java").code).toBe("class A {}");
  expect(choose("```yml\na: 1\n```", "yaml", "/p/application.yml").code).toBe("a: 1");
});

test("prose alone is no code", () => {
  expect(choose("I cannot do that, because the request is unclear to me.", "java").code).toBe("");
});
