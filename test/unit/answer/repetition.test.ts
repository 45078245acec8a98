import { expect, test } from "vitest";
import { createRepetitionWatch } from "../../../src/core/answer/repetition";

/** Feeds line by line; the number of the line at which the watch spoke, from 1. */
function stoppedAt(lines: readonly string[]): number | undefined {
  const watch = createRepetitionWatch();
  const index = lines.findIndex((line) => watch.push(`${line}\n`));
  return index < 0 ? undefined : index + 1;
}

const times = (count: number, lines: readonly string[]) => Array.from({ length: count }, () => lines).flat();

test.each([
  ["one line again and again", times(40, ["import org.springframework.data.annotation.Resolver;"]), 8],
  [
    "two paragraphs in turn",
    times(10, [
      "The code uses a GET request to retrieve a list of orders from the endpoint, which returns a JSON response.",
      "",
      "The code uses a POST request to create a new order, and the endpoint returns a JSON response.",
      "",
    ]),
    16,
  ],
  ["an answer that ends after three rounds", times(3, ["x".repeat(120)]), undefined],
  [
    "lines that differ in a number",
    Array.from({ length: 60 }, (_, index) => `  ITEM_${index}("item number ${index}"),`),
    undefined,
  ],
  ["short lines a few times", times(8, ["}", ""]), undefined],
  ["code", ["class A {", "  int x;", "}", ...times(3, ["class B {", "  int y;", "}"])], undefined],
] as const)("%s", (_name, lines, expected) => {
  expect(stoppedAt(lines)).toBe(expected);
});

test("a line that never ends", () => {
  const watch = createRepetitionWatch();
  const pieces = ["package com.example.", ...Array.from({ length: 400 }, () => "boot.")];
  const stopped = pieces.findIndex((piece) => watch.push(piece));
  expect(stopped).toBeGreaterThan(70);
  expect(stopped).toBeLessThan(130);
});
