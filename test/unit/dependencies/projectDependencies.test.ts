/** Dependencies as Maven and Gradle projects declare them, with artifacts laid out on disk, and once with all of Spring's real ones. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectDependencies } from "../../../src/adapters/dependencies/projectDependencies";
import { guideClasspathFile } from "../guide/guideClasspath";
import { repository as clone } from "../guide/guideSections";

const never = new AbortController().signal;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "docwright-dependencies-"));
});
afterAll(() => rm(root, { recursive: true }));

const element = (name: string, value: string | undefined) =>
  value === undefined ? "" : `<${name}>${value}</${name}>`;
interface Declared {
  readonly version?: string;
  readonly scope?: string;
  readonly optional?: boolean;
  readonly type?: string;
  /** Artifact of the group `g` that it must not bring. */
  readonly without?: string;
}
const dependency = (artifact: string, { version, scope, optional, type, without }: Declared = {}) =>
  `<dependency><groupId>g</groupId><artifactId>${artifact}</artifactId>${element("version", version)}${element("scope", scope)}` +
  element("type", type) +
  (optional ? "<optional>true</optional>" : "") +
  (without === undefined
    ? ""
    : `<exclusions><exclusion><groupId>g</groupId><artifactId>${without}</artifactId></exclusion></exclusions>`) +
  "</dependency>";
const pom = (artifact: string, version: string, body = "") =>
  `<project><groupId>g</groupId><artifactId>${artifact}</artifactId><version>${version}</version>${body}</project>`;
const dependencies = (...entries: readonly string[]) => `<dependencies>${entries.join("")}</dependencies>`;
const managed = (...entries: readonly string[]) =>
  `<dependencyManagement>${dependencies(...entries)}</dependencyManagement>`;

/** Lays files out below a folder of their own; the repository is `repository`, Gradle's home `gradle`, the project `project`. */
async function layOut(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const base = join(root, name);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(base, path)), { recursive: true });
    await writeFile(join(base, path), text);
  }
  return base;
}

const artifacts = (poms: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(poms).map(([name, body]) => {
      const [artifact = "", version = ""] = name.split(":");
      return [`repository/g/${artifact}/${version}/${artifact}-${version}.pom`, pom(artifact, version, body)];
    }),
  );

async function resolved(base: string, project = "project") {
  const environment = {
    MAVEN_OPTS: `-Dmaven.repo.local=${join(base, "repository")}`,
    GRADLE_USER_HOME: join(base, "gradle"),
  };
  const found = await projectDependencies(join(base, project), { environment, home: base }, never);
  return {
    names: found?.dependencies.map(
      ({ artifact, version, scope, depth }) => `${artifact}:${version} ${scope} ${depth}`,
    ),
    found,
  };
}

test("Maven: the nearest version wins, and what is managed wins over what is brought", async () => {
  const base = await layOut("nearest", {
    "project/pom.xml": pom(
      "app",
      "1",
      managed(dependency("deep", { version: "9" })) +
        dependencies(dependency("left", { version: "1" }), dependency("right", { version: "1" })),
    ),
    ...artifacts({
      "left:1": dependencies(dependency("middle", { version: "1" })),
      "right:1": dependencies(dependency("shared", { version: "2" })),
      "middle:1": dependencies(dependency("shared", { version: "1" }), dependency("deep", { version: "1" })),
      "shared:2": "",
      "deep:9": "",
    }),
  });
  expect((await resolved(base)).names).toEqual([
    "left:1 compile 1",
    "right:1 compile 1",
    "middle:1 compile 2",
    "shared:2 compile 2",
    "deep:9 compile 3",
  ]);
});

test("Maven: the compiler's own path of annotation processors, with what they bring along", async () => {
  const compiler = (name: string, ...paths: readonly string[]) =>
    `<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration><annotationProcessorPaths>${paths
      .map((path) => path.replaceAll("dependency>", `${name}>`))
      .join("")}</annotationProcessorPaths></configuration></plugin></plugins></build>`;
  const base = await layOut("processors", {
    "project/pom.xml": pom(
      "app",
      "1",
      "<parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version><relativePath/></parent>" +
        dependencies(dependency("lib", { version: "1" })),
    ),
    "other/pom.xml": pom("other", "1", dependencies(dependency("lib", { version: "1" }))),
    ...artifacts({
      "parent:1":
        "<properties><maker.version>3</maker.version></properties>" +
        managed(dependency("binding", { version: "2" })) +
        compiler("path", dependency("maker", { version: "${maker.version}" }), dependency("binding")),
      "maker:3": dependencies(dependency("helper", { version: "1" })),
      "lib:1": "",
      "binding:2": "",
    }),
  });
  const { names, found } = await resolved(base);
  expect(names).toEqual(["lib:1 compile 1"]);
  const processors = found?.processors;
  expect(processors?.dependencies.map(({ artifact, version }) => `${artifact}:${version}`)).toEqual([
    "maker:3",
    "binding:2",
    "helper:1",
  ]);
  expect(processors?.unknown).toEqual(["g:helper:1"]);
  expect((await resolved(base, "other")).found?.processors).toBeUndefined();
});

test("Maven: scopes, optional dependencies and exclusions", async () => {
  const base = await layOut("scopes", {
    "project/pom.xml": pom(
      "app",
      "1",
      dependencies(
        dependency("lib", { version: "1", without: "unwanted" }),
        dependency("check", { version: "1", scope: "test" }),
        dependency("container", { version: "1", scope: "provided" }),
      ),
    ),
    ...artifacts({
      "lib:1": dependencies(
        dependency("unwanted", { version: "1" }),
        dependency("maybe", { version: "1", optional: true }),
        dependency("driver", { version: "1", scope: "runtime" }),
        dependency("its-tests", { version: "1", scope: "test" }),
      ),
      "check:1": dependencies(dependency("asserts", { version: "1" })),
      "container:1": "",
      "driver:1": "",
      "asserts:1": "",
    }),
  });
  expect((await resolved(base)).names).toEqual([
    "lib:1 compile 1",
    "check:1 test 1",
    "container:1 provided 1",
    "driver:1 runtime 2",
    "asserts:1 test 2",
  ]);
});

test("Maven: versions from a parent's properties and from an imported BOM; a pom brings its own", async () => {
  const base = await layOut("managed", {
    "project/pom.xml": pom(
      "app",
      "1",
      "<parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version><relativePath/></parent>" +
        dependencies(
          dependency("one"),
          dependency("two"),
          dependency("bundle", { version: "1", type: "pom" }),
        ),
    ),
    ...artifacts({
      "parent:1":
        "<properties><one.version>5</one.version></properties>" +
        managed(
          dependency("one", { version: "${one.version}" }),
          dependency("bom", { version: "3", type: "pom", scope: "import" }),
        ),
      "bom:3": managed(
        dependency("two", { version: "${project.version}" }),
        dependency("one", { version: "0" }),
      ),
      "bundle:1": dependencies(dependency("inside", { version: "1" })),
      "one:5": "",
      "two:3": "",
      "inside:1": "",
    }),
  });
  expect((await resolved(base)).names).toEqual(["one:5 compile 1", "two:3 compile 1", "inside:1 compile 2"]);
});

test("Maven: what is not on this machine is said; its jar is absent", async () => {
  const base = await layOut("unknown", {
    "project/pom.xml": pom(
      "app",
      "1",
      dependencies(
        dependency("gone", { version: "1" }),
        dependency("unmanaged"),
        dependency("here", { version: "1" }),
      ),
    ),
    ...artifacts({ "here:1": "" }),
    "repository/g/here/1/here-1.jar": "",
    "repository/g/here/1/here-1-javadoc.jar": "",
  });
  const { found, names } = await resolved(base);
  expect(names).toEqual(["gone:1 compile 1", "here:1 compile 1"]);
  expect(found?.unknown).toEqual(["g:unmanaged", "g:gone:1"]);
  expect(found?.dependencies[1]).toMatchObject({
    jar: join(base, "repository/g/here/1/here-1.jar"),
    javadoc: join(base, "repository/g/here/1/here-1-javadoc.jar"),
  });
  expect(found?.dependencies[0]).not.toHaveProperty("jar");
});

test("Maven: a module of the same build is followed, and is no dependency", async () => {
  const parent = "<parent><groupId>g</groupId><artifactId>root</artifactId><version>1</version></parent>";
  const base = await layOut("modules", {
    "project/pom.xml": pom("root", "1", "<modules><module>app</module><module>core</module></modules>"),
    "project/app/pom.xml": `<project>${parent}<artifactId>app</artifactId>${dependencies(dependency("core", { version: "1" }))}</project>`,
    "project/core/pom.xml": `<project>${parent}<artifactId>core</artifactId>${dependencies(dependency("lib", { version: "1" }))}</project>`,
    ...artifacts({ "lib:1": "" }),
  });
  const { found, names } = await resolved(base, "project/app/src/App.java");
  expect(names).toEqual(["lib:1 compile 2"]);
  expect(found?.directory).toBe(join(base, "project", "app"));
});

test("Gradle: coordinates, the catalog and Spring Boot's BOM, from Gradle's cache", async () => {
  const cached = (group: string, artifact: string, version: string, body = "") => ({
    [`gradle/caches/modules-2/files-2.1/${group}/${artifact}/${version}/0a/${artifact}-${version}.pom`]: `<project><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>${body}</project>`,
    [`gradle/caches/modules-2/files-2.1/${group}/${artifact}/${version}/0b/${artifact}-${version}-sources.jar`]:
      "",
  });
  const base = await layOut("gradle", {
    "project/settings.gradle.kts": "",
    "project/gradle/libs.versions.toml":
      '[versions]\ncatalogued = "4"\n[libraries]\ncatalogued = { module = "g:catalogued", version.ref = "catalogued" }\n',
    "project/build.gradle.kts":
      'plugins { id("org.springframework.boot") version "3.2.1" }\n' +
      'dependencies {\n  implementation("g:direct")\n  implementation(libs.catalogued)\n  implementation("g:plain:2")\n}\n',
    ...cached(
      "org.springframework.boot",
      "spring-boot-dependencies",
      "3.2.1",
      managed(dependency("direct", { version: "7" })),
    ),
    ...cached("g", "direct", "7", dependencies(dependency("brought", { version: "1" }))),
    ...cached("g", "brought", "1"),
    ...cached("g", "catalogued", "4"),
    ...cached("g", "plain", "2"),
  });
  const { found, names } = await resolved(base);
  expect(names).toEqual([
    "direct:7 compile 1",
    "plain:2 compile 1",
    "catalogued:4 compile 1",
    "brought:1 compile 2",
  ]);
  expect(found).toMatchObject({ buildTool: "gradle", unknown: [] });
  expect(found?.dependencies.every(({ sources }) => sources !== undefined)).toBe(true);
});

test("no build file, no dependencies", async () => {
  const base = await layOut("none", { "project/notes.txt": "" });
  expect((await resolved(base)).found).toBeUndefined();
});

test("the jars of a build of all of Spring are exactly those that Maven itself resolves", async () => {
  const byMaven = (await readFile(guideClasspathFile(), "utf8")).trim().split(delimiter);
  const project = join(clone, "test", "fixtures", "guide-classpath");
  const ours = await projectDependencies(project, { environment: process.env }, never);
  expect(ours?.unknown).toEqual([]);
  expect(ours?.dependencies.map(({ jar }) => jar).sort()).toEqual(byMaven.sort());
}, 600_000);
