import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPdf } from "../../../src/adapters/readers/pdf/pdfReader";
import { documents, failure, readBytes, readFixture } from "./fixture";

describe("a PDF with an outline and named destinations", async () => {
  const document = await readFixture("guide.pdf");
  const section = (anchor: string) => document.sections.find((each) => each.anchor === anchor);

  test("says its title and version", () => {
    expect(document).toMatchObject({
      format: "pdf",
      title: "Teapot Guide for Spring Boot",
      springBootVersion: "9.8.7",
    });
  });

  test("has sections with the ids of its destinations, unnumbered headings and pages", () => {
    expect(document.sections.map(({ anchor, headingPath, page }) => [anchor, headingPath, page])).toEqual([
      [undefined, ["Teapot Guide for Spring Boot"], undefined],
      ["brewing", ["Brewing"], 2],
      ["brewing.water", ["Brewing", "Water"], 2],
      ["brewing.settings", ["Brewing", "Settings"], 3],
      ["errors", ["Errors"], 4],
    ]);
  });

  test("mends a hyphenated word that stands whole elsewhere", () => {
    expect(section("brewing")?.blocks).toEqual([
      {
        kind: "prose",
        text: "A teapot is started with a handful of leaves and closed by a lid. The configuration of the lid is explained below; the configuration is small.",
      },
    ]);
  });

  test("keeps code, captions, admonitions and lists", () => {
    expect(section("brewing.water")?.blocks).toEqual([
      { kind: "prose", text: "Set `teapot.water.temperature` before the first cup:" },
      {
        kind: "code",
        caption: "Java",
        text: "class Teapot {\n\n    void brew() {\n        boil();\n    }\n}",
      },
      { kind: "admonition", label: "Note", text: "Never pour cold water on hot porcelain." },
      { kind: "prose", text: "Kinds of tea:" },
      { kind: "list", text: "- green, which is not boiled\n- black" },
    ]);
  });

  test("puts columns into rows and drops page numbers", () => {
    expect(section("brewing.settings")?.blocks).toEqual([
      {
        kind: "table",
        text: "| Name | Description |\n|---|---|\n| `teapot.lid` | Whether the pot has a lid. |\n| `teapot.cups` | How many cups it fills. |",
      },
    ]);
  });
});

test("without an outline, headings are found by their size", async () => {
  const document = await readFixture("without-outline.pdf");
  expect(document.title).toBe("Cups");
  expect(document.sections).toEqual([
    { headingPath: ["Cups"], page: 1, blocks: [{ kind: "prose", text: "A cup holds tea." }] },
    {
      headingPath: ["Cups", "Handles"],
      page: 1,
      blocks: [{ kind: "prose", text: "A handle keeps fingers cool." }],
    },
  ]);
});

describe("a defect is said, never read over", () => {
  test.each([
    ["broken/encrypted.pdf", "encrypted"],
    ["broken/damaged.pdf", "damaged"],
    ["broken/without-text.pdf", "empty"],
  ])("%s is %s", async (name, why) => {
    expect(await failure(readFixture(name))).toMatchObject({ kind: "document-unreadable", why });
  });

  test("a file that was cut off is damaged, however much of it is left", async () => {
    const guide = await readFile(join(documents, "guide.pdf"));
    for (const share of [0.2, 0.5, 0.9]) {
      const cut = guide.subarray(0, Math.floor(guide.length * share));
      expect(await failure(readBytes("cut.pdf", cut))).toMatchObject({ why: "damaged" });
    }
  });
});

test("reading stops between two pages when it is cancelled from outside", async () => {
  const controller = new AbortController();
  const path = join(documents, "guide.pdf");
  const bytes = await readFile(path);
  const reading = readPdf({ path, root: documents, bytes }, controller.signal);
  setImmediate(() => controller.abort());
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
});
