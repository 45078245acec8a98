/** A dependency of the tests that is not on this machine says nothing of main code: with the real compiler and Maven's files. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkingInFolder } from "./checkingInFolder";

const { folder, checking } = checkingInFolder("test-jar");

const code = "package shop;\nclass Shop { String name = 1; }\n";

async function check(scope: string, source: string) {
  const project = join(folder, scope);
  const path = join(project, "src", source, "java", "shop", "Shop.java");
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(
    join(project, "pom.xml"),
    `<project><modelVersion>4.0.0</modelVersion><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
<dependencies><dependency><groupId>org.example.none</groupId><artifactId>none</artifactId><version>1</version><scope>${scope}</scope></dependency></dependencies></project>`,
  );
  return checking().check(
    { files: [{ path, text: code }], project, offline: true, trusted: false },
    () => undefined,
    new AbortController().signal,
  );
}

const found = ({ files }: Awaited<ReturnType<typeof check>>) => files.flatMap(({ findings }) => findings);

test("main code is judged although a jar of the tests is missing, and the gap is said", async () => {
  const report = await check("test", "main");
  expect(found(report).map(({ line, rule }) => `${line} ${rule}`)).toEqual(["2 compile"]);
  expect(report.notChecked[0]?.why).toContain("The class path of the tests");
}, 60_000);

test.each([
  ["test", "test"],
  ["compile", "main"],
])(
  "where a jar of scope %s is missing, code in %s that may rest on it is not accused",
  async (scope, source) => {
    const report = await check(scope, source);
    expect(found(report)).toEqual([]);
    expect(report.notChecked.length).toBeGreaterThan(0);
  },
  60_000,
);
