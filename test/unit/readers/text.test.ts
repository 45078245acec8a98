import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { propertiesOf } from "../../../src/adapters/readers/asciidoc/configurationListings";
import { readDocumentFile } from "../../../src/adapters/readers/reader";
import { documents, failure, never, readBytes, readFixture } from "./fixture";

describe("Markdown", () => {
  test("ids, both kinds of headings and fences, notes, captions, tables, nested lists", async () => {
    expect(await readFixture("teapot.md")).toEqual({
      format: "markdown",
      title: "Teapot",
      sections: [
        {
          headingPath: ["Teapot"],
          anchor: "teapot",
          blocks: [{ kind: "prose", text: "Setext and ATX headings, both." }],
        },
        {
          headingPath: ["Teapot", "Water"],
          blocks: [
            { kind: "admonition", label: "Note", text: "Boil it." },
            { kind: "code", language: "yaml", text: "teapot:\n  lid: true" },
            { kind: "code", language: "java", caption: "Java", text: "pot.lid();" },
          ],
        },
        {
          headingPath: ["Teapot", "Sizes"],
          anchor: "teapot.sizes",
          blocks: [
            { kind: "table", text: "| Name | Cups |\n|---|---|\n| small | 2 |" },
            { kind: "list", text: "1. fill\n2. pour\n   - slowly" },
          ],
        },
      ],
    });
  });

  test("front matter with an anchor makes the file one section that names its symbols", async () => {
    expect(await readFixture("section.md")).toEqual({
      format: "markdown",
      title: "Closing the lid",
      sections: [
        {
          headingPath: ["Teapot", "Lid"],
          anchor: "teapot.lid",
          blocks: [
            { kind: "prose", text: "**Closing the lid**" },
            { kind: "prose", text: "Close it." },
            { kind: "prose", text: "**Why**" },
            { kind: "prose", text: "Heat stays." },
            { kind: "prose", text: "Symbols: `teapot.lid.enabled`, `@Lid`" },
          ],
        },
      ],
    });
  });

  test("front matter that is no YAML is a damaged document", async () => {
    expect(await failure(readBytes("bad.md", "---\ntitle: [\n---\nx"))).toMatchObject({ why: "damaged" });
  });
});

describe("AsciiDoc's samples by convention", () => {
  const readSample = async (name: string, root = join(documents, "samples")) => {
    const path = join(documents, "samples", "docs", name);
    return readDocumentFile({ path, root, bytes: await readFile(path) }, never);
  };
  const java = "class SteamValve {\n    void open() {\n    }\n}";
  const kotlin = "class SteamValve {\n    fun open() = Unit\n}";
  const both = [
    { kind: "code", language: "java", caption: "Java", text: java },
    { kind: "code", language: "kotlin", caption: "Kotlin", text: kotlin },
  ];

  test("are resolved in each language, with their tags", async () => {
    const { sections } = await readSample("serving.adoc");
    expect(sections.find(({ anchor }) => anchor === "serving.letting-off")?.blocks).toEqual([
      { kind: "prose", text: "A valve is a bean:" },
      ...both,
      { kind: "prose", text: "Only its spring, in one language:" },
      { kind: "code", language: "java", text: "int newtons = 4;" },
      { kind: "prose", text: "Unresolved directive: include::code:NotThere[]" },
    ]);
  });

  test("are resolved as Antora writes them", async () => {
    const { sections } = await readSample("antora.adoc");
    expect(sections.find(({ anchor }) => anchor === "serving.letting-off")?.blocks).toEqual([
      { kind: "prose", text: "The same, as Antora writes it:" },
      ...both,
    ]);
  });

  test("are read where attributes name their folders, and never outside the root", async () => {
    const named = await readSample("named.adoc");
    expect(named.sections[0]?.blocks).toMatchObject([
      { kind: "prose" },
      { language: "java", text: java },
      { language: "kotlin" },
    ]);
    const jailed = await readSample("named.adoc", join(documents, "samples", "docs"));
    expect(jailed.sections[0]?.blocks).toMatchObject([
      { kind: "prose" },
      { kind: "prose", text: "Unresolved directive: include::code:SteamValve[]" },
    ]);
  });
});

describe("AsciiDoc", () => {
  test("attributes and includes within the root are resolved, others are noted and not read", async () => {
    const document = await readFixture("book/teapot.adoc");
    expect(document).toMatchObject({
      format: "asciidoc",
      title: "Teapot Guide for Spring Boot",
      springBootVersion: "9.8.7",
    });
    const [brewing, steeping] = document.sections;
    expect(brewing).toMatchObject({
      anchor: "brewing",
      blocks: [{ kind: "prose", text: "Fill the pot with water." }],
    });
    expect(steeping?.anchor).toBe("brewing.steeping");
    expect(steeping?.blocks).toEqual([
      { kind: "code", language: "java", caption: "Java", text: "    void steep() {\n    }" },
      { kind: "admonition", label: "Tip", text: "Three minutes." },
      { kind: "table", text: "| Kind | Minutes |\n|---|---|\n| green | 2 |" },
      { kind: "code", language: "properties", caption: "Properties", text: "pot.lid=on\npot.cups[0]=one" },
      { kind: "code", language: "yaml", caption: "YAML", text: "pot:\n  lid: on\n  cups:\n    - one" },
      { kind: "prose", text: "Unresolved directive in teapot.adoc - include::../outside.adoc[]" },
      { kind: "prose", text: "Unresolved directive in teapot.adoc - include::chapters/missing.adoc[]" },
    ]);
  });
});

describe("a configuration in YAML as properties", () => {
  test.each<[string, string, string | undefined]>([
    ["nested keys and values as written", 'pot:\n  lid: "on"\n  size: 1.10', "pot.lid=on\npot.size=1.10"],
    ["lists of mappings", "pots:\n- name: a\n- name: b", "pots[0].name=a\npots[1].name=b"],
    ["keys with dots", 'pot:\n  "[tea.time]": "5"', "pot[tea.time]=5"],
    ["several documents", "a: 1\n---\nb: 2", "a=1\n#---\nb=2"],
    ["a key without a value", "pot:\n  lid:", "pot.lid="],
    ["a value of several lines", "pot: |\n  one\n  two", "pot=one\\n\\\ntwo"],
    ["no mapping", "- one\n- two", undefined],
    ["no YAML", "a: [", undefined],
  ])("%s", (_name, yaml, properties) => {
    expect(propertiesOf(yaml)).toBe(properties);
  });
});

describe("plain text", () => {
  test("paragraphs, careful headings, indented code", async () => {
    expect((await readFixture("notes.txt")).sections).toEqual([
      { headingPath: ["TEAPOT NOTES"], blocks: [{ kind: "prose", text: "A pot is filled first." }] },
      {
        headingPath: ["Pouring"],
        blocks: [
          { kind: "prose", text: "Pour it." },
          { kind: "code", text: "pour --slowly\n  --all" },
          { kind: "list", text: "- one\n- two" },
        ],
      },
    ]);
  });

  const bigEndian = Buffer.from("\uFEFFThé", "utf16le").swap16();
  test.each<[string, Uint8Array]>([
    ["UTF-8", Buffer.from("Thé")],
    ["UTF-8 with a mark", Buffer.from("\uFEFFThé")],
    ["UTF-16 with a mark", Buffer.from("\uFEFFThé", "utf16le")],
    ["UTF-16, big end first", bigEndian],
    ["UTF-16 without a mark", Buffer.from("Thé", "utf16le")],
    ["Latin-1", Buffer.from("Th\u00e9", "latin1")],
  ])("%s", async (_name, bytes) => {
    expect((await readBytes("tea.txt", bytes)).sections[0]?.blocks).toEqual([{ kind: "prose", text: "Thé" }]);
  });
});

describe("what is no document", () => {
  test.each<[string, string, string | Uint8Array, string]>([
    ["an empty file", "a.md", "", "empty"],
    ["white space alone", "a.txt", " \n\n ", "empty"],
    ["a page without text", "a.html", "<html><body><nav>x</nav></body></html>", "empty"],
    ["an unknown extension", "a.docx", "PK", "unknown-format"],
    [
      "a picture called text",
      "a.txt",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0]),
      "unknown-format",
    ],
  ])("%s", async (_name, name, content, why) => {
    expect(await failure(readBytes(name, content))).toMatchObject({ kind: "document-unreadable", why });
  });

  test("the content decides over a wrong extension", async () => {
    expect((await readBytes("page.txt", "<!DOCTYPE html><html><p>Tea</p></html>")).format).toBe("html");
  });
});
