/** The field guide keeps its form: one section a file, in its own size, with an anchor, a path and what it teaches. */
import { describe, expect, test } from "vitest";

import { guideFolder, javaSample, readGuide } from "./guideSections";

const guide = readGuide();

/** Groups that hold more members than allowed. */
function crowded(keys: readonly string[], allowed: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > allowed)
    .map(([key, count]) => `${key} (${String(count)})`);
}

describe("the field guide", () => {
  test("has at least forty sections", () => {
    expect(guide.length, guideFolder).toBeGreaterThanOrEqual(40);
  });

  test("says every title once and an anchor at most twice", () => {
    expect(
      crowded(
        guide.map(({ frontMatter }) => frontMatter.title),
        1,
      ),
    ).toEqual([]);
    expect(
      crowded(
        guide.map(({ frontMatter }) => frontMatter.anchor),
        2,
      ),
    ).toEqual([]);
  });

  test("has one package a sample, so that all compile together", () => {
    const packages = guide.map(
      (section) => /^package ([\w.]+);/m.exec(javaSample(section).code)?.[1] ?? section.name,
    );
    expect(crowded(packages, 1)).toEqual([]);
  });

  test.each(guide)("$name is a passage: 60 to 280 words, a sample of at most 50 lines", (section) => {
    const words = section.prose.split(/\s+/).length;
    expect(words, `${section.file}: words`).toBeGreaterThanOrEqual(60);
    expect(words, `${section.file}: words`).toBeLessThanOrEqual(280);
    expect(section.prose.length, `${section.file}: characters of prose`).toBeLessThanOrEqual(1_900);
    const sample = javaSample(section).code;
    expect(sample.trim().split("\n").length, `${section.file}: lines of the sample`).toBeLessThanOrEqual(50);
    expect(sample.length, `${section.file}: characters of the sample`).toBeLessThanOrEqual(1_900);
  });
});
