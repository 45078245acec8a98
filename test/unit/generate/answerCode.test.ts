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
  expect(choose(both, "java")).toEqual({
    code: "class A {}",
    rest: [
      { language: "properties", text: "a=1" },
      { language: "java", text: "new A();" },
    ],
  });
  expect(choose(both, "spring-boot-properties", "/p/application.properties").code).toBe("a=1");
});

test("imports in a block of their own belong to the next block", () => {
  const answer = "```java\nimport a.A;\n```\nand\n```java\nclass B {}\n```";
  expect(choose(answer, "java")).toEqual({ code: "import a.A;\nclass B {}", rest: [] });
});

test("a fence without a language and one of another name are better than nothing", () => {
  expect(choose("```\nclass A {}\n```", "java").code).toBe("class A {}");
  expect(choose("```text\nclass A {}\n```", "java").code).toBe("class A {}");
  expect(choose("```yml\na: 1\n```", "yaml", "/p/application.yml").code).toBe("a: 1");
});

test("prose alone is no code", () => {
  expect(choose("I cannot do that, because the request is unclear to me.", "java").code).toBe("");
});

test.each([
  ["on the fence", "```java:src/main/java/a/B.java\nclass B {}\n```"],
  ["as the fence's title", '```java title="src/main/java/a/B.java"\nclass B {}\n```'],
  ["in the line above", "**`src/main/java/a/B.java`**\n\n```java\nclass B {}\n```"],
  ["in a sentence that ends with it", "Create src/main/java/a/B.java:\n```java\nclass B {}\n```"],
  ["in a first comment", "```java\n// src/main/java/a/B.java\nclass B {}\n```"],
])("a block that names its file %s is for that file", (_, block) => {
  const answer = `\`\`\`java\nclass A {}\n\`\`\`\n${block}\n`;
  expect(choose(answer, "java")).toEqual({
    code: "class A {}",
    rest: [{ language: "java", name: "src/main/java/a/B.java", text: "class B {}" }],
  });
});

test("the block that names the file where the person is goes there, wherever it stands", () => {
  const answer = "`B.java`:\n```java\nclass B {}\n```\n`A.java`:\n```java\nclass A {}\n```\n";
  expect(choose(answer, "java").code).toBe("class A {}");
});

test("a comment that says more than a name is code", () => {
  expect(choose("```java\n// see B.java for the rest\nclass A {}\n```", "java").code).toBe(
    "// see B.java for the rest\nclass A {}",
  );
});
