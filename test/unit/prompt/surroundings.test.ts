import { expect, test } from "vitest";
import { surroundingsOf } from "../../../src/core/prompt/surroundings";

test.each([
  ["a class", "package a.b;\nimport c.D;\n@Service\npublic class X {\n", ["@Service public class X"]],
  [
    "a method in a class",
    "class X {\n  int y;\n  void run() {\n    if (y > 0) { y--; }\n",
    ["class X", "void run()"],
  ],
  ["after a closed class", "class X { }\n", []],
  [
    "braces in comments and texts",
    "class X {\n  // }\n  /* } */\n  String s = \"}\";\n  char c = '}';\n",
    ["class X"],
  ],
  ["an open text block", 'class X {\n  String s = """\n    } }\n', ["class X"]],
] as const)("what encloses the place: %s", (_name, before, enclosing) => {
  expect(surroundingsOf("java", before, "").enclosing).toEqual(enclosing);
});

test("package and imports, those after the place too", () => {
  expect(surroundingsOf("kotlin", "package a.b\n", "import c.D\nimport e.F as G\n\nclass X\n")).toEqual({
    packageLine: "package a.b",
    imports: ["import c.D", "import e.F as G"],
    enclosing: [],
  });
});

test("configuration has none of it", () => {
  expect(surroundingsOf("yaml", "a: {\n", "")).toEqual({ imports: [], enclosing: [] });
});
