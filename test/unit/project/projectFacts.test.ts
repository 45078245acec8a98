/** Build files as projects write them, laid out on disk and read as the engine reads them. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mavenFilesOf } from "../../../src/adapters/project/mavenFiles";
import { readProjectFacts } from "../../../src/adapters/project/projectFiles";
import { mavenFacts } from "../../../src/core/project/mavenFacts";
import type { ProjectFacts } from "../../../src/core/project/projectFacts";

const never = new AbortController().signal;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "docwright-project-"));
});
afterAll(() => rm(root, { recursive: true }));

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** The file that is asked about; the project's folder when absent. */
  readonly ask?: string;
  readonly expected: Partial<ProjectFacts>;
  /** Folder of the module, relative to the project. */
  readonly module?: string;
}

const pom = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0">\n<modelVersion>4.0.0</modelVersion>\n${body}\n</project>`;
const bootParent = (version: string) =>
  `<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${version}</version><relativePath/></parent>`;
const starter = (name: string) =>
  `<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-${name}</artifactId></dependency>`;
const bom = (version: string) =>
  `<dependencyManagement><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId><version>${version}</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>`;

const maven: readonly Case[] = [
  {
    name: "Maven: the parent, with a Java version and starters",
    files: {
      "pom.xml": pom(
        `${bootParent("3.2.1")}<artifactId>shop</artifactId><properties><java.version>21</java.version></properties><dependencies>${starter("web")}${starter("data-jpa")}<dependency><groupId>com.h2database</groupId><artifactId>h2</artifactId></dependency></dependencies>`,
      ),
    },
    ask: "src/main/java/com/example/Shop.java",
    expected: {
      buildTool: "maven",
      springBootVersion: "3.2.1",
      versionSource: "parent in pom.xml",
      javaVersion: "21",
      starters: ["spring-boot-starter-web", "spring-boot-starter-data-jpa"],
      language: "java",
    },
  },
  {
    name: "Maven: the parent's own default of Java, 3.x",
    files: { "pom.xml": pom(bootParent("3.3.0")) },
    expected: { springBootVersion: "3.3.0", javaVersion: "17" },
  },
  {
    name: "Maven: the parent's own default of Java, 2.x",
    files: { "pom.xml": pom(bootParent("2.7.18")) },
    expected: { springBootVersion: "2.7.18", javaVersion: "8" },
  },
  {
    name: "Maven: a milestone and a release of old times",
    files: { "pom.xml": pom(bootParent("2.1.0.RELEASE")) },
    expected: { springBootVersion: "2.1.0.RELEASE" },
  },
  {
    name: "Maven: a BOM import with the version in a property",
    files: {
      "pom.xml": pom(
        `<groupId>a</groupId><artifactId>b</artifactId><version>1</version><properties><spring-boot.version>3.2.12</spring-boot.version><maven.compiler.release>17</maven.compiler.release></properties>${bom("${spring-boot.version}")}`,
      ),
    },
    expected: { springBootVersion: "3.2.12", versionSource: "BOM in pom.xml", javaVersion: "17" },
  },
  {
    name: "Maven: a property made of a property",
    files: {
      "pom.xml": pom(
        `<properties><boot.line>3.2</boot.line><boot>\${boot.line}.4</boot></properties>${bom("${boot}")}`,
      ),
    },
    expected: { springBootVersion: "3.2.4" },
  },
  {
    name: "Maven: a module of a reactor inherits through its parents",
    files: {
      "pom.xml": pom(
        `${bootParent("3.4.2")}<groupId>a</groupId><artifactId>root</artifactId><version>1</version><packaging>pom</packaging><modules><module>app</module></modules><properties><java.version>21</java.version></properties>`,
      ),
      "app/pom.xml": pom(
        `<parent><groupId>a</groupId><artifactId>root</artifactId><version>1</version></parent><artifactId>app</artifactId><dependencies>${starter("webflux")}</dependencies>`,
      ),
    },
    ask: "app/src/main/java/A.java",
    module: "app",
    expected: {
      springBootVersion: "3.4.2",
      versionSource: "parent in ../pom.xml",
      javaVersion: "21",
      starters: ["spring-boot-starter-webflux"],
    },
  },
  {
    name: "Maven: a relative path that names a folder",
    files: {
      "build/pom.xml": pom(`<artifactId>conventions</artifactId>${bom("3.1.5")}`),
      "app/pom.xml": pom(
        `<parent><groupId>a</groupId><artifactId>conventions</artifactId><version>1</version><relativePath>../build</relativePath></parent><artifactId>app</artifactId>`,
      ),
    },
    ask: "app/pom.xml",
    module: "app",
    expected: { springBootVersion: "3.1.5", versionSource: "BOM in ../build/pom.xml" },
  },
  {
    name: "Maven: what lies above is another project, not the parent",
    files: {
      "pom.xml": pom(`${bootParent("2.5.0")}<artifactId>other</artifactId>`),
      "app/pom.xml": pom(
        `<parent><groupId>a</groupId><artifactId>company</artifactId><version>1</version></parent><artifactId>app</artifactId>${bom("3.2.0")}`,
      ),
    },
    ask: "app/x",
    module: "app",
    expected: { springBootVersion: "3.2.0" },
  },
  {
    name: "Maven: the module's BOM wins over the parent's version",
    files: {
      "pom.xml": pom(`${bootParent("2.7.0")}<artifactId>root</artifactId>`),
      "app/pom.xml": pom(
        `<parent><groupId>a</groupId><artifactId>root</artifactId><version>1</version></parent><artifactId>app</artifactId>${bom("3.2.1")}`,
      ),
    },
    ask: "app",
    module: "app",
    expected: { springBootVersion: "3.2.1" },
  },
  {
    name: "Maven: only the plugin tells",
    files: {
      "pom.xml": pom(
        `<build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId><version>3.0.9</version></plugin></plugins></build>`,
      ),
    },
    expected: { springBootVersion: "3.0.9", versionSource: "plugin in pom.xml" },
  },
  {
    name: "Maven: Kotlin, and the compiler's own settings",
    files: {
      "pom.xml": pom(
        `${bootParent("3.2.1")}<build><plugins><plugin><groupId>org.jetbrains.kotlin</groupId><artifactId>kotlin-maven-plugin</artifactId></plugin><plugin><artifactId>maven-compiler-plugin</artifactId><configuration><release>21</release></configuration></plugin></plugins></build>`,
      ),
    },
    ask: "src/main/kotlin/A.kt",
    expected: { language: "kotlin", javaVersion: "21" },
  },
  {
    name: "Maven: a Java file in a Kotlin project is Java",
    files: {
      "pom.xml": pom(
        `${bootParent("3.2.1")}<build><plugins><plugin><artifactId>kotlin-maven-plugin</artifactId></plugin></plugins></build>`,
      ),
    },
    ask: "src/main/java/A.java",
    expected: { language: "java" },
  },
  {
    name: "Maven: comments and empty elements",
    files: {
      "pom.xml": pom(
        `<!-- ${bom("1.0.0")} --><properties/><dependencies/><build/>${bootParent("3.2.3")}<dependencyManagement/>`,
      ),
    },
    expected: { springBootVersion: "3.2.3", starters: [] },
  },
  {
    name: "Maven: a placeholder that nobody defines is no version",
    files: { "pom.xml": pom(bom("${not.there}")) },
    expected: { buildTool: "maven", starters: [] },
  },
  {
    name: "Maven: a file that is only half written",
    files: { "pom.xml": "<project><parent>" },
    expected: { starters: [] },
  },
];

const gradle: readonly Case[] = [
  {
    name: "Groovy: the plugins block",
    files: {
      "build.gradle": `plugins {\n\tid 'java'\n\tid 'org.springframework.boot' version '3.2.1'\n\tid 'io.spring.dependency-management' version '1.1.4'\n}\njava {\n\tsourceCompatibility = '17'\n}\ndependencies {\n\timplementation 'org.springframework.boot:spring-boot-starter-web'\n\ttestImplementation 'org.springframework.boot:spring-boot-starter-test'\n}\n`,
    },
    ask: "src/main/java/A.java",
    expected: {
      buildTool: "gradle",
      springBootVersion: "3.2.1",
      versionSource: "plugin in build.gradle",
      javaVersion: "17",
      starters: ["spring-boot-starter-web", "spring-boot-starter-test"],
      language: "java",
    },
  },
  {
    name: "Kotlin: the plugins block, a toolchain and Kotlin",
    files: {
      "build.gradle.kts": `plugins {\n    kotlin("jvm") version "1.9.22"\n    id("org.springframework.boot") version "3.3.4"\n}\njava { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\ndependencies {\n    implementation("org.springframework.boot:spring-boot-starter-actuator")\n}\n`,
    },
    ask: "src/main/kotlin/A.kt",
    expected: {
      springBootVersion: "3.3.4",
      javaVersion: "21",
      starters: ["spring-boot-starter-actuator"],
      language: "kotlin",
    },
  },
  {
    name: "Kotlin: the plugin with a call for its version",
    files: { "build.gradle.kts": `plugins { id("org.springframework.boot").version("3.1.0") }` },
    expected: { springBootVersion: "3.1.0" },
  },
  {
    name: "Groovy: the version from gradle.properties",
    files: {
      "build.gradle": "plugins { id 'org.springframework.boot' version \"${springBootVersion}\" }",
      "gradle.properties": "# versions\nspringBootVersion=3.2.5\norg.gradle.caching = true\n",
    },
    expected: { springBootVersion: "3.2.5" },
  },
  {
    name: "Groovy: the class path of the build script, version in ext",
    files: {
      "build.gradle": `buildscript {\n  ext {\n    springBootVersion = '2.7.18'\n  }\n  dependencies {\n    classpath("org.springframework.boot:spring-boot-gradle-plugin:\${springBootVersion}")\n  }\n}\napply plugin: 'org.springframework.boot'\nsourceCompatibility = 1.8\n`,
    },
    expected: {
      springBootVersion: "2.7.18",
      versionSource: "spring-boot-gradle-plugin in build.gradle",
      javaVersion: "8",
    },
  },
  {
    name: "Groovy: ext.set and a map of versions",
    files: {
      "build.gradle": `ext.versions = [ springBoot: '3.2.2', junit: '5.10.1' ]\ndependencies { implementation platform("org.springframework.boot:spring-boot-dependencies:\${versions.springBoot}") }`,
    },
    expected: { springBootVersion: "3.2.2", versionSource: "spring-boot-dependencies in build.gradle" },
  },
  {
    name: "Groovy: the dependency management plugin's import with set",
    files: {
      "build.gradle": `ext { set('springBootVersion', "3.2.6") }\ndependencyManagement { imports { mavenBom "org.springframework.boot:spring-boot-dependencies:\${springBootVersion}" } }`,
    },
    expected: { springBootVersion: "3.2.6" },
  },
  {
    name: "Groovy: a coordinate as a map",
    files: {
      "build.gradle": `dependencies { implementation group: 'org.springframework.boot', name: 'spring-boot-starter-web', version: '2.6.3' }`,
    },
    expected: { springBootVersion: "2.6.3", starters: ["spring-boot-starter-web"] },
  },
  {
    name: "Kotlin: a platform with a value of the script",
    files: {
      "build.gradle.kts": `val bootVersion = "3.4.0"\ndependencies {\n  implementation(platform("org.springframework.boot:spring-boot-dependencies:$bootVersion"))\n}`,
    },
    expected: { springBootVersion: "3.4.0" },
  },
  {
    name: "Kotlin: a value by project",
    files: {
      "build.gradle.kts": `val springBootVersion: String by project\nplugins { java }\ndependencies { implementation(platform("org.springframework.boot:spring-boot-dependencies:\${springBootVersion}")) }`,
      "gradle.properties": "springBootVersion=3.2.7",
    },
    expected: { springBootVersion: "3.2.7" },
  },
  {
    name: "Kotlin: extra and by extra",
    files: {
      "build.gradle.kts": `extra["bootVersion"] = "3.2.8"\nval other by extra("1.0")\ndependencies { implementation(platform("org.springframework.boot:spring-boot-dependencies:\${property("bootVersion")}")) }`,
    },
    expected: { springBootVersion: "3.2.8" },
  },
  {
    name: "a catalog: plugin by alias with a referenced version",
    files: {
      "settings.gradle.kts": `rootProject.name = "shop"`,
      "build.gradle.kts": `plugins {\n  java\n  alias(libs.plugins.spring.boot)\n}\njava { toolchain { languageVersion.set(JavaLanguageVersion.of(libs.versions.java.get())) } }\ndependencies {\n  implementation(libs.spring.boot.starter.web)\n  implementation(libs.bundles.data)\n}`,
      "gradle/libs.versions.toml": `[versions]\nspring-boot = "3.2.9"\njava = "21"\n[plugins]\nspring-boot = { id = "org.springframework.boot", version.ref = "spring-boot" }\n[libraries]\nspring-boot-starter-web = { module = "org.springframework.boot:spring-boot-starter-web" }\njpa = { group = "org.springframework.boot", name = "spring-boot-starter-data-jpa" }\nh2 = "com.h2database:h2:2.2.224"\n[bundles]\ndata = ["jpa", "h2"]\n`,
    },
    expected: {
      springBootVersion: "3.2.9",
      versionSource: "plugin in gradle/libs.versions.toml",
      javaVersion: "21",
      starters: ["spring-boot-starter-web", "spring-boot-starter-data-jpa"],
    },
  },
  {
    name: "a catalog: plugin as one text, in a module below the root",
    files: {
      "settings.gradle": `include 'app'`,
      "app/build.gradle": `plugins { alias(libs.plugins.springBoot) }`,
      "gradle/libs.versions.toml": `[plugins]\nspringBoot = "org.springframework.boot:3.5.0"\n`,
    },
    ask: "app/src/main/java/A.java",
    module: "app",
    expected: { springBootVersion: "3.5.0", versionSource: "plugin in ../gradle/libs.versions.toml" },
  },
  {
    name: "a catalog: the BOM as a library",
    files: {
      "build.gradle.kts": `dependencies { implementation(platform(libs.spring.boot.bom)) }`,
      "settings.gradle.kts": "",
      "gradle/libs.versions.toml": `[versions]\nboot = { strictly = "3.3.1" }\n[libraries]\nspring-boot-bom = { module = "org.springframework.boot:spring-boot-dependencies", version.ref = "boot" }\n`,
    },
    expected: {
      springBootVersion: "3.3.1",
      versionSource: "spring-boot-dependencies in gradle/libs.versions.toml",
    },
  },
  {
    name: "a catalog's version used by id",
    files: {
      "build.gradle.kts": `plugins { id("org.springframework.boot") version libs.versions.spring.boot.get() }`,
      "settings.gradle.kts": "",
      "gradle/libs.versions.toml": `[versions]\nspring-boot = "3.2.10"\n`,
    },
    expected: { springBootVersion: "3.2.10" },
  },
  {
    name: "the root script declares the version, the module applies it",
    files: {
      "settings.gradle.kts": `include(":app")`,
      "build.gradle.kts": `plugins { id("org.springframework.boot") version "3.2.11" apply false }`,
      "app/build.gradle.kts": `plugins {\n  id("org.springframework.boot")\n}`,
    },
    ask: "app/src/main/java/A.java",
    module: "app",
    expected: { springBootVersion: "3.2.11", versionSource: "plugin in ../build.gradle.kts" },
  },
  {
    name: "the settings' pluginManagement declares the version",
    files: {
      "settings.gradle": `pluginManagement {\n  plugins {\n    id 'org.springframework.boot' version "\${bootVersion}"\n  }\n}\ninclude 'app'`,
      "gradle.properties": "bootVersion=3.2.12",
      "app/build.gradle": `plugins { id 'org.springframework.boot' }`,
    },
    ask: "app/build.gradle",
    module: "app",
    expected: { springBootVersion: "3.2.12", versionSource: "plugin in ../settings.gradle" },
  },
  {
    name: "buildSrc holds the plugin for a convention",
    files: {
      "settings.gradle.kts": "",
      "build.gradle.kts": `plugins { id("shop.service-conventions") }`,
      "buildSrc/build.gradle.kts": `dependencies { implementation("org.springframework.boot:spring-boot-gradle-plugin:3.1.8") }`,
    },
    expected: {
      springBootVersion: "3.1.8",
      versionSource: "spring-boot-gradle-plugin in buildSrc/build.gradle.kts",
    },
  },
  {
    name: "what is commented out does not count",
    files: {
      "build.gradle": `// id 'org.springframework.boot' version '1.5.0'\n/* id 'org.springframework.boot' version '2.0.0' */\nrepositories { maven { url 'https://example.com/a' } }\nplugins { id 'org.springframework.boot' version '3.2.1' }`,
    },
    expected: { springBootVersion: "3.2.1" },
  },
  {
    name: "a dynamic version is none",
    files: { "build.gradle": `plugins { id 'org.springframework.boot' version '3.+' }` },
    expected: { buildTool: "gradle", starters: [] },
  },
  {
    name: "Groovy: Java by the enumeration",
    files: {
      "build.gradle": `plugins { id 'org.springframework.boot' version '2.7.1' }\nsourceCompatibility = JavaVersion.VERSION_1_8`,
    },
    expected: { javaVersion: "8" },
  },
];

const other: readonly Case[] = [
  {
    name: "no build file at all",
    files: { "A.kt": "" },
    ask: "A.kt",
    expected: { starters: [], language: "kotlin" },
  },
  {
    name: "both: the one that knows the version",
    files: {
      "pom.xml": pom("<artifactId>x</artifactId>"),
      "build.gradle": `plugins { id 'org.springframework.boot' version '3.2.1' }`,
    },
    expected: { buildTool: "gradle", springBootVersion: "3.2.1" },
  },
];

test.each([...maven, ...gradle, ...other])("$name", async ({ name, files, ask, expected, module }) => {
  const folder = join(root, name.replaceAll(/\W+/g, "-"));
  for (const [path, text] of Object.entries(files)) await put(join(folder, path), text);
  const facts = await readProjectFacts(join(folder, ask ?? "."), never);
  expect(facts).toMatchObject({ ...expected, directory: join(folder, module ?? ".") });
  if (
    expected.springBootVersion === undefined &&
    expected.language === undefined &&
    expected.javaVersion === undefined
  ) {
    expect(facts.springBootVersion).toBeUndefined();
  }
});

test("a parent and a BOM that are in the local repository only", async () => {
  const repository = join(root, "repository");
  const project = join(root, "with-repository");
  await put(
    join(repository, "com/acme/parent/7/parent-7.pom"),
    pom(
      `<groupId>com.acme</groupId><artifactId>parent</artifactId><version>7</version><properties><acme.bom>4</acme.bom></properties>`,
    ),
  );
  await put(
    join(repository, "com/acme/bom/4/bom-4.pom"),
    pom(`<groupId>com.acme</groupId><artifactId>bom</artifactId><version>4</version>${bom("3.2.1")}`),
  );
  await put(
    join(project, "pom.xml"),
    pom(
      `<parent><groupId>com.acme</groupId><artifactId>parent</artifactId><version>7</version><relativePath/></parent><artifactId>a</artifactId><dependencyManagement><dependencies><dependency><groupId>com.acme</groupId><artifactId>bom</artifactId><version>\${acme.bom}</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>`,
    ),
  );
  const files = await mavenFilesOf(project, repository, never);
  expect(files && mavenFacts(files)).toMatchObject({
    springBootVersion: "3.2.1",
    versionSource: "BOM in com.acme:bom:4",
  });
});

test("the sample project of the repository", async () => {
  const facts = await readProjectFacts(
    join(import.meta.dirname, "../../fixtures/sample-project/src/main/java"),
    never,
  );
  expect(facts.springBootVersion).toMatch(/^3\.2\./);
  expect(facts.starters).toContain("spring-boot-starter-web");
});

test("an abort is an abort", async () => {
  await expect(readProjectFacts(root, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
});

async function put(path: string, text: string) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
