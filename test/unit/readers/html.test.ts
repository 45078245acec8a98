import { describe, expect, test } from "vitest";
import { readBytes, readFixture } from "./fixture";

describe("Asciidoctor's single page", () => {
  test("title, version and sections with real ids", async () => {
    expect(await readFixture("html/single.html")).toEqual({
      format: "html",
      title: "Teapot Guide for Spring Boot",
      springBootVersion: "9.8.7",
      sections: [
        {
          headingPath: ["Brewing"],
          anchor: "brewing",
          blocks: [{ kind: "prose", text: "A teapot needs `leaves`, **water** & a lid." }],
        },
        {
          headingPath: ["Brewing", "“Water”"],
          anchor: "brewing.water",
          blocks: [
            {
              kind: "code",
              language: "java",
              caption: "Java",
              text: "class Teapot {\n\n    List<Cup> cups; (1)\n}",
            },
            { kind: "list", text: "1. All the `cups`." },
            { kind: "admonition", label: "Tip", text: "Warm the pot.\n\nTwice." },
            { kind: "list", text: "- green\n  - mild\n- black" },
            { kind: "prose", text: "Table 1. Lids:" },
            { kind: "table", text: "| Name | Use |\n|---|---|\n| `round` | most \\| all pots |" },
          ],
        },
      ],
    });
  });
});

describe("Antora's page", () => {
  test("the article alone, tabs apart, Java first", async () => {
    const page = await readFixture("html/antora.html");
    expect(page).toMatchObject({ title: "Steeping", springBootVersion: "9.8.7" });
    expect(page.sections).toEqual([
      { headingPath: ["Steeping"], blocks: [{ kind: "prose", text: "Steep with care." }] },
      {
        headingPath: ["Steeping", "Time"],
        anchor: "steeping.time",
        blocks: [
          { kind: "code", language: "java", caption: "Java", text: "steep(3);" },
          { kind: "code", language: "kotlin", caption: "Kotlin", text: "steep(3)" },
        ],
      },
    ]);
  });
});

test("any other page: anchors of old and new ways, definitions, quotations; no navigation", async () => {
  expect((await readFixture("html/plain.htm")).sections).toEqual([
    { headingPath: ["My teapot"], blocks: [{ kind: "prose", text: "Loose words before anything." }] },
    {
      headingPath: ["The spout"],
      anchor: "spout",
      blocks: [
        { kind: "prose", text: "Pours.\nDrips." },
        { kind: "list", text: "- **lid**: covers\n- **handle**: is held" },
        { kind: "prose", text: "> Tea first." },
      ],
    },
    { headingPath: ["Care"], anchor: "care", blocks: [{ kind: "code", text: "rinse\n  dry" }] },
  ]);
});

test.each<[string, string, string]>([
  [
    "a page of another product has no Spring Boot version",
    "<title>Tea</title><span id=revnumber>1.2.3</span>x",
    "none",
  ],
  [
    "links to one release say the version",
    '<a href="https://github.com/spring-projects/spring-boot/tree/v3.2.1">x</a>',
    "3.2.1",
  ],
  [
    "links to two releases say nothing",
    '<a href="https://github.com/spring-projects/spring-boot/tree/v3.2.1">x</a><a href="https://docs.spring.io/spring-boot/docs/3.1.0/">y</a>',
    "none",
  ],
])("%s", async (_name, body, version) => {
  expect((await readBytes("page.html", body)).springBootVersion ?? "none").toBe(version);
});

test("a page in Latin-1 is decoded as it says", async () => {
  const bytes = Buffer.from('<meta charset="iso-8859-1"><p>Th\u00e9', "latin1");
  expect((await readBytes("tea.html", bytes)).sections[0]?.blocks).toEqual([{ kind: "prose", text: "Thé" }]);
});
