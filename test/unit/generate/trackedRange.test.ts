import { expect, test } from "vitest";
import { track } from "../../../src/core/generate/trackedRange";

const range = { start: 10, end: 20, touched: false };
const caret = { start: 10, end: 10, touched: false };

test.each([
  [
    "text before it moves it",
    range,
    { start: 2, removed: 1, inserted: 4 },
    { start: 13, end: 23, touched: false },
  ],
  [
    "text right before it moves it",
    range,
    { start: 10, removed: 0, inserted: 3 },
    { start: 13, end: 23, touched: false },
  ],
  ["text right after it stays outside", range, { start: 20, removed: 0, inserted: 3 }, range],
  ["text after it is nothing to it", range, { start: 30, removed: 5, inserted: 0 }, range],
  [
    "typing inside makes it longer",
    range,
    { start: 12, removed: 0, inserted: 2 },
    { start: 10, end: 22, touched: true },
  ],
  [
    "removing it all leaves a caret",
    range,
    { start: 5, removed: 20, inserted: 0 },
    { start: 5, end: 5, touched: true },
  ],
  [
    "a caret moves with what is before it",
    caret,
    { start: 0, removed: 4, inserted: 0 },
    { start: 6, end: 6, touched: false },
  ],
  [
    "a caret inside a removed part is where that was",
    caret,
    { start: 5, removed: 10, inserted: 1 },
    { start: 5, end: 6, touched: true },
  ],
] as const)("%s", (_name, before, change, after) => {
  expect(track(before, change)).toEqual(after);
});

test("once touched stays touched", () => {
  const touched = track(range, { start: 12, removed: 1, inserted: 0 });
  expect(track(touched, { start: 0, removed: 0, inserted: 1 }).touched).toBe(true);
});
