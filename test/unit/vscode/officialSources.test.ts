import { expect, test } from "vitest";
import { officialDocument, officialPage } from "../../../src/vscode/documents/officialSources";

test.each([
  ["3.2.1", "https://docs.spring.io/spring-boot/docs/3.2.1/reference/pdf/spring-boot-reference.pdf"],
  ["2.7.18", "https://docs.spring.io/spring-boot/docs/2.7.18/reference/pdf/spring-boot-reference.pdf"],
  ["3.5.2", undefined],
  ["1.5.0", undefined],
])("the whole reference of %s is at %s", (version, url) => {
  expect(officialDocument(version)?.url).toBe(url);
});

test("a line means its newest release", () => {
  expect(officialDocument("3.2")?.title).toMatch(/^Spring Boot 3\.2\.\d+ reference$/);
});

test("a line that is published page by page has a page to read", () => {
  expect(officialPage("3.5.2")).toBe("https://docs.spring.io/spring-boot/3.5/reference/index.html");
});
