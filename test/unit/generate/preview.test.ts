import { expect, test } from "vitest";
import { compareWhole, previewLineOf, previewOf } from "../../../src/core/generate/preview";
import { compareByLine } from "../../../src/vscode/pending/lineDiff";

const text = "one\ntwo\nthree\nfour\n";

function marksOf(...request: Parameters<typeof previewOf>) {
  const { hunks, ...marks } = previewOf(...request);
  expect(hunks.length).toBeGreaterThan(0);
  return marks;
}

test("inserted lines are shown where they go, and nothing else is marked", () => {
  const at = text.indexOf("\nthree");
  expect(marksOf(text, [{ start: at, end: at, text: "\nnew" }], compareWhole)).toEqual({
    text: "one\ntwo\nnew\nthree\nfour\n",
    added: [{ start: 2, end: 3 }],
    removed: [],
  });
});

test("replaced lines stay visible above the new ones", () => {
  const start = text.indexOf("two");
  expect(marksOf(text, [{ start, end: start + 9, text: "zwei\ndrei" }], compareWhole)).toEqual({
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
  expect(marksOf(text, [{ start, end, text: "one\nzwei\nthree\nfour\nfive" }], compareByLine)).toEqual({
    text: "one\ntwo\nzwei\nthree\nfour\nfive\n",
    added: [
      { start: 2, end: 3 },
      { start: 5, end: 6 },
    ],
    removed: [{ start: 1, end: 2 }],
  });
});

test("each place says which edits it shows, and where", () => {
  const edits = [
    { start: 14, end: 18, text: "vier" },
    { start: 0, end: 3, text: "ONE" },
  ];
  expect(previewOf(text, edits, compareByLine).hunks).toEqual([
    { start: 0, end: 2, edits: [1] },
    { start: 4, end: 6, edits: [0] },
  ]);
});

test("a line of the file as it will be is found in the preview, below the old lines that it replaces", () => {
  const preview = previewOf(text, [{ start: 4, end: 13, text: "zwei\ndrei" }], compareWhole);
  expect(preview.text).toBe("one\ntwo\nthree\nzwei\ndrei\nfour\n");
  expect([0, 1, 2, 3].map((line) => previewLineOf(preview, line))).toEqual([0, 3, 4, 5]);
});
