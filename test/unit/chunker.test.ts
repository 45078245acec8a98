import { describe, expect, test } from "vitest";
import { maximumPassageLength, type Chunk } from "../../src/core/document/chunk";
import { chunkDocument } from "../../src/core/document/chunker";
import type { Block, Section } from "../../src/core/document/section";

const prose = (length: number, mark = "tea"): Block => ({
  kind: "prose",
  text: `${`${mark} is poured slowly into a cup. `.repeat(Math.ceil(length / 33)).slice(0, length - 1)}.`,
});

function chunks(...sections: readonly Partial<Section>[]): readonly Chunk[] {
  return chunkDocument({
    title: "Teapot",
    format: "html",
    sections: sections.map((section) => ({ headingPath: ["Teapot", "Lid"], blocks: [], ...section })),
  });
}

test("a small section is one passage under its heading path, with its place", () => {
  const code: Block = { kind: "code", language: "java", caption: "Java", text: "lid.close();" };
  const note: Block = { kind: "admonition", label: "Note", text: "Hot.\n\nVery." };
  expect(
    chunks({ anchor: "lid", page: 7, blocks: [{ kind: "prose", text: "Close it:" }, code, note] }),
  ).toEqual([
    {
      ordinal: 0,
      headingPath: ["Teapot", "Lid"],
      anchor: "lid",
      page: 7,
      text: "Teapot > Lid\n\nClose it:\n\n**Java**\n```java\nlid.close();\n```\n\n> **Note:** Hot.\n> \n> Very.",
    },
  ]);
});

test("passages of two sections are never mixed, however small they are", () => {
  const found = chunks(
    { anchor: "a", blocks: [{ kind: "prose", text: "One." }] },
    { anchor: "b", blocks: [{ kind: "prose", text: "Two." }] },
  );
  expect(found.map(({ ordinal, anchor }) => [ordinal, anchor])).toEqual([
    [0, "a"],
    [1, "b"],
  ]);
});

test("paragraphs fill passages near the target; the page is where a passage begins", () => {
  const found = chunks({
    page: 1,
    blocks: [prose(800), { ...prose(800), page: 2 }, { ...prose(500), page: 3 }],
  });
  expect(found.map(({ text, page }) => [text.length, page])).toEqual([
    [814, 1],
    [1316, 2],
  ]);
});

test("a small rest joins the passage before it", () => {
  const found = chunks({ blocks: [prose(1350), prose(200)] });
  expect(found).toHaveLength(1);
});

test("a paragraph that leads to a listing goes with it", () => {
  const lead: Block = { kind: "prose", text: "As shown in the following example:" };
  const listing: Block = { kind: "code", text: "pour();\n".repeat(150).trim() };
  const found = chunks({ blocks: [prose(1200), lead, listing] });
  expect(found.map(({ text }) => text.includes("following example"))).toEqual([false, true]);
  expect(found[1]?.text).toContain("```\npour();");
});

describe("what is too long for a passage", () => {
  const long = (blocks: readonly Block[]) => {
    const found = chunks({ anchor: "lid", blocks });
    expect(Math.max(...found.map(({ text }) => text.length))).toBeLessThanOrEqual(maximumPassageLength);
    expect(found.every(({ text, anchor }) => text.startsWith("Teapot > Lid") && anchor === "lid")).toBe(true);
    return found;
  };

  test("a listing that fits stays whole", () => {
    const text = Array.from({ length: 90 }, (_, line) => `call${line}(argument);`).join("\n");
    expect(long([prose(300), { kind: "code", text }]).some((chunk) => chunk.text.includes(text))).toBe(true);
  });

  test("a longer one is cut at blank lines, and says that it goes on", () => {
    const method = (number: number) => `void m${number}() {\n${"    pour();\n".repeat(20)}}`;
    const text = Array.from({ length: 12 }, (_, index) => method(index)).join("\n\n");
    const found = long([{ kind: "code", language: "java", caption: "Java", text }]);
    expect(found.length).toBeGreaterThan(1);
    expect(found[0]?.text).toContain("**Java**\n```java\nvoid m0() {");
    for (const chunk of found.slice(1))
      expect(chunk.text).toMatch(/\*\*Java\*\* \(continued\)\n```java\nvoid m\d+\(\) \{/);
    expect(found.flatMap((chunk) => chunk.text.match(/void m\d+/g) ?? [])).toHaveLength(12);
  });

  test("a table is cut by rows under its head, and the passage says what its properties have in common", () => {
    const rows = ["lid", "spout"].flatMap((part) =>
      Array.from(
        { length: 12 },
        (_, row) => `| \`teapot.${part}.p${row}\` | ${"what it does ".repeat(4)}| \`1\` |`,
      ),
    );
    const found = long([
      { kind: "table", text: `| Name | Description | Default |\n|---|---|---|\n${rows.join("\n")}` },
    ]);
    for (const chunk of found)
      expect(chunk.text).toContain("| Name | Description | Default |\n|---|---|---|\n| `");
    expect(new Set(found.map(({ headingPath }) => headingPath.at(-1)))).toEqual(
      new Set(["teapot.lid", "teapot.spout"]),
    );
    expect(found.flatMap((chunk) => chunk.text.match(/`teapot\.\w+\.p\d+`/g) ?? [])).toHaveLength(24);
  });

  test.each<[string, Block, number]>([
    ["a paragraph, at sentences", prose(9_000), 9_000],
    ["one word without an end", { kind: "prose", text: "x".repeat(9_000) }, 9_000],
    ["one line of code", { kind: "code", text: "x".repeat(9_000) }, 9_000],
    ["a list", { kind: "list", text: "- green tea\n".repeat(700).trim() }, 6_300],
    ["an admonition", { ...prose(9_000), kind: "admonition", label: "Note" }, 8_000],
    [
      "one row of a table",
      { kind: "table", text: `| A | B |\n|---|---|\n| a | ${"b ".repeat(3_000)}|` },
      3_000,
    ],
    [
      "a table whose head is longer than a passage",
      { kind: "table", text: `| ${"A ".repeat(2_000)} |` },
      2_000,
    ],
  ])("%s: nothing is lost", (_name, block, letters) => {
    const text = long([block])
      .map((chunk) => chunk.text.slice("Teapot > Lid".length))
      .join(" ")
      .replace(/\s/g, "");
    const least = block.text.replace(/\s/g, "").length;
    expect(text.length).toBeGreaterThanOrEqual(Math.min(letters, least));
  });

  test("a heading path that is longer than a passage gives way from its outer end", () => {
    const found = chunks({
      headingPath: ["Outer ".repeat(100), "Inner ".repeat(100), "Lid"],
      blocks: [prose(3_000)],
    });
    expect(Math.max(...found.map(({ text }) => text.length))).toBeLessThanOrEqual(maximumPassageLength);
    expect(found[0]?.text).toMatch(/^Lid\n/);
  });
});

test("the time grows with the length, not with its square", () => {
  const blocks = (count: number) => Array.from({ length: count }, () => prose(5_000));
  const time = (count: number) => {
    const input = blocks(count);
    const start = performance.now();
    chunks({ blocks: input });
    return performance.now() - start;
  };
  time(50);
  expect(time(400)).toBeLessThan(Math.max(40, time(50)) * 24);
});
