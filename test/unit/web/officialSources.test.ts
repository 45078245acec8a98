import { describe, expect, test } from "vitest";
import { officialSources } from "../../../src/core/site/officialSources";

describe("lines with a single document", () => {
  test.each(["3.2.1", "2.7.18"])("%s: the HTML first, then the PDF, of exactly that release", (version) => {
    const found = officialSources(version);
    expect(found.map(({ format }) => format)).toEqual(["html", "pdf"]);
    for (const { url, springBootVersion, wish } of found) {
      expect(url).toContain(`https://docs.spring.io/spring-boot/docs/${version}/reference/`);
      expect(springBootVersion).toBe(version);
      expect(wish).toEqual({ kind: "download", url });
    }
  });

  test("a line means its newest release", () => {
    expect(officialSources("3.2")[0]?.title).toMatch(/^Spring Boot 3\.2\.\d+ reference$/);
  });
});

describe("lines with a site", () => {
  test.each([
    ["3.3.0", "3.3"],
    ["3.5.2", "3.5"],
    ["4.0.1-SNAPSHOT", "4.0"],
    ["4.1", "4.1"],
  ])("%s is crawled below its line's address, without Javadoc, as documents of the line", (version, line) => {
    expect(officialSources(version)).toMatchObject([
      {
        format: "site",
        title: `Spring Boot ${line} reference`,
        springBootVersion: line,
        assumed: false,
        wish: {
          kind: "site",
          expectVersion: line,
          bounds: {
            start: `https://docs.spring.io/spring-boot/${line}/reference/index.html`,
            prefix: `https://docs.spring.io/spring-boot/${line}/`,
            exclude: ["api/java/", "api/kotlin/"],
          },
        },
      },
    ]);
  });

  test("a line that is newer than this Docwright is looked for at the newest one's pattern", () => {
    const [found] = officialSources("9.9.1");
    expect(found).toMatchObject({
      assumed: true,
      springBootVersion: "9.9",
      title: "Spring Boot 9.9 reference",
    });
    expect(found?.url).toBe("https://docs.spring.io/spring-boot/9.9/reference/index.html");
  });
});

test.each(["1.5.0", "2.6.3", "nonsense"])("%s is not known", (version) => {
  expect(officialSources(version)).toEqual([]);
});
