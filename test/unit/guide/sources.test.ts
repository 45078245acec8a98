/** The manifest of official sources is complete, and every address in it can be made for a version. */
import { describe, expect, test } from "vitest";

import manifest from "../../../docs-index/sources.json";

const formats = new Map([
  ["single-page", ["pdf", "html-single", "html-pages"]],
  ["antora", ["antora"]],
]);

describe("the official sources", () => {
  test("name every line once, oldest first, and the licence", () => {
    const lines = manifest.sources.map(({ line }) => line);
    expect(lines).toEqual([...new Set(lines)].sort((left, right) => Number(left) - Number(right)));
    expect(lines).toEqual(expect.arrayContaining(["2.7", "3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "4.0"]));
    expect(manifest.licence.id).toBe("Apache-2.0");
    expect(manifest.licence.notice.length).toBeGreaterThan(200);
  });

  test.each(manifest.sources)("$id leads to the publisher in the formats of its layout", (source) => {
    expect(source.id).toBe(`spring-boot-${source.line}`);
    expect(source.latest.startsWith(`${source.line}.`)).toBe(true);
    expect(source.documents.map(({ format }) => format)).toEqual(formats.get(source.layout));
    for (const { url } of source.documents) {
      const address = new URL(url.replaceAll("{version}", source.latest).replaceAll("{line}", source.line));
      expect(address.origin).toBe("https://docs.spring.io");
      expect(address.pathname).not.toMatch(/[{}]/);
      expect(address.pathname).toContain(source.exactVersion ? source.latest : `/${source.line}/`);
    }
  });
});
