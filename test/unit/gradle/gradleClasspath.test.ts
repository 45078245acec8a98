/** With a real Gradle, on a build of two modules whose jars come from a folder. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jarProgram } from "../../../scripts/shared/archive.mjs";
import { provideGradle } from "../../../scripts/tools/gradle.mjs";
import { createClasspathStore } from "../../../src/adapters/classpath/classpathStore";
import { createProjectClasspaths } from "../../../src/adapters/classpath/projectClasspath";
import { findGradle } from "../../../src/adapters/gradle/runGradle";

const { signal } = new AbortController();
let folder: string;
const environment = () => ({ ...process.env, GRADLE_USER_HOME: join(folder, "home") });

function write(path: string, text: string): void {
  const file = join(folder, ...path.split("/"));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A jar and its pom in the folder that the build takes for a repository. */
function publish(artifact: string): void {
  const base = `repository/org/example/${artifact}/1.0/${artifact}-1.0`;
  write(
    `${base}.pom`,
    `<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>${artifact}</artifactId><version>1.0</version></project>`,
  );
  const jar = join(folder, ...`${base}.jar`.split("/"));
  execFileSync(jarProgram(), ["cf", jar, "-C", join(folder, "repository"), `org/example/${artifact}`]);
}

const build = `
apply plugin: 'java'
repositories { maven { url '../repository' } }
sourceSets { main { java { srcDir 'src/more/java' } } }
dependencies {
  if (true) { implementation 'org.example:every' + 'day:1.0' }
  implementation project(':lib')
  implementation files('libs/odd.jar')
  compileOnly 'org.example:given:1.0'
  runtimeOnly 'org.example:driver:1.0'
  testImplementation 'org.example:tester:1.0'
}
`;

beforeAll(async () => {
  await provideGradle();
  folder = mkdtempSync(join(tmpdir(), "docwright-gradle-test-"));
  for (const name of ["everyday", "given", "driver", "tester", "deep"]) publish(name);
  write("shop/settings.gradle", "include 'app', 'lib'\n");
  write("shop/build.gradle", "");
  write("shop/app/build.gradle", build.replace("'../repository'", "'../../repository'"));
  write(
    "shop/lib/build.gradle",
    "apply plugin: 'java'\nrepositories { maven { url '../../repository' } }\ndependencies { compile 'org.example:deep:1.0' }\n",
  );
  write("shop/app/libs/odd.jar", "");
  execFileSync(jarProgram(), [
    "cf",
    join(folder, "shop/app/libs/odd.jar"),
    "-C",
    folder,
    "shop/settings.gradle",
  ]);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function find(trusted: boolean) {
  const classpaths = createProjectClasspaths({
    store: createClasspathStore(join(folder, "store", String(trusted))),
    environment: environment(),
  });
  const module = { directory: join(folder, "shop", "app"), buildTool: "gradle" as const };
  return classpaths.find({ module, packages: [], offline: true, trusted }, () => undefined, signal);
}

test("what a script says in its own way is asked of Gradle, in a trusted project alone", async () => {
  const untrusted = await find(false);
  expect(untrusted?.complete).toBe(false);
  expect(untrusted?.remedy).toContain("Trust");
  const found = await find(true);
  expect(found).toMatchObject({ source: "Gradle", complete: true, missing: [] });
  const scopes = new Map(found?.jars.map(({ artifact, scope }) => [artifact, scope]));
  expect(Object.fromEntries(scopes)).toEqual({
    everyday: "compile",
    given: "provided",
    driver: "runtime",
    tester: "test",
    deep: "compile",
    "odd.jar": "compile",
  });
  const [app, lib] = found?.modules ?? [];
  expect(app?.sources).toContain(join(folder, "shop", "app", "src", "more", "java"));
  expect(lib?.directory).toBe(join(folder, "shop", "lib"));
  // Nothing is written beside the sources but what Gradle itself keeps.
  expect(readdirSync(join(folder, "shop", "app")).sort()).toEqual(["build.gradle", "libs"]);
}, 240_000);

test("what is missing is named, with Gradle's own words and what to run", async () => {
  write(
    "lost/build.gradle",
    "apply plugin: 'java'\nrepositories { maven { url '../repository' } }\ndependencies { implementation 'org.example:gone:1.0'\nimplementation 'org.example:everyday:1.0' }\n",
  );
  const classpaths = createProjectClasspaths({
    store: createClasspathStore(join(folder, "store", "lost")),
    environment: environment(),
  });
  const module = { directory: join(folder, "lost"), buildTool: "gradle" as const };
  const found = await classpaths.find(
    { module, packages: [], offline: true, trusted: true },
    () => undefined,
    signal,
  );
  expect(found).toMatchObject({ source: "Gradle", complete: false, mainComplete: false });
  expect(found?.missing).toEqual(["org.example:gone:1.0"]);
  expect(found?.remedy).toContain(`gradle -p ${join(folder, "lost")} dependencies`);
  expect(found?.jars.map(({ artifact }) => artifact)).toEqual(["everyday"]);
}, 240_000);

test("a script that fails leaves what the files tell, with what Gradle said", async () => {
  write(
    "broken/build.gradle",
    "apply plugin: 'java'\nthrow new GradleException('no such luck')\n// project(':x')\n",
  );
  write("broken/settings.gradle", "");
  const classpaths = createProjectClasspaths({
    store: createClasspathStore(join(folder, "store", "broken")),
    environment: environment(),
  });
  const module = { directory: join(folder, "broken"), buildTool: "gradle" as const };
  const found = await classpaths.find(
    { module, packages: [], offline: true, trusted: true },
    () => undefined,
    signal,
  );
  expect(found?.complete).toBe(false);
  expect(found?.remedy).toMatch(/Gradle said: .*broken/);
}, 240_000);

test("a wrapper whose Gradle is not there is left alone offline", async () => {
  write("wrapped/gradlew", "#!/bin/sh\nexit 3\n");
  write(
    "wrapped/gradle/wrapper/gradle-wrapper.properties",
    "distributionUrl=https\\://example.org/gradle-8.5-bin.zip\n",
  );
  const directory = join(folder, "wrapped");
  expect((await findGradle(directory, { environment: environment(), offline: true }))?.name).toBe("gradle");
  expect((await findGradle(directory, { environment: environment(), offline: false }))?.name).toBe(
    "./gradlew",
  );
  mkdirSync(join(folder, "home", "wrapper", "dists", "gradle-8.5-bin"), { recursive: true });
  expect((await findGradle(directory, { environment: environment(), offline: true }))?.name).toBe(
    "./gradlew",
  );
});
