/** Where Maven's local repository is, asked with settings as people write them. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createGradleFiles,
  createMavenFiles,
  firstArtifactFiles,
  gradleUserHome,
} from "../../../src/adapters/maven/artifactFiles";
import { localMavenRepository } from "../../../src/adapters/maven/localRepository";

const never = new AbortController().signal;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "docwright-maven-"));
});
afterAll(() => rm(root, { recursive: true }));

const settings = (repository: string) =>
  `<?xml version="1.0"?>\n<settings xmlns="http://maven.apache.org/SETTINGS/1.2.0"><localRepository>${repository}</localRepository></settings>`;

interface Case {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** `~` is the home folder, `.` the project. */
  readonly expected: string;
}

const cases: readonly Case[] = [
  { name: "nothing said", expected: "~/.m2/repository" },
  {
    name: "the user's settings",
    files: { "~/.m2/settings.xml": settings("/srv/maven") },
    expected: "/srv/maven",
  },
  {
    name: "settings with the home folder's placeholder",
    files: { "~/.m2/settings.xml": settings("${user.home}/artifacts") },
    expected: "~/artifacts",
  },
  {
    name: "settings with a variable of the environment",
    files: { "~/.m2/settings.xml": settings("${env.ARTIFACTS}/m2") },
    environment: { ARTIFACTS: "/srv/shared" },
    expected: "/srv/shared/m2",
  },
  {
    name: "settings whose placeholder nobody knows",
    files: { "~/.m2/settings.xml": settings("${artifacts}/m2") },
    expected: "~/.m2/repository",
  },
  {
    name: "half written settings",
    files: { "~/.m2/settings.xml": "<settings><local" },
    expected: "~/.m2/repository",
  },
  {
    name: "the project's maven.config wins over the settings",
    files: {
      "~/.m2/settings.xml": settings("/srv/maven"),
      "./.mvn/maven.config": "-T1C\n-Dmaven.repo.local=.repository\n",
    },
    expected: "./.repository",
  },
  {
    name: "other settings named in maven.config",
    files: { "./.mvn/maven.config": "-s company.xml", "./company.xml": settings("/srv/company") },
    expected: "/srv/company",
  },
  {
    name: "MAVEN_OPTS, quoted",
    environment: { MAVEN_OPTS: '-Xmx1g "-Dmaven.repo.local=/srv/with space"' },
    expected: "/srv/with space",
  },
  {
    name: "the installation's settings",
    files: { "~/maven/conf/settings.xml": settings("/srv/global") },
    environment: { MAVEN_HOME: "~/maven" },
    expected: "/srv/global",
  },
];

test.each(cases)("$name", async ({ name, files = {}, environment = {}, expected }) => {
  const base = join(root, name.replaceAll(/\W/g, "-"));
  const place = (path: string) =>
    path.replace(/^~/, join(base, "home")).replace(/^\./, join(base, "project"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(place(path)), { recursive: true });
    await writeFile(place(path), text);
  }
  const found = await localMavenRepository(
    {
      directory: place("./"),
      home: place("~"),
      environment: Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, place(value)])),
    },
    never,
  );
  expect(found).toBe(join(place(expected)));
});

test("artifacts are found in Maven's repository and in Gradle's cache, by classifier", async () => {
  const maven = join(root, "repository");
  const gradle = join(root, "gradle");
  const inMaven = join(maven, "org", "acme", "tool", "1.0", "tool-1.0-javadoc.jar");
  const inGradle = join(
    gradle,
    "caches",
    "modules-2",
    "files-2.1",
    "org.acme",
    "tool",
    "1.0",
    "ab12",
    "tool-1.0.jar",
  );
  for (const path of [inMaven, inGradle]) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, "");
  }
  const files = firstArtifactFiles([createMavenFiles(maven), createGradleFiles(gradle)]);
  const name = { group: "org.acme", artifact: "tool", version: "1.0" };
  expect(await files.find({ ...name, classifier: "javadoc" }, never)).toBe(inMaven);
  expect(await files.find(name, never)).toBe(inGradle);
  expect(await files.find({ ...name, classifier: "sources" }, never)).toBeUndefined();
  expect(await files.find({ ...name, version: "../../1.0" }, never)).toBeUndefined();
});

test("Gradle's home is what the environment says", () => {
  expect(gradleUserHome({ GRADLE_USER_HOME: "/srv/gradle" })).toBe("/srv/gradle");
  expect(gradleUserHome({ GRADLE_OPTS: "-Xmx1g -Dgradle.user.home=/opt/g" })).toBe("/opt/g");
  expect(gradleUserHome({}, "/home/me")).toBe(join("/home/me", ".gradle"));
});
