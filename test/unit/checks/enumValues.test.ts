/** Values of properties that are enums, by the constants that the real class files have. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { guideJars } from "../guide/guideClasspath";
import { checkingInFolder } from "./checkingInFolder";

const { folder, checking } = checkingInFolder("enums");
const file = join(folder, "src", "main", "resources", "application.yml");
let jars: readonly string[];

beforeAll(() => {
  jars = guideJars();
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(
    join(folder, "pom.xml"),
    "<project><modelVersion>4.0.0</modelVersion><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version></project>",
  );
}, 600_000);

async function judged(text: string) {
  const report = await checking().check(
    {
      files: [{ path: file, text }],
      project: folder,
      offline: true,
      trusted: false,
      classpath: { source: "Language Support for Java", main: jars, test: jars },
    },
    () => undefined,
    new AbortController().signal,
  );
  return report.files.flatMap(({ findings }) => findings);
}

test("a value that is none of an enum's constants is told, with those that there are", async () => {
  const found = await judged(
    "server:\n  shutdown: gracefull\n  error:\n    include-stacktrace: sometimes\nspring:\n  main:\n    banner-mode: nowhere\n",
  );
  expect(found.map(({ line, rule }) => `${line} ${rule}`)).toEqual([
    "2 property-value",
    "4 property-value",
    "7 property-value",
  ]);
  expect(found[0]?.message).toContain("`graceful`, `immediate`");
}, 60_000);

test("every way of writing a constant is taken", async () => {
  const text = [
    "server:\n  shutdown: GRACEFUL\n  error:\n    include-stacktrace: on-param",
    "spring:\n  main:\n    banner-mode: off\n    web-application-type: Servlet\n  jpa:\n    hibernate:\n      ddl-auto: whatever",
  ].join("\n");
  expect(await judged(text)).toEqual([]);
}, 60_000);
