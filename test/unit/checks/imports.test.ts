import { expect, test } from "vitest";
import { unknownImport } from "../../../src/core/checks/java/importFindings";
import { createTypeNames } from "../../../src/core/checks/java/typeNames";

const entity = (packageName: string) => ({
  ...{ name: `${packageName}.Entity`, start: 7, end: 7 + packageName.length + 7, star: false },
});
const withJpa = createTypeNames(["jakarta/persistence/Entity", "java/lang/String"]);
const without = createTypeNames(["java/lang/String", "org/w3c/dom/Entity"]);

test("a type that moved is renamed where the class path has it", () => {
  const { rule, fix } = unknownImport(entity("javax.persistence"), {
    names: withJpa,
    version: "Spring Boot 3.2.12",
  });
  expect([rule, fix?.edits[0]?.text]).toEqual(["unknown-type", "jakarta.persistence.Entity"]);
});

test("where it has not, the new name is said and offered, with the starter that brings it", () => {
  const words = unknownImport(entity("javax.persistence"), { names: without, version: "Spring Boot 3.2.12" });
  expect(words.rule).toBe("needs-dependency");
  expect(words.message).toMatch(/is `jakarta\.persistence`.*`spring-boot-starter-data-jpa` brings it/);
  expect(words.message).not.toContain("w3c");
  expect(words.fix).toBeUndefined();
  expect(words.alternatives?.map(({ title }) => title)).toEqual(["Use `jakarta.persistence.Entity`"]);
});

test("for Spring Boot 2 the old name is the name", () => {
  const words = unknownImport(entity("javax.persistence"), { names: without, version: "Spring Boot 2.7.18" });
  expect(words.message).not.toContain("jakarta");
});

test("no dependency brings a type of the project's own packages", () => {
  const words = unknownImport(entity("com.example.shop"), {
    names: without,
    isOwnPackage: (name) => name === "com.example.shop",
    version: "Spring Boot 3.2.12",
  });
  expect([words.rule, words.level]).toEqual(["unknown-type", "warning"]);
  expect(words.message).toContain("There is no `com.example.shop.Entity` in the project.");
});
