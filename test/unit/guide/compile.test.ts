/** Every sample of the field guide compiles against the real Spring Boot 3.2 jars and shows what its section says it shows. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

import { guideClasspathFile } from "./guideClasspath";
import {
  configurationKeys,
  isPropertyKey,
  javaSample,
  readGuide,
  repository,
  type GuideSection,
} from "./guideSections";

const metadataSchema = z.object({
  groups: z.array(z.object({ name: z.string() })).optional(),
  properties: z.array(
    z.object({
      name: z.string(),
      type: z.string().optional(),
      deprecation: z.object({ level: z.string().optional() }).optional(),
      deprecated: z.boolean().optional(),
    }),
  ),
});

/** What the configuration metadata in the jars says: live keys, keys of maps, and all names ever known, groups included. */
interface PropertyMetadata {
  readonly live: ReadonlySet<string>;
  readonly maps: readonly string[];
  readonly known: ReadonlySet<string>;
}

const guide = readGuide();
const folder = mkdtempSync(path.join(tmpdir(), "docwright-guide-"));
let report: readonly (readonly string[])[] = [];
let metadata: PropertyMetadata;

function writeSample(section: GuideSection): string {
  const { code } = javaSample(section);
  const type = /^(?:public |final |abstract |sealed )*(?:class|interface|record|enum|@interface) (\w+)/m.exec(
    code,
  )?.[1];
  if (type === undefined) throw new Error(`${section.file}: the sample declares no type`);
  const file = path.join(folder, section.name, `${type}.java`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, code);
  return file;
}

function readMetadata(from: string): PropertyMetadata {
  const files = readdirSync(from).map((name) =>
    metadataSchema.parse(JSON.parse(readFileSync(path.join(from, name), "utf8"))),
  );
  const properties = files.flatMap((file) => file.properties);
  const live = properties.filter(
    (property) => property.deprecation === undefined && property.deprecated !== true,
  );
  return {
    live: new Set(live.map((property) => property.name)),
    maps: live
      .filter((property) => property.type?.startsWith("java.util.Map") === true)
      .map((property) => property.name),
    known: new Set([...properties, ...files.flatMap((file) => file.groups ?? [])].map(({ name }) => name)),
  };
}

function isLive(key: string): boolean {
  return metadata.live.has(key) || metadata.maps.some((map) => key.startsWith(`${map}.`));
}

/** The place of a compiler's finding in the guide's own file. */
function placeOf(file: string, line: number): string {
  const section = guide.find(({ name }) => name === path.basename(path.dirname(file)));
  if (section === undefined) return file;
  return `${path.relative(repository, section.file)}:${String(javaSample(section).line + line - 1)}`;
}

beforeAll(() => {
  const list = path.join(folder, "samples.tsv");
  const metadataFolder = path.join(folder, "metadata");
  mkdirSync(metadataFolder);
  const lines = guide.map((section) => {
    const symbols = section.frontMatter.symbols.filter((symbol) => !isPropertyKey(symbol));
    return `${writeSample(section)}\t${symbols.join(",")}`;
  });
  writeFileSync(list, lines.join("\n"));
  const program = path.join(repository, "test", "java", "GuideSamples.java");
  const output = execFileSync("java", [program, guideClasspathFile(), list, metadataFolder], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  report = output
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split("\t"));
  metadata = readMetadata(metadataFolder);
}, 600_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the samples of the field guide", () => {
  test("all went through the compiler with their symbols", () => {
    const symbols = guide
      .flatMap((section) => section.frontMatter.symbols)
      .filter((symbol) => !isPropertyKey(symbol));
    expect(report.at(-1)).toEqual(["done", String(guide.length), String(symbols.length)]);
  });

  test("compile without an error and without a deprecated call", () => {
    const found = report
      .filter(([kind]) => kind === "diagnostic")
      .map(([, file = "", line = "1", text = ""]) => `${placeOf(file, Number(line))} ${text}`);
    expect(found).toEqual([]);
  });

  test("use every Java symbol that their section names", () => {
    const missing = report
      .filter(([kind]) => kind === "missing")
      .map(([, file = "", symbol = ""]) => `${placeOf(file, 1)} ${symbol}`);
    expect(missing).toEqual([]);
  });
});

describe("the configuration in the field guide", () => {
  test("sets every property that a section names", () => {
    const missing = guide.flatMap((section) => {
      const keys = new Set(configurationKeys(section));
      const { code } = javaSample(section);
      return section.frontMatter.symbols
        .filter((symbol) => isPropertyKey(symbol) && !keys.has(symbol) && !code.includes(`"${symbol}`))
        .map((symbol) => `${section.name}: ${symbol}`);
    });
    expect(missing).toEqual([]);
  });

  test("uses only properties that Spring Boot 3.2 knows and has not deprecated", () => {
    const unknown = guide.flatMap((section) =>
      configurationKeys(section)
        .filter((key) => /^(spring|server|management|logging)\./.test(key) && !isLive(key))
        .map((key) => `${section.name}: ${key}`),
    );
    expect(unknown).toEqual([]);
  });

  test("is spoken of by its right names in the prose, old names being declared as such", () => {
    const unknown = guide.flatMap((section) =>
      [...section.prose.matchAll(/`((?:spring|server|management|logging)\.[\w.*-]+?)(?:\[\])?(?:=[^`]*)?`/g)]
        .map((match) => (match[1] ?? "").replace(/\.?\*$/, ""))
        .filter((key) => !/\.(factories|jar|yml|yaml|properties|xml|imports)$/.test(key))
        // Settings of Spring for Apache Kafka's own serializers: client settings, not Spring Boot's properties.
        .filter((key) => !/^spring\.(json|deserializer)\./.test(key))
        .filter((key) => !isLive(key) && section.frontMatter.old?.includes(key) !== true)
        .filter(
          (key) => !metadata.known.has(key) && ![...metadata.live].some((name) => name.startsWith(`${key}.`)),
        )
        .map((key) => `${section.name}: ${key}`),
    );
    expect(unknown).toEqual([]);
  });
});
