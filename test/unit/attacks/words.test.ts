import { expect, test } from "vitest";
import { createTerminal } from "../../../src/cli/terminal";
import { findHiddenCharacters, hiddenText, showHidden } from "../../../src/core/answer/hiddenCharacters";
import { withoutLoading } from "../../../src/core/answer/withoutLoading";
import { passagesText } from "../../../src/core/doors/passageText";
import { planFiles } from "../../../src/core/generate/filePlan";
import { withoutTurnMarkers } from "../../../src/core/prompt/turnMarkers";
import { english } from "../../../src/core/translate";
import { attacksOf } from "../../support/attacks";

test.each(attacksOf("words", "code"))("at a terminal nothing is a control sequence: %s", (_name, text) => {
  let written = "";
  const write = (more: string) => (written += more);
  const terminal = createTerminal({
    out: { write, isTTY: true },
    error: { write, isTTY: true, columns: 1e6 },
    now: () => 0,
  });
  terminal.answer(text);
  terminal.say(text);
  terminal.progress(text);
  expect(written.replace("\r\u001b[K", "")).not.toMatch(/(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
});

test("a pipe gets the answer as it is", () => {
  let written = "";
  const terminal = createTerminal({
    out: { write: (more) => (written += more) },
    error: { write: () => undefined },
    now: () => 0,
  });
  terminal.answer("a\u202e\u001b[0m");
  expect(written).toBe("a\u202e\u001b[0m");
});

test.each(attacksOf("words", "code"))(
  "in the editor's Markdown preview nothing is loaded: %s",
  (_name, text) => {
    const shown = withoutLoading(text);
    expect(shown).not.toMatch(/!\[/);
    expect(shown).not.toMatch(
      /<(?:img|svg|iframe|video|audio|object|style|link|form|input|base|meta|script|table)\b/i,
    );
  },
);

test.each(attacksOf("words"))("in a tool's answer it stays one quotation: %s", (_name, text) => {
  const passage = { id: "1:0", setId: "1", document: text, headingPath: [text], text, foundBy: [], score: 0 };
  const lines = passagesText([passage]).split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
  expect(lines[0]).toMatch(/^\[1\] /);
  expect(lines.slice(1).filter((line) => !line.startsWith(">"))).toEqual([]);
});

test.each(attacksOf("words"))("in a prompt no turn ends or begins: %s", (_name, text) => {
  expect(withoutTurnMarkers(text)).not.toMatch(
    /<\|[^|\n]+\|>|<(?:start|end)_of_turn>|\[\/?INST\]|<<\/?SYS>>|<\/?s>/i,
  );
});

test("code in a prompt keeps its signs", () => {
  const code =
    'List<String> a = b <= c ? d : e; int[] f; a || b; <p>text</p> <script th:src="@{/a}"></script>';
  expect(withoutTurnMarkers(code)).toBe(code);
});

const directory = "/p";
const path = "/p/src/main/java/com/example/App.java";
test.each(attacksOf("file"))(
  "an answer's file is not planned outside of the module nor in a hidden folder: %s",
  (_name, name) => {
    for (const language of ["java", "json", "yaml", "xml", "properties", "sql", "text"]) {
      const { files } = planFiles({
        ...{ code: "void a() {}", rest: [{ language, name, text: "class Other {}\na: 1" }], path },
        ...{ text: "package com.example;\n\nclass App {\n}\n", start: 36, end: 36 },
        layout: { directory, files: [path] },
      });
      const bad = files.filter(
        (file) => !file.path.startsWith(`${directory}/src/`) || /\/\.|\.\.|\\/.test(file.path),
      );
      expect(bad).toEqual([]);
    }
  },
);

test.each([
  ["a\u202eb", "hidden characters: U+202E"],
  ["a\u200bb\u200b", "hidden characters: U+200B (2×)"],
  ["p\u0430ypal", "letters of several alphabets in one name: p\u0430ypal"],
  ["a\u200db", "hidden characters: U+200D"],
  ["a\ufe0fb", "hidden characters: U+FE0F"],
  ["\u001b[0m", "hidden characters: U+001B"],
])("code says what it hides: %j", (text, said) => {
  expect(hiddenText(text, english)).toBe(said);
});

test.each([
  "int a;\r\n\tb",
  "\u{1f469}\u200d\u{1f4bb} \u2764\ufe0f",
  "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
  "Größe, größer",
  "Привет мир",
  "λ and x",
])("what can be seen or is needed is not hidden: %j", (text) => {
  expect(findHiddenCharacters(text)).toEqual([]);
  expect(showHidden(text)).toBe(text);
  expect(hiddenText(text, english)).toBeUndefined();
});
