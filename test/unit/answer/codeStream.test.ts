import { describe, expect, test } from "vitest";
import { createCodeStream, type CodeStreamPart } from "../../../src/core/answer/codeStream";

interface Case {
  readonly name: string;
  readonly answer: string;
  /** Code of each block, in order. */
  readonly code: readonly string[];
  readonly languages?: readonly (string | undefined)[];
  readonly prose?: string;
}

const java = "public class A {\n  int x = 1;\n}";

const cases: readonly Case[] = [
  {
    name: "one fence",
    answer: `\`\`\`java\n${java}\n\`\`\`\n`,
    code: [java],
    languages: ["java"],
    prose: "",
  },
  {
    name: "prose before and after",
    answer: `Here is the class:\n\n\`\`\`java\n${java}\n\`\`\`\n\nIt holds a number.`,
    code: [java],
    prose: "Here is the class:\n\n\nIt holds a number.",
  },
  {
    name: "tildes",
    answer: `~~~kotlin\nval x = 1\n~~~`,
    code: ["val x = 1"],
    languages: ["kotlin"],
    prose: "",
  },
  { name: "no closing fence", answer: `\`\`\`java\n${java}`, code: [java], prose: "" },
  { name: "no closing fence, newline last", answer: `\`\`\`java\n${java}\n`, code: [java], prose: "" },
  {
    name: "a longer fence holds a shorter one",
    answer: "````markdown\n```java\nint x;\n```\n````\n",
    code: ["```java\nint x;\n```"],
    languages: ["markdown"],
    prose: "",
  },
  {
    name: "the other mark inside",
    answer: "```yaml\na: 1\n~~~\nb: 2\n```",
    code: ["a: 1\n~~~\nb: 2"],
    prose: "",
  },
  {
    name: "two blocks with prose between",
    answer: "First:\n```java\nint a;\n```\nSecond:\n```xml\n<b/>\n```\n",
    code: ["int a;", "<b/>"],
    languages: ["java", "xml"],
    prose: "First:\nSecond:\n",
  },
  {
    name: "blank lines inside stay",
    answer: "```java\nint a;\n\n\nint b;\n```",
    code: ["int a;\n\n\nint b;"],
  },
  { name: "blank lines at the end of a block go", answer: "```java\nint a;\n\n```", code: ["int a;"] },
  { name: "CRLF", answer: "```java\r\nint a;\r\nint b;\r\n```\r\n", code: ["int a;\nint b;"], prose: "" },
  {
    name: "a fence in a list is indented, and so is its code",
    answer: "1. Do this:\n\n   ```java\n   int a;\n     int b;\n   ```\n",
    code: ["int a;\n  int b;"],
    prose: "1. Do this:\n\n",
  },
  {
    name: "backticks within code",
    answer: "```kotlin\n@Test fun `it works`() {}\n```",
    code: ["@Test fun `it works`() {}"],
    prose: "",
  },
  {
    name: "inline code of three backticks is prose",
    answer: "Use ```int x``` here.",
    code: [],
    prose: "Use ```int x``` here.",
  },
  {
    name: "info string after the language",
    answer: '```java title="A.java"\nint a;\n```',
    code: ["int a;"],
    languages: ["java"],
  },
  { name: "language in capitals", answer: "```Java\nint a;\n```", code: ["int a;"], languages: ["java"] },
  {
    name: "a fence without a language",
    answer: "```\nint a;\n```",
    code: ["int a;"],
    languages: [undefined],
  },
  {
    name: "bare Java",
    answer: `package a;\n\nimport b.C;\n\n${java}\n`,
    code: [`package a;\n\nimport b.C;\n\n${java}`],
    prose: "",
  },
  {
    name: "bare Java after an annotation",
    answer: `@Component\n${java}`,
    code: [`@Component\n${java}`],
    prose: "",
  },
  {
    name: "bare properties",
    answer: "server.port=8080\nserver.shutdown=graceful",
    code: ["server.port=8080\nserver.shutdown=graceful"],
  },
  { name: "bare YAML", answer: "server:\n  port: 8080\n", code: ["server:\n  port: 8080"], prose: "" },
  {
    name: "bare XML",
    answer: "<dependency>\n  <groupId>a</groupId>\n</dependency>",
    code: ["<dependency>\n  <groupId>a</groupId>\n</dependency>"],
  },
  {
    name: "bare code and then words",
    answer: `${java}\n\nThis class holds one number in a field.\n`,
    code: [java],
    prose: "This class holds one number in a field.\n",
  },
  {
    name: "words and then bare code",
    answer: `Here you are:\n\n${java}\n`,
    code: [java],
    prose: "Here you are:\n\n",
  },
  {
    name: "a blank line within a bare class does not end it",
    answer: "class A {\n\n  // The number of things to do\n  int x;\n}\n",
    code: ["class A {\n\n  // The number of things to do\n  int x;\n}"],
  },
  {
    name: "bare code whose opening fence was lost",
    answer: `${java}\n\`\`\`\nDone with it.`,
    code: [java],
    prose: "Done with it.",
  },
  {
    name: "only words",
    answer: "I cannot write that. It needs more.",
    code: [],
    prose: "I cannot write that. It needs more.",
  },
  {
    name: "words that mention code",
    answer: "Use the `@Bean` annotation;\nimport it first.",
    code: [],
    prose: "Use the `@Bean` annotation;\nimport it first.",
  },
  {
    name: "an empty fence and then bare code",
    answer: `\`\`\`\n\n\`\`\`\npackage a;\n\n${java}`,
    code: [`package a;\n\n${java}`],
  },
  { name: "nothing", answer: "", code: [], prose: "" },
];

function collect(tokens: readonly string[]) {
  const stream = createCodeStream();
  const parts: CodeStreamPart[] = [...tokens.flatMap((token) => stream.push(token)), ...stream.end()];
  const code: string[] = [];
  const languages: (string | undefined)[] = [];
  let prose = "";
  for (const part of parts) {
    if (part.kind === "prose") prose += part.text;
    else {
      code[part.block] = (code[part.block] ?? "") + part.text;
      languages[part.block] = part.language;
    }
  }
  return { code, languages, prose };
}

/** Every answer is cut in several ways: whole, by characters, and in lengths that put fences across tokens. */
const cuts: readonly (readonly [string, (answer: string) => readonly string[]])[] = [
  ["whole", (answer) => [answer]],
  ["by characters", (answer) => answer.split(/(?:)/u)],
  ["by twos", (answer) => answer.match(/[^]{1,2}/g) ?? []],
  ["by fives", (answer) => answer.match(/[^]{1,5}/g) ?? []],
  ["by words", (answer) => answer.split(/(?=\s)/)],
];

describe.each(cuts)("an answer cut %s", (_name, cut) => {
  test.each(cases)("$name", ({ answer, code, languages, prose }) => {
    const found = collect(cut(answer));
    expect(found.code).toEqual(code);
    if (languages) expect(found.languages).toEqual(languages);
    if (prose !== undefined) expect(found.prose).toBe(prose);
  });
});

test("code of an open fence comes before its line is complete", () => {
  const stream = createCodeStream();
  stream.push("```java\n");
  expect(stream.push("public cl")).toEqual([{ kind: "code", language: "java", text: "public cl", block: 0 }]);
});

test("what may become the closing fence is held back", () => {
  const stream = createCodeStream();
  stream.push("```java\nint a;");
  expect(stream.push("\n``")).toEqual([]);
  expect(stream.push("`\n")).toEqual([]);
  expect(stream.end()).toEqual([]);
});
