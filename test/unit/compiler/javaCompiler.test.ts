/** The Java program with a real JDK: what it says, and that nothing it is given can hang it or write to the disk. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createJavaCompiler, type JavaCompiler } from "../../../src/adapters/compiler/javaCompiler";
import { findJdks, type Jdk } from "../../../src/adapters/compiler/jdk";
import { compileOptions, type CompileJob } from "../../../src/core/checks/java/compileJob";
import { buildCompilerJar, compilerJar } from "../../../scripts/tools/compilerJar.mjs";

const { signal } = new AbortController();
let jdk: Jdk;
let folder: string;
let compiler: JavaCompiler;

beforeAll(async () => {
  await buildCompilerJar();
  const [first] = await findJdks({ environment: process.env }, signal);
  if (!first) throw new Error("the tests need a JDK");
  jdk = first;
  folder = mkdtempSync(join(tmpdir(), "docwright-compiler-"));
  compiler = createJavaCompiler({ jar: compilerJar, log: () => undefined });
}, 120_000);
afterAll(() => {
  compiler.close();
  rmSync(folder, { recursive: true, force: true });
});

function job(text: string, more: Partial<CompileJob> = {}): CompileJob {
  return {
    classPath: [],
    processorPath: [],
    sourcePath: [],
    options: compileOptions("17", false),
    sources: [{ path: join(folder, "Shop.java"), role: "file", text }],
    ...more,
  };
}

test("sound code draws nothing, and nothing is written", async () => {
  const result = await compiler.compile(jdk, job("class Shop { int count() { return 1; } }"), signal);
  expect(result).toEqual({ diagnostics: [], elsewhere: [] });
  expect(readdirSync(folder)).toEqual([]);
}, 60_000);

test("a member of a newer Java is missing, and what the type has is told", async () => {
  const text =
    "class Shop { Object x() { return java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor(); } }";
  const { diagnostics } = await compiler.compile(jdk, job(text), signal);
  expect(diagnostics).toMatchObject([
    { code: "compiler.err.cant.resolve.location.args", receiver: "java.util.concurrent.Executors" },
  ]);
  expect(diagnostics[0]?.members).toContain("newCachedThreadPool");
}, 60_000);

test("a deprecated member is named with its owner", async () => {
  const { diagnostics } = await compiler.compile(
    jdk,
    job("class Shop { Object x() { return new Integer(1); } }"),
    signal,
  );
  expect(diagnostics).toMatchObject([{ owner: "java.lang.Integer", name: "<init>", parameters: ["int"] }]);
}, 60_000);

test("public types are described, others are not", async () => {
  const names = ["java.util.List", "java.util.Arrays.ArrayList", "java.lang.Deprecated", "no.such.Type"];
  const found = await compiler.describe(jdk, [], names, signal);
  expect(found).toMatchObject([
    { name: "java.util.List", kind: "INTERFACE", isAbstract: true, typeParameters: 1 },
    { name: "java.lang.Deprecated", kind: "ANNOTATION_TYPE", typeParameters: 0 },
  ]);
  expect(found[0]?.statics).toContain("of");
  expect(found[0]?.methods).toContain("add");
  const [unit] = await compiler.describe(jdk, [], ["java.lang.annotation.RetentionPolicy"], signal);
  expect(unit?.constants).toEqual(["SOURCE", "CLASS", "RUNTIME"]);
  expect(found[1]?.methods.toSorted()).toEqual(["forRemoval", "since"]);
}, 60_000);

test("a file is called as its public type, a snippet as it likes", async () => {
  const text = "public class Other {}";
  const asFile = await compiler.compile(jdk, job(text), signal);
  expect(asFile.diagnostics.map(({ code }) => code)).toEqual(["compiler.err.class.public.should.be.in.file"]);
  const path = join(folder, "Shop.java");
  const snippet = job(text, { sources: [{ path, role: "snippet", text }] });
  expect((await compiler.compile(jdk, snippet, signal)).diagnostics).toEqual([]);
}, 60_000);

test.each([
  [
    "types that nest without end",
    `class Shop { ${"java.util.List<".repeat(4_000)}String${">".repeat(4_000)} x; }`,
  ],
  [
    "an expression that nests without end",
    `class Shop { int x = ${"(".repeat(20_000)}1${")".repeat(20_000)}; }`,
  ],
  ["a class that extends itself", "class Shop<T extends Shop<? super Shop<? super T>>> extends Shop<T> {}"],
  ["no Java at all", '\u0000\uffff{{{{(((("""'],
])(
  "%s end with an answer, and the next question is answered",
  async (_name, text) => {
    await compiler.compile(jdk, job(text), signal);
    expect(await compiler.compile(jdk, job("class Shop {}"), signal)).toEqual({
      diagnostics: [],
      elsewhere: [],
    });
  },
  120_000,
);

/** A jar-like folder with a processor whose `process` has the given body. */
function processor(name: string, body: string): string {
  const root = mkdtempSync(join(tmpdir(), "docwright-processor-"));
  const source = join(root, `${name}.java`);
  writeFileSync(
    source,
    `import java.util.*; import javax.annotation.processing.*; import javax.lang.model.*; import javax.lang.model.element.*;
     @SupportedAnnotationTypes("*") public class ${name} extends AbstractProcessor {
       @Override public SourceVersion getSupportedSourceVersion() { return SourceVersion.latest(); }
       @Override public boolean process(Set<? extends TypeElement> a, RoundEnvironment r) { ${body} } }`,
  );
  execFileSync(join(jdk.home, "bin", "javac"), ["-proc:none", "-d", root, source]);
  mkdirSync(join(root, "META-INF", "services"), { recursive: true });
  writeFileSync(join(root, "META-INF", "services", "javax.annotation.processing.Processor"), name);
  return root;
}

test("a processor that makes a type makes it in memory", async () => {
  const makes = processor(
    "Makes",
    `if (!r.processingOver() && r.getRootElements().size() == 1 && r.getRootElements().iterator().next().toString().equals("Shop"))
       try (var w = processingEnv.getFiler().createSourceFile("Made").openWriter()) { w.write("class Made { int size() { return 1; } }"); }
       catch (java.io.IOException e) { throw new RuntimeException(e); } return false;`,
  );
  const result = await compiler.compile(
    jdk,
    job("class Shop { int x = new Made().size(); }", {
      processorPath: [makes],
      options: compileOptions("17", true),
    }),
    signal,
  );
  expect(result).toEqual({ diagnostics: [], elsewhere: [] });
  expect(readdirSync(folder)).toEqual([]);
  rmSync(makes, { recursive: true, force: true });
}, 120_000);

test.each([
  [
    "hangs",
    "while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { } }",
    /did not answer/,
  ],
  ["crashes", 'throw new IllegalStateException("no such tree");', /no such tree/],
  ["ends the process", "System.exit(3); return false;", /exit code 3/],
  [
    "eats the memory",
    "List<long[]> all = new ArrayList<>(); while (true) all.add(new long[1_000_000]);",
    /out of memory/,
  ],
])(
  "a processor that %s is an answer",
  async (_name, body, why) => {
    const hostile = processor("Hostile", body);
    const impatient = createJavaCompiler({ jar: compilerJar, log: () => undefined, timeout: 20_000 });
    const request = job("class Shop {}", { processorPath: [hostile], options: compileOptions("17", true) });
    const result = await impatient.compile(jdk, request, signal);
    expect(result.crash).toMatch(why);
    expect(await impatient.compile(jdk, job("class Shop {}"), signal)).toEqual({
      diagnostics: [],
      elsewhere: [],
    });
    impatient.close();
    rmSync(hostile, { recursive: true, force: true });
  },
  120_000,
);
