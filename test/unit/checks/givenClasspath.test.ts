/** The jars that another program has computed are what code is judged by: with the real compiler. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path, { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { GivenClasspath } from "../../../src/core/checks/checkReport";
import { guideJars } from "../guide/guideClasspath";
import { checkingInFolder } from "./checkingInFolder";

const { folder, checking } = checkingInFolder("given");
const file = join(folder, "src", "main", "java", "shop", "Shop.java");
const code = `package shop;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
class Shop { boolean x() { return StringUtils.hasText(RestClient.class.getName()); } }
`;
let jars: readonly string[];

beforeAll(() => {
  jars = guideJars();
  mkdirSync(join(file, ".."), { recursive: true });
  // What the build file names is not on this machine: without the given jars nothing could be judged.
  writeFileSync(
    join(folder, "pom.xml"),
    "<project><modelVersion>4.0.0</modelVersion><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version><dependencies><dependency><groupId>org.example.none</groupId><artifactId>none</artifactId><version>1</version></dependency></dependencies></project>",
  );
}, 600_000);

const named = (...names: readonly string[]) =>
  jars.filter((jar) => names.some((name) => path.basename(jar).startsWith(`${name}-6.`)));

async function check(classpath: GivenClasspath | undefined) {
  const report = await checking().check(
    {
      files: [{ path: file, text: code }],
      project: folder,
      offline: true,
      trusted: false,
      ...(classpath && { classpath }),
    },
    () => undefined,
    new AbortController().signal,
  );
  return { ...report, found: report.files.flatMap(({ findings }) => findings) };
}

test("they are the class path, and said to be whose they are", async () => {
  const main = named("spring-core", "spring-web");
  const { found, classpath, notChecked } = await check({
    source: "Language Support for Java",
    main,
    test: main,
  });
  expect(found).toEqual([]);
  expect(notChecked).toEqual([]);
  expect(classpath).toEqual({ source: "Language Support for Java", jars: 2, complete: true });
  // Then it is known what an answer may use.
  const project = { directory: folder, buildTool: "maven", language: "java", starters: [] } as const;
  const told = await checking().typesAtHand(
    { project, instruction: "use a RestClient" },
    [],
    new AbortController().signal,
  );
  expect(told?.types.map(({ name }) => name)).toEqual(["org.springframework.web.client.RestClient"]);
}, 60_000);

test("what they do not have is missed; what only tests have is not there for main code", async () => {
  const [core, web] = [named("spring-core"), named("spring-web")];
  const { found } = await check({ source: "Spring Tools", main: core, test: [...core, ...web] });
  expect(found.map(({ line, rule }) => `${line} ${rule}`)).toEqual(["3 unknown-type"]);
}, 60_000);

test("a jar that has gone is said, and without any the build files tell", async () => {
  const { classpath, notChecked } = await check({
    source: "Spring Tools",
    main: [join(folder, "gone-1.jar")],
  });
  expect(classpath).toMatchObject({ source: "Spring Tools", complete: false });
  expect(notChecked[0]?.why).toContain("gone-1.jar");
  expect((await check(undefined)).classpath?.source).toContain("pom");
}, 60_000);

test("what is there for compiling alone is added from the build files", async () => {
  const pom = join(folder, "pom.xml");
  const before = readFileSync(pom, "utf8");
  const web = named("spring-web")[0] ?? "";
  const version = /spring-web-(.+)\.jar$/.exec(web)?.[1] ?? "";
  writeFileSync(
    pom,
    `<project><modelVersion>4.0.0</modelVersion><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version><dependencies><dependency><groupId>org.springframework</groupId><artifactId>spring-web</artifactId><version>${version}</version><scope>provided</scope></dependency></dependencies></project>`,
  );
  const core = named("spring-core");
  const { found, classpath } = await check({ source: "Language Support for Java", main: core, test: core });
  writeFileSync(pom, before);
  expect(found).toEqual([]);
  expect(classpath?.jars).toBeGreaterThan(1);
}, 60_000);
