import { expect, test } from "vitest";
import { compareWhole, previewOf } from "../../../src/core/generate/preview";
import { compareByLine } from "../../../src/vscode/generate/lineDiff";

const text = "one\ntwo\nthree\nfour\n";

test("inserted lines are shown where they go, and nothing else is marked", () => {
  const at = text.indexOf("\nthree");
  expect(previewOf(text, [{ start: at, end: at, text: "\nnew" }], compareWhole)).toEqual({
    text: "one\ntwo\nnew\nthree\nfour\n",
    added: [{ start: 2, end: 3 }],
    removed: [],
  });
});

test("replaced lines stay visible above the new ones", () => {
  const start = text.indexOf("two");
  expect(previewOf(text, [{ start, end: start + 9, text: "zwei\ndrei" }], compareWhole)).toEqual({
    text: "one\ntwo\nthree\nzwei\ndrei\nfour\n",
    added: [{ start: 3, end: 5 }],
    removed: [{ start: 1, end: 3 }],
  });
});

test("two edits are two places; edits on one line are one", () => {
  const preview = previewOf(
    text,
    [
      { start: 0, end: 3, text: "ONE" },
      { start: 14, end: 15, text: "F" },
      { start: 17, end: 18, text: "R" },
    ],
    compareWhole,
  );
  expect(preview.text).toBe("one\nONE\ntwo\nthree\nfour\nFouR\n");
  expect(preview.removed).toEqual([
    { start: 0, end: 1 },
    { start: 4, end: 5 },
  ]);
});

test("a finished change keeps the lines that are the same unmarked", () => {
  const start = 0;
  const end = text.length - 1;
  expect(previewOf(text, [{ start, end, text: "one\nzwei\nthree\nfour\nfive" }], compareByLine)).toEqual({
    text: "one\ntwo\nzwei\nthree\nfour\nfive\n",
    added: [
      { start: 2, end: 3 },
      { start: 5, end: 6 },
    ],
    removed: [{ start: 1, end: 2 }],
  });
});
