import { describe, expect, it } from "vitest";
import { planSets, setIdOf, type PlanProps } from "../../../src/adapters/indexing/planSets";
import type { SourceDocument } from "../../../src/adapters/indexing/readSource";

function document(path: string, springBootVersion?: string): SourceDocument {
  return {
    entry: {
      path,
      title: `Title of ${path}`,
      format: "html",
      sha256: "",
      ...(springBootVersion !== undefined && { springBootVersion }),
      passages: 1,
    },
    chunks: [],
    unchanged: false,
  };
}

const folder = { origin: "/docs/reference", isFolder: true };

function check(
  props: PlanProps,
  expected: readonly [name: string, version: string | undefined, paths: string[]][],
) {
  const planned = planSets(props).map(({ name, springBootVersion, documents }) => [
    name,
    springBootVersion,
    documents.map(({ entry }) => entry.path),
  ]);
  expect(planned).toEqual(expected);
}

describe("sets of a source", () => {
  it("is one when no document says a version", () => {
    check({ ...folder, documents: [document("a.md"), document("b/c.md")] }, [
      ["reference", undefined, ["a.md", "b/c.md"]],
    ]);
  });

  it("gives the version that one page says to the pages beside and below it", () => {
    const documents = [document("index.html", "3.2.1"), document("web.html"), document("howto/build.html")];
    check({ ...folder, documents }, [["reference", "3.2.1", ["index.html", "web.html", "howto/build.html"]]]);
  });

  it("is one a version, and the nearest folder that agrees decides for a silent page", () => {
    const documents = [
      document("3.2/index.html", "3.2.1"),
      document("3.2/deep/page.html"),
      document("3.3/index.html", "3.3.0"),
      document("about.html"),
    ];
    check({ ...folder, documents }, [
      ["reference 3.2.1", "3.2.1", ["3.2/index.html", "3.2/deep/page.html"]],
      ["reference 3.3.0", "3.3.0", ["3.3/index.html"]],
      ["reference", undefined, ["about.html"]],
    ]);
  });

  it("takes the person's word for all documents", () => {
    const documents = [document("a.html", "3.2.1"), document("b.html", "3.3.0"), document("c.html")];
    check({ ...folder, documents, springBootVersion: "3.4.0", name: "Ours" }, [
      ["Ours", "3.4.0", ["a.html", "b.html", "c.html"]],
    ]);
  });

  it("bears the title of a file", () => {
    check({ origin: "/docs/guide.pdf", isFolder: false, documents: [document("guide.pdf", "3.2.1")] }, [
      ["Title of guide.pdf", "3.2.1", ["guide.pdf"]],
    ]);
  });
});

it("names a set by where it came from and its version, in letters that every file system takes", () => {
  const ids = [
    setIdOf("/docs/Spring Boot Référence.pdf", "3.2.1"),
    setIdOf("/docs/Spring Boot Référence.pdf", "3.2.2"),
    setIdOf("/other/Spring Boot Référence.pdf", "3.2.1"),
    setIdOf("https://example.org/docs/", undefined),
    setIdOf("/文書", undefined),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(setIdOf("/docs/a.pdf", "3.2.1")).toBe(setIdOf("/docs/a.pdf", "3.2.1"));
});
