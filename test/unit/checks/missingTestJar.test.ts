/** A dependency of the tests that is not on this machine says nothing of main code: with the real compiler and Maven's files. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCompilerJar } from "../../../scripts/tools/compilerJar.mjs";
import { createChecking, type Checking } from "../../../src/adapters/engine/checking";

const folder = mkdtempSync(join(tmpdir(), "docwright-test-jar-"));
let checking: Checking;

beforeAll(async () => {
  await buildCompilerJar();
  checking = createChecking({
    packageRoot: resolve(import.meta.dirname, "../../.."),
    defaultStore: join(folder, "store"),
  });
}, 600_000);
afterAll(() => {
  checking.close();
  rmSync(folder, { recursive: true, force: true });
});

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
  return checking.check(
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
