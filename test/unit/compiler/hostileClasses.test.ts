/** Class files that were made to hang or to crash whoever reads them, before the real compiler and through the whole check. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createJavaCompiler, type JavaCompiler } from "../../../src/adapters/compiler/javaCompiler";
import { findJdks, type Jdk } from "../../../src/adapters/compiler/jdk";
import { createChecking } from "../../../src/adapters/engine/checking";
import { compileOptions, type CompileJob } from "../../../src/core/checks/java/compileJob";
import { buildCompilerJar, compilerJar } from "../../../scripts/tools/compilerJar.mjs";

const { signal } = new AbortController();
let jdk: Jdk;
let folder: string;
let compiler: JavaCompiler;
/** A sound class: `public class Evil<T extends Comparable<T>> extends Base { public int size(); }`. */
let sound: Buffer;

beforeAll(async () => {
  await buildCompilerJar();
  const [first] = await findJdks({ environment: process.env }, signal);
  if (!first) throw new Error("the tests need a JDK");
  jdk = first;
  folder = mkdtempSync(join(tmpdir(), "docwright-hostile-"));
  compiler = createJavaCompiler({ jar: compilerJar, log: () => undefined, timeout: 20_000 });
  const source = join(folder, "Evil.java");
  const text = `class Base {} public class Evil<T extends Comparable<T>> extends Base { public java.util.List<T> all; public int size() { return 1; } }`;
  writeFileSync(source, text);
  execFileSync(join(jdk.home, "bin", "javac"), ["-proc:none", "-d", join(folder, "sound"), source]);
  sound = readFileSync(join(folder, "sound", "Evil.class"));
}, 120_000);
afterAll(() => {
  compiler.close();
  rmSync(folder, { recursive: true, force: true });
});

const uses = "class Shop { int x(Evil<String> evil) { return evil.size() + evil.all.size(); } }";

function job(classPath: readonly string[], text = uses): CompileJob {
  return {
    classPath,
    processorPath: [],
    sourcePath: [],
    options: compileOptions("17", false),
    sources: [{ path: join(folder, "Shop.java"), role: "file", text }],
  };
}

let made = 0;
/** A folder with the class under its name. */
function placed(bytes: Uint8Array, name = "Evil"): string {
  const root = join(folder, `made-${made++}`);
  mkdirSync(root);
  writeFileSync(join(root, `${name}.class`), bytes);
  return root;
}

/** Replaces a text of the constant pool by another, whatever its length. */
function withText(bytes: Buffer, from: string, to: string): Buffer {
  const utf8 = (text: string) => {
    const content = Buffer.from(text, "latin1");
    return Buffer.concat([Buffer.from([1, content.length >> 8, content.length & 255]), content]);
  };
  const at = bytes.indexOf(utf8(from));
  if (at < 0) throw new Error(`the class has no text ${from}`);
  return Buffer.concat([bytes.subarray(0, at), utf8(to), bytes.subarray(at + utf8(from).length)]);
}

/** With the numbers at some place replaced. */
function patched(bytes: Buffer, at: number, ...values: readonly number[]): Buffer {
  const copy = Buffer.from(bytes);
  values.forEach((value, index) => (copy[at + index] = value));
  return copy;
}

const listSignature = "Ljava/util/List<TT;>;";
const nested = (depth: number) => `${"Ljava/util/List<".repeat(depth)}TT;${">;".repeat(depth)}`;

const hostile: readonly (readonly [string, () => Buffer])[] = [
  ["a class that extends itself", () => withText(sound, "Base", "Evil")],
  ["generics nested three thousand deep", () => withText(sound, listSignature, nested(3_000))],
  ["a signature that never ends", () => withText(sound, listSignature, "Ljava/util/List<".repeat(3_500))],
  [
    "a bound that refers to itself",
    () => withText(sound, "<T::Ljava/lang/Comparable<TT;>;>LBase;", "<T:TT;>LBase;"),
  ],
  ["a supertype of endless arrays", () => withText(sound, listSignature, `${"[".repeat(60_000)}I`)],
  ["a pool that claims to have 65,535 constants", () => patched(sound, 8, 0xff, 0xff)],
  ["a version from the far future", () => patched(sound, 6, 0xff, 0xff)],
  ["an attribute of four gigabytes", () => patched(sound, sound.length - 6, 0xff, 0xff, 0xff, 0xff)],
  ["nothing at all", () => Buffer.alloc(0)],
  ["nothing but its first bytes", () => Buffer.from([0xca, 0xfe, 0xba, 0xbe])],
  ["a megabyte of zeros", () => Buffer.alloc(1_000_000)],
];

async function isStillThere(): Promise<void> {
  expect(await compiler.compile(jdk, job([], "class Shop {}"), signal)).toEqual({
    diagnostics: [],
    elsewhere: [],
  });
}

test("the sound class compiles", async () => {
  const result = await compiler.compile(jdk, job([join(folder, "sound")]), signal);
  expect(result).toEqual({ diagnostics: [], elsewhere: [] });
}, 60_000);

test.each(hostile)(
  "%s is an answer, and the next question is answered",
  async (_name, make) => {
    const root = placed(make());
    await compiler.compile(jdk, job([root, join(folder, "sound")]), signal);
    await compiler.describe(jdk, [root], ["Evil"], signal);
    expect(readdirSync(root)).toEqual(["Evil.class"]);
    await isStillThere();
  },
  60_000,
);

test("two hundred changed bytes, and cuts at every tenth of it", async () => {
  let state = 20_261_127;
  /** The generator of Numerical Recipes (Press et al.), chapter 7.1. */
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const changed = Array.from({ length: 200 }, () => patched(sound, below(sound.length), below(256)));
  const cut = Array.from({ length: 10 }, (_, tenth) =>
    sound.subarray(0, Math.floor((sound.length * tenth) / 10)),
  );
  for (const bytes of [...changed, ...cut]) {
    const { crash = "" } = await compiler.compile(jdk, job([placed(bytes), join(folder, "sound")]), signal);
    expect(crash).not.toMatch(/did not answer|exit code/);
  }
  await isStillThere();
}, 120_000);

test("through the whole check they are never held against the code", async () => {
  const repository = join(folder, "repository");
  const artifact = join(repository, "org", "evil", "evil", "1");
  mkdirSync(artifact, { recursive: true });
  writeFileSync(
    join(artifact, "evil-1.pom"),
    "<project><modelVersion>4.0.0</modelVersion><groupId>org.evil</groupId><artifactId>evil</artifactId><version>1</version></project>",
  );
  const project = join(folder, "project");
  const path = join(project, "src", "main", "java", "Shop.java");
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(
    join(project, "pom.xml"),
    "<project><modelVersion>4.0.0</modelVersion><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version><dependencies><dependency><groupId>org.evil</groupId><artifactId>evil</artifactId><version>1</version></dependency></dependencies></project>",
  );
  for (const [name, make] of hostile) {
    const metadata = `{"properties":${"[".repeat(200_000)}`;
    const jar = {
      "Evil.class": make(),
      "META-INF/spring-configuration-metadata.json": strToU8(metadata),
    };
    writeFileSync(join(artifact, "evil-1.jar"), zipSync(jar));
    const checking = createChecking({
      packageRoot: resolve(import.meta.dirname, "../../.."),
      defaultStore: join(folder, `store-${made++}`),
      environment: { ...process.env, MAVEN_OPTS: `-Dmaven.repo.local=${repository}` },
    });
    const report = await checking.check(
      { files: [{ path, text: uses }], project, offline: true, trusted: true },
      () => undefined,
      signal,
    );
    checking.close();
    const errors = report.files.flatMap(({ findings }) => findings).filter(({ level }) => level === "error");
    expect(errors, name).toEqual([]);
    if (name === "nothing at all") expect(report.notChecked[0]?.why).toContain("evil-1.jar(/Evil.class)");
    expect(report.classpath?.jars, name).toBe(1);
  }
}, 240_000);
