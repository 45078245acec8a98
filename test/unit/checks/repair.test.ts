/** What is mended without a model, and what a piece of an answer becomes so that it can be checked. */
import { describe, expect, test } from "vitest";
import type { CheckReport } from "../../../src/core/checks/checkReport";
import type { Finding, FindingLevel } from "../../../src/core/checks/finding";
import { checkSummary } from "../../../src/core/checks/summary";
import { checkedBlocks, codePieces } from "../../../src/core/checks/repair/codePieces";
import { mend, weightOf } from "../../../src/core/checks/repair/mend";
import { codeBlocks } from "../../../src/core/answer/codeBlocks";
import { proveAnswer } from "../../../src/core/checks/repair/proveAnswer";
import { repairRequest } from "../../../src/core/checks/repair/repairRequest";
import { codeOf, snippetsOf } from "../../../src/core/checks/repair/snippet";
import type { AnswerRequest, AnswerResult } from "../../../src/core/answer/answer";

const path = "/shop/A.java";

function finding(text: string, wanted: string, more: Partial<Finding> & { readonly use?: string }): Finding {
  const start = text.indexOf(wanted);
  const { use, ...rest } = more;
  const line = text.slice(0, start).split("\n").length;
  return {
    ...{ rule: "unknown-type", level: "error", path, line, column: 1, message: `There is no \`${wanted}\`.` },
    ...(use !== undefined && {
      fix: { title: `Use \`${use}\``, edits: [{ start, end: start + wanted.length, text: use }] },
    }),
    ...rest,
  };
}

const missing = (name: string): Finding => ({
  ...{ rule: "missing-import", level: "error", path, line: 1, column: 1 },
  message: `\`${name}\` is not imported.`,
  fix: { title: `Import \`${name}\``, edits: [{ start: 0, end: 0, text: `import ${name};\n\n` }] },
});

describe("mending", () => {
  const text =
    "package shop;\n\nimport javax.persistence.Entity;\n\n@Entity\nclass A {\n    List<Map> all;\n}\n";

  test("a moved import and missing imports become one block of imports", () => {
    const findings = [
      finding(text, "javax.persistence.Entity", { use: "jakarta.persistence.Entity" }),
      missing("java.util.List"),
      missing("java.util.Map"),
      missing("java.util.List"),
    ];
    const { files, done } = mend([{ path, text }], [{ path, findings }]);
    expect(files[0]?.text).toBe(
      text.replace(
        "import javax.persistence.Entity;",
        "import jakarta.persistence.Entity;\nimport java.util.List;\nimport java.util.Map;",
      ),
    );
    expect(done.map(({ title }) => title)).toEqual([
      "Use `jakarta.persistence.Entity`",
      "Import `java.util.List`",
      "Import `java.util.Map`",
    ]);
  });

  test("of two fixes for one place the first is taken, and a choice is left to a person", () => {
    const findings = [
      finding(text, "Entity", { use: "Table" }),
      finding(text, "Entity", { use: "View" }),
      finding(text, "List", {
        alternatives: [{ title: "Import it", edits: [{ start: 0, end: 0, text: "x" }] }],
      }),
    ];
    expect(mend([{ path, text }], [{ path, findings }]).done).toHaveLength(1);
  });

  test("an error weighs more than any number of warnings that are likely", () => {
    const of = (...levels: readonly FindingLevel[]) =>
      weightOf([{ path, findings: levels.map((level) => finding(text, "Entity", { level })) }]);
    expect(of("warning", "warning", "info")).toBeLessThan(of("error"));
    expect(of()).toBe(0);
  });
});

describe("pieces of an answer", () => {
  test("members get a type around them, on their own lines, and lose it again", () => {
    const code = "import java.util.Map;\n\n@Bean\nMap<String, String> names() {\n    return Map.of();\n}";
    const [snippet] = snippetsOf(code) ?? [];
    expect(snippet?.text).toBe(`${code.replace("@Bean", "class Snippet { @Bean")}\n}`);
    expect(codeOf(snippet ? [snippet] : [], [snippet?.text ?? ""])).toBe(code);
  });

  test("whole types stay as they are, files in one block are cut apart, statements are not judged", () => {
    expect(snippetsOf("class A {}")?.map(({ text }) => text)).toEqual(["class A {}"]);
    const two = "package a;\nclass A {}\npackage b;\nclass B {}";
    expect(snippetsOf(two)?.map(({ text }) => text)).toEqual([
      "package a;\nclass A {}\n",
      "package b;\nclass B {}",
    ]);
    expect(snippetsOf("var a = 1;\nreturn a;")).toBeUndefined();
  });

  test("what is found in a member is found at its place; names of the type around it are not held against it", () => {
    const code = "@Bean\nFoo names() {\n    return repository.all();\n}";
    const pieces = [codePieces({ language: "java", text: code }, "/shop", 0)];
    const file = pieces[0]?.files[0] ?? { path: "", text: "" };
    const at = file.text.indexOf("Foo");
    const found: Finding[] = [
      {
        ...{
          rule: "unknown-type",
          level: "error",
          path: file.path,
          line: 2,
          column: 1,
          message: "There is no `Foo`.",
        },
        fix: { title: "Use `Bar`", edits: [{ start: at, end: at + 3, text: "Bar" }] },
      },
      { rule: "unknown-symbol", level: "error", path: file.path, line: 3, column: 12, message: "repository" },
    ];
    const [checked] = checkedBlocks(pieces, reportOf(file.path, found));
    expect(checked?.findings).toMatchObject([
      { rule: "unknown-type", line: 2, fix: { edits: [{ start: 6, end: 9 }] } },
    ]);
  });

  test("YAML and properties are judged as the application's own", () => {
    expect(codePieces({ language: "yml", text: "a: 1" }, "/shop", 3).files[0]?.path).toMatch(
      /3\/application\.yml$/,
    );
    expect(codePieces({ language: "properties", text: "a=1" }, "/shop", 0).files[0]?.path).toMatch(
      /application\.properties$/,
    );
    expect(codePieces({ language: "bash", text: "ls" }, "/shop", 0).files).toEqual([]);
  });

  test("blocks are found with and without fences", () => {
    expect(codeBlocks("So:\n\n```java\nclass A {}\n```\n\n```yaml\na: 1\n```\n")).toEqual([
      { language: "java", text: "class A {}" },
      { language: "yaml", text: "a: 1" },
    ]);
    expect(codeBlocks("I cannot do that.")).toEqual([]);
  });
});

function reportOf(file: string, findings: readonly Finding[], more: Partial<CheckReport> = {}): CheckReport {
  return {
    files: [{ path: file, findings }],
    notChecked: [],
    judgedBy: "compiler",
    timings: { classpath: 0, compile: 0, total: 0 },
    ...more,
  };
}

describe("proving an answer", () => {
  const request: AnswerRequest = {
    kind: "generate",
    instruction: "a bean",
    history: [],
    withDocuments: true,
    model: { host: "h", model: "m" },
  };
  const signal = new AbortController().signal;
  const answer = (code: string) => `\`\`\`java\n${code}\n\`\`\``;
  const resultOf = (text: string) => ({ text }) as AnswerResult;
  /** Each `Bad` is an error. */
  const check = (asked: { readonly files: readonly { readonly path: string; readonly text?: string }[] }) => {
    const [file = { path: "", text: "" }] = asked.files;
    const count = file.text?.match(/Bad/g)?.length ?? 0;
    const bad: Finding = { ...finding("Bad", "Bad", {}), path: file.path };
    return Promise.resolve(reportOf(file.path, Array<Finding>(count).fill(bad)));
  };
  const prove = (...answers: readonly string[]) => {
    const asked: AnswerRequest[] = [];
    const [first = "", ...later] = answers;
    const props = {
      directory: "/shop",
      about: { offline: true, trusted: false },
      check,
      answer: (again: AnswerRequest) => {
        asked.push(again);
        return Promise.resolve(resultOf(later[asked.length - 1] ?? "no"));
      },
    };
    return proveAnswer(request, first, props, signal).then((proven) => ({ ...proven, asked }));
  };

  test("a better answer is kept, a second one too", async () => {
    const [bad, better, good] = ["class A { Bad a; Bad b; }", "class A { Bad a; }", "class A {}"].map(answer);
    const { best, kept, rounds, before, asked } = await prove(bad ?? "", better ?? "", good ?? "");
    expect([best.text, kept, rounds, before.length]).toEqual([good, 2, 2, 2]);
    expect(asked[1]?.history.at(-1)).toEqual({ role: "assistant", text: better });
  });

  test.each([
    ["as bad", answer("class B { Bad a; }")],
    ["only words", "Sorry."],
  ])("one that is %s is forgotten", async (_name, second) => {
    const first = answer("class A { Bad a; }");
    const { best, kept, rounds } = await prove(first, second);
    expect([best.text, kept, rounds]).toEqual([first, 0, 1]);
  });

  test("nobody is asked about an answer without findings, nor about one without code", async () => {
    expect((await prove(answer("class A {}"))).asked).toEqual([]);
    expect((await prove("Sorry.")).asked).toEqual([]);
  });

  test("the model gets the compiler's words with the lines, the documents the names that fail", () => {
    const text = "class A {\n    Bad bad;\n}";
    const again = repairRequest(request, "the answer", [finding(text, "Bad", {})], [{ path, text }]);
    expect(again.instruction).toContain("`Bad bad;`: There is no `Bad`.");
    expect(again.question).toBe("a bean Bad");
    expect(again.history).toHaveLength(2);
  });
});

describe("the summary", () => {
  const of = (
    rules: readonly (readonly [rule: string, level?: FindingLevel])[],
    more: Partial<CheckReport> = {},
  ) =>
    checkSummary(
      reportOf(
        path,
        rules.map(([rule, level = "warning"]) => finding("A", "A", { rule, level })),
        more,
      ),
    );
  test.each<[string, ReturnType<typeof of>, string, string]>([
    ["clean", of([]), "pass", "compiles"],
    ["deprecated", of([["deprecated"], ["deprecated-for-removal"]]), "warning", "compiles, 2 deprecated"],
    ["an unknown property", of([["unknown-property"]]), "warning", "compiles, 1 unknown property"],
    [
      "errors",
      of([
        ["unknown-type", "error"],
        ["property-removed", "error"],
      ]),
      "error",
      "does not compile: 1 error, 1 property",
    ],
    ["not all judged", of([], { notChecked: [{ why: "No JDK." }] }), "unknown", "could not check all"],
    ["nothing compiled", of([], { judgedBy: "class-files" }), "pass", "nothing found"],
  ])("%s", (_name, { mark, text }, wantedMark, wantedText) => {
    expect([mark, text]).toEqual([wantedMark, wantedText]);
  });
});
