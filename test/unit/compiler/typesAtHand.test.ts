/** With a real JDK, whose own types are the class path. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCompilerJar, compilerJar } from "../../../scripts/tools/compilerJar.mjs";
import type { KnownClasspath } from "../../../src/adapters/classpath/classpathStore";
import { createProjectSourceReader } from "../../../src/adapters/classpath/projectSources";
import { createJavaCompiler, type JavaCompiler } from "../../../src/adapters/compiler/javaCompiler";
import { findJdks, type Jdk } from "../../../src/adapters/compiler/jdk";
import { typesAtHand } from "../../../src/adapters/engine/typesAtHand";
import { createTypeNames, type TypeNames } from "../../../src/core/checks/java/typeNames";

const { signal } = new AbortController();
let jdk: Jdk;
let compiler: JavaCompiler;
let names: TypeNames;
let folder: string;

beforeAll(async () => {
  await buildCompilerJar();
  const [first] = await findJdks({ environment: process.env }, signal);
  if (!first) throw new Error("the tests need a JDK");
  jdk = first;
  compiler = createJavaCompiler({ jar: compilerJar, log: () => undefined });
  names = createTypeNames(await compiler.platformTypes(jdk, signal));
  folder = mkdtempSync(join(tmpdir(), "docwright-types-"));
  mkdirSync(join(folder, "shop"));
  writeFileSync(join(folder, "shop", "Ours.kt"), "package shop\nannotation class Ours\n");
}, 120_000);
afterAll(() => {
  compiler.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (instruction: string, code: string, complete = true) => {
  const module = {
    ...{ directory: folder, sources: [folder], testSources: [], generated: [], output: [], testOutput: [] },
  };
  const classpath: KnownClasspath = {
    ...{
      source: "test",
      complete,
      mainComplete: complete,
      jars: [],
      missing: [],
      types: [],
      metadata: [],
      processorJars: [],
    },
    generators: { plugins: [], processors: [] },
    modules: [module],
  };
  const selection = { text: code, languageId: "java", before: "", after: "" };
  const sources = createProjectSourceReader();
  return typesAtHand({ instruction, selection }, [], { compiler, sources, classpath, jdk, names }, signal);
};

test("types are told with their own methods first; of namesakes the one that the code means", async () => {
  const { types } = await ask(
    "Send it with an HttpClient",
    "import java.time.Duration;\nclass Shop { Duration wait; }",
  );
  expect(types.map(({ name }) => name)).toEqual(["java.net.http.HttpClient", "java.time.Duration"]);
  expect(types[0]?.methods).toContain("sendAsync");
  expect(types[1]?.methods).not.toContain("wait");
}, 60_000);

test("annotations are told with their attributes", async () => {
  const { types } = await ask("", "@FunctionalInterface @Repeatable(Other.class) interface Shop {}");
  expect(types).toContainEqual({
    name: "java.lang.annotation.Repeatable",
    isAnnotation: true,
    methods: ["value"],
  });
}, 60_000);

test("what neither class path nor project has is named, unless the class path is not whole", async () => {
  const code = "import javax.gone.Gone;\n@Ours class Shop { Gone gone; }";
  expect((await ask("", code)).unknown).toEqual(["Gone"]);
  expect((await ask("", code, false)).unknown).toEqual([]);
}, 60_000);
