/** Archives made here, honest and not, and the metadata of a real jar that Maven brings. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { strToU8, zipSync, type Zippable } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withArchive, type ArchiveLimits } from "../../../src/adapters/jars/archive";
import { readJarMetadata } from "../../../src/adapters/jars/jarMetadata";
import type { Failure } from "../../../src/core/failure";
import { failureOf } from "../../../src/core/failure";
import { guideClasspathFile } from "../guide/guideClasspath";

const never = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-jars-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function archive(name: string, content: Zippable | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content instanceof Uint8Array ? content : zipSync(content));
  return path;
}

async function failureIn(path: string, entry?: string, limits?: ArchiveLimits): Promise<Failure> {
  const reading = withArchive(
    path,
    async (opened) => {
      if (entry !== undefined) await opened.read(entry, never);
    },
    never,
    limits,
  );
  return reading.then(
    () => {
      throw new Error("it was read");
    },
    (error: unknown) => failureOf(error),
  );
}

test("entries are listed with their sizes and read one by one", async () => {
  const path = await archive("plain.jar", {
    "a/b.txt": strToU8("inside"),
    "a/": new Uint8Array(),
    "c.txt": strToU8(""),
  });
  const read = await withArchive(
    path,
    async (opened) => ({
      entries: opened.entries,
      text: new TextDecoder().decode(await opened.read("a/b.txt", never)),
    }),
    never,
  );
  expect(read).toEqual({
    entries: [
      { name: "a/b.txt", bytes: 6 },
      { name: "c.txt", bytes: 0 },
    ],
    text: "inside",
  });
});

test("what is no archive, is cut off or is not there is said", async () => {
  expect(await failureIn(await archive("no.jar", strToU8("no archive at all")))).toMatchObject({
    kind: "document-unreadable",
  });
  const whole = zipSync({ "a.txt": strToU8("text") });
  expect(await failureIn(await archive("cut.jar", whole.slice(0, whole.length - 12)))).toMatchObject({
    kind: "document-unreadable",
  });
  expect(await failureIn(join(folder, "none.jar"))).toMatchObject({ kind: "not-found" });
});

test("an entry outside the archive refuses the archive", async () => {
  const path = await archive("traversal.jar", { "../../outside.txt": strToU8("out") });
  expect(await failureIn(path)).toMatchObject({ kind: "document-unreadable", path });
});

test("an entry that unpacks to more than it says fails when that is exceeded", async () => {
  const bytes = zipSync({ "bomb.txt": new Uint8Array(2_000_000) });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  // The unpacked size stands at 22 of the local header and at 24 of the directory's entry.
  view.setUint32(22, 10, true);
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
  }
  expect(await failureIn(await archive("lies.jar", bytes), "bomb.txt")).toMatchObject({
    kind: "document-unreadable",
  });
});

test("limits hold: of one entry, of all that is read, of the number of entries", async () => {
  const path = await archive("large.jar", {
    "one.txt": new Uint8Array(50_000),
    "two.txt": new Uint8Array(50_000),
  });
  const limits = { entries: 10, entryBytes: 60_000, totalBytes: 60_000 };
  expect(await failureIn(path, "one.txt", { ...limits, entryBytes: 49_999 })).toMatchObject({
    kind: "document-unreadable",
  });
  expect(await failureIn(path, undefined, { ...limits, entries: 1 })).toMatchObject({
    kind: "document-unreadable",
  });
  const both = withArchive(
    path,
    async (opened) => {
      await opened.read("one.txt", never);
      await opened.read("two.txt", never);
    },
    never,
    limits,
  );
  await expect(both).rejects.toThrow("two.txt");
});

test("the metadata of Spring Boot's own jars", async () => {
  const jars = (await readFile(guideClasspathFile(), "utf8")).trim().split(delimiter);
  const autoconfigure = jars.find((jar) => /spring-boot-autoconfigure-[\d.]+\.jar$/.test(jar)) ?? "";
  const metadata = await readJarMetadata(autoconfigure, never);
  expect(metadata?.properties.length).toBeGreaterThan(1_000);
  expect(
    metadata?.properties.find(({ name }) => name === "spring.datasource.hikari.maximum-pool-size"),
  ).toBeDefined();
  expect(metadata?.properties.find(({ name }) => name === "spring.redis.host")?.deprecation).toMatchObject({
    level: "error",
    replacement: "spring.data.redis.host",
  });
  const core = jars.find((jar) => /spring-core-[\d.]+\.jar$/.test(jar)) ?? "";
  expect(await readJarMetadata(core, never)).toBeUndefined();
}, 600_000);
