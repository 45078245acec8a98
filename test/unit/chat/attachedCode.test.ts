import { expect, test } from "vitest";
import { attachedCode, indentFurtherLines } from "../../../src/vscode/chat/attachedCode";

const selection = { text: "int a;", languageId: "java", before: "", after: "" };

test.each([
  ["src/main/java/A.java", 3, 5, "A.java:3-5"],
  ["src\\main\\A.java", 3, 3, "A.java:3"],
  ["A.java", undefined, undefined, "A.java"],
])("%s %s-%s is called %s", (file, startLine, endLine, label) => {
  const lines = startLine === undefined ? {} : { startLine, endLine };
  expect(attachedCode({ ...selection, file, ...lines }, "").label).toBe(label);
});

test("a file that was never saved is called by its tab", () => {
  expect(attachedCode({ ...selection, startLine: 1, endLine: 1 }, "Untitled-1").label).toBe("Untitled-1:1");
});

test("inserted code follows the indentation at the caret; blank lines stay blank", () => {
  expect(indentFurtherLines("if (a) {\n\n    b();\n}", "    ")).toBe("if (a) {\n\n        b();\n    }");
  expect(indentFurtherLines("a\nb", "")).toBe("a\nb");
  expect(indentFurtherLines("a\nb", "\treturn ")).toBe("a\n\tb");
});
