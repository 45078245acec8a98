/** The small parts of a store: whole-or-nothing writes, the lock, the cache of vectors, the vectors of the repository. */
import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFailure, writeFileAtomically } from "../../../src/adapters/store/atomicFile";
import { readCommittedVectors, writeCommittedVectors } from "../../../src/adapters/store/committedVectors";
import { acquireStoreLock, tryStoreLock } from "../../../src/adapters/store/storeLock";
import { createVectorCache, passageHash } from "../../../src/adapters/store/vectorCache";
import { createReusingEmbedder } from "../../../src/adapters/indexing/reusingEmbedder";
import { createProgressMeter } from "../../../src/adapters/indexing/indexProgress";
import type { IndexProgress } from "../../../src/core/engine";
import { unitVectors } from "../vectra/randomVectors";
import { temporaryFolder } from "./smallDocuments";

const never = new AbortController().signal;
const identity = { model: "test", dimensions: 16, queryPrefix: "", documentPrefix: "" };

describe("a file written at once", () => {
  it("replaces what was there and leaves nothing beside it", async () => {
    const folder = await temporaryFolder("files");
    const path = join(folder, "a.json");
    await Promise.all(["one", "two", "three"].map((text) => writeFileAtomically(path, text.repeat(10_000))));
    expect(["one", "two", "three"].map((text) => text.repeat(10_000))).toContain(
      await readFile(path, "utf8"),
    );
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it("keeps the earlier content when it cannot be written", async () => {
    const folder = await temporaryFolder("files");
    const path = join(folder, "a.json");
    await mkdir(path);
    await writeFile(join(path, "inside"), "kept");
    await expect(writeFileAtomically(path, "new")).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["a.json"]);
    expect(await readFile(join(path, "inside"), "utf8")).toBe("kept");
  });

  it.each([
    ["ENOSPC", "disk-full"],
    ["EDQUOT", "disk-full"],
    ["EACCES", "not-writable"],
    ["EROFS", "not-writable"],
  ])("tells %s as %s", (code, kind) => {
    const error = Object.assign(new Error("write"), { code });
    expect(writeFailure(error, "/store")).toMatchObject({ failure: { kind, path: "/store" } });
  });
});

describe("the lock of a store", () => {
  it("is one's at a time, and the next waits for it", async () => {
    const store = await temporaryFolder("lock");
    const first = await acquireStoreLock(store, () => undefined, never);
    expect(await tryStoreLock(store)).toBe(`process ${process.pid} on ${hostname()}`);
    let waitedFor = "";
    const second = acquireStoreLock(store, (holder) => (waitedFor = holder), never);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await first.release();
    await (await second).release();
    expect(waitedFor).toContain(String(process.pid));
    expect(await readdir(store)).toEqual([]);
  });

  it("can be waited for no longer", async () => {
    const store = await temporaryFolder("lock");
    const lock = await acquireStoreLock(store, () => undefined, never);
    const controller = new AbortController();
    const waiting = acquireStoreLock(store, () => controller.abort(), controller.signal);
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    await lock.release();
  });

  it("of a process that is gone is taken at once, by one of many", async () => {
    const store = await temporaryFolder("lock");
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await mkdir(join(store, "write.lock"));
    await writeFile(join(store, "write.lock.json"), JSON.stringify({ pid, host: hostname() }));
    const started = performance.now();
    const attempts = await Promise.all(Array.from({ length: 8 }, () => tryStoreLock(store)));
    const taken = attempts.filter((attempt) => typeof attempt !== "string");
    expect(taken).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2_000);
    await Promise.all(taken.map((lock) => lock.release()));
  });

  it("of a process on another machine is respected", async () => {
    const store = await temporaryFolder("lock");
    await mkdir(join(store, "write.lock"));
    await writeFile(join(store, "write.lock.json"), JSON.stringify({ pid: 1, host: "elsewhere" }));
    expect(await tryStoreLock(store)).toBe("process 1 on elsewhere");
  });
});

describe("the cache of an unfinished run", () => {
  const entries = unitVectors(5, 16).map((vector, index) => ({ hash: passageHash(`text ${index}`), vector }));

  it("gives back what was appended, until it is discarded", async () => {
    const cache = createVectorCache(await temporaryFolder("cache"), identity);
    await Promise.all(entries.map((entry) => cache.append([entry])));
    expect(await cache.load()).toEqual(new Map(entries.map(({ hash, vector }) => [hash, vector])));
    await cache.discard();
    expect(await cache.load()).toEqual(new Map());
  });

  it("loses only what was cut off, and goes on behind it", async () => {
    const folder = await temporaryFolder("cache");
    const cache = createVectorCache(folder, identity);
    await cache.append(entries.slice(0, 4));
    const [name = ""] = await readdir(folder);
    await truncate(join(folder, name), 3 * (32 + 64) + 50);
    const again = createVectorCache(folder, identity);
    expect((await again.load()).size).toBe(3);
    await again.append(entries.slice(4));
    expect([...(await again.load()).keys()]).toEqual([0, 1, 2, 4].map((index) => entries[index]?.hash));
  });

  it("is not taken for the vectors of another model", async () => {
    const folder = await temporaryFolder("cache");
    await createVectorCache(folder, identity).append(entries);
    expect((await createVectorCache(folder, { ...identity, documentPrefix: "passage: " }).load()).size).toBe(
      0,
    );
  });
});

it("keeps the repository's vectors within a thousandth", async () => {
  const folder = await temporaryFolder("vectors");
  const vectors = unitVectors(50, 384);
  const wide = { ...identity, dimensions: 384 };
  await writeCommittedVectors(folder, wide, new Map(vectors.map((vector, index) => [String(index), vector])));
  const read = await readCommittedVectors(folder, wide);
  vectors.forEach((vector, index) => {
    const cosine = vector.reduce((sum, value, at) => sum + value * (read.get(String(index))?.[at] ?? 0), 0);
    expect(cosine).toBeGreaterThan(0.999);
  });
  expect((await readCommittedVectors(folder, { ...wide, model: "other" })).size).toBe(0);
});

it("embeds a text once, however often it occurs", async () => {
  const asked: string[] = [];
  const [known, fresh] = unitVectors(2, 16);
  if (!known || !fresh) throw new Error("two vectors were asked for");
  const counts = { embedded: 0, reused: 0 };
  const embedder = createReusingEmbedder({
    embedder: {
      identity,
      embedDocuments: (texts) => (asked.push(...texts), Promise.resolve(texts.map(() => fresh))),
      embedQuery: () => Promise.resolve(fresh),
      close: () => Promise.resolve(),
    },
    known: new Map([[passageHash("known"), known]]),
    cache: createVectorCache(await temporaryFolder("cache"), identity),
    onEmbedded: (texts) => (counts.embedded += texts),
    onReused: (texts) => (counts.reused += texts),
  });
  expect(await embedder.embedDocuments(["a", "known", "a"], never)).toEqual([fresh, known, fresh]);
  expect(await embedder.embedDocuments(["a"], never)).toEqual([fresh]);
  expect(asked).toEqual(["a"]);
  expect(counts).toEqual({ embedded: 1, reused: 3 });
});

it("tells speed and time left from what is embedded, not from what is taken over", () => {
  let clock = 0;
  const told: IndexProgress[] = [];
  const meter = createProgressMeter(
    (progress) => told.push(progress),
    () => clock,
  );
  meter.update({ passagesTotal: 100, phase: "embedding" });
  meter.expect(40);
  meter.reused(60);
  clock = 2_000;
  meter.embedded(10);
  expect(told.at(-1)).toMatchObject({ passages: 70, perSecond: 5, secondsLeft: 6 });
});
