/**
 * No two samples of the field guide are variants of one: they share at most half of their lines.
 *
 * A line counts when it says something: trimmed, inner white space folded, and neither blank, a package or import line, a comment
 * mark nor braces and punctuation alone. Of two samples the share is the number of lines (as often as both have them) that they have
 * in common, divided by the lines of the shorter one.
 */
import { expect, test } from "vitest";

import { javaSample, readGuide } from "./guideSections";

function tellingLines(code: string): readonly string[] {
  return code
    .split("\n")
    .map((line) => line.trim().replaceAll(/\s+/g, " "))
    .filter((line) => /\w/.test(line) && !/^(package|import) /.test(line));
}

/** The share of common lines, 0 to 1. */
function sharedLines(left: readonly string[], right: readonly string[]): number {
  const rest = [...right];
  const common = left.filter((line) => {
    const index = rest.indexOf(line);
    if (index >= 0) rest.splice(index, 1);
    return index >= 0;
  });
  return common.length / Math.max(1, Math.min(left.length, right.length));
}

test("the measure tells copies from strangers", () => {
  const sample = tellingLines("package a;\nimport b.C;\nclass D {\n  int  e;\n\n}\n");
  expect(sample).toEqual(["class D {", "int e;"]);
  expect(sharedLines(sample, sample)).toBe(1);
  expect(sharedLines(sample, ["class D {", "int f;", "int g;"])).toBe(0.5);
});

test("no two samples share more than half of their lines", () => {
  const samples = readGuide().map((section) => ({
    name: section.name,
    lines: tellingLines(javaSample(section).code),
  }));
  const alike = samples.flatMap((sample, index) =>
    samples
      .slice(index + 1)
      .filter((other) => sharedLines(sample.lines, other.lines) > 0.5)
      .map((other) => `${sample.name} and ${other.name}`),
  );
  expect(alike).toEqual([]);
});
