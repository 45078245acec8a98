/** The small parts of a store: whole-or-nothing writes, the lock, the cache of vectors, the vectors of the repository. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rename, truncate, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { writeFailure, writeFileAtomically } from "../../../src/adapters/store/atomicFile";
import { readCommittedVectors, writeCommittedVectors } from "../../../src/adapters/store/committedVectors";
import { ownerHere, type LockOwner } from "../../../src/adapters/store/lockOwner";
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

  /** A lock as another process would have left it. */
  async function lockOf(store: string, owner: Partial<LockOwner>): Promise<void> {
    const folder = join(store, "write.lock", "a-token");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "owner.json"), JSON.stringify({ ...(await ownerHere()), ...owner }));
  }

  const deadProcess = () => spawnSync(process.execPath, ["--version"]).pid;

  it.each([
    ["that is gone", (): Partial<LockOwner> => ({ pid: deadProcess() })] as const,
    // Windows does not tell when a process started.
    ...(process.platform === "win32"
      ? []
      : [["whose id another has now", () => ({ started: "1" })] as const]),
  ])("of a process %s is taken at once, by one of many", async (_what, owner) => {
    const store = await temporaryFolder("lock");
    await lockOf(store, owner());
    const started = performance.now();
    const attempts = await Promise.all(Array.from({ length: 8 }, () => tryStoreLock(store)));
    const taken = attempts.filter((attempt) => typeof attempt !== "string");
    expect(taken).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2_000);
    await Promise.all(taken.map((lock) => lock.release()));
    expect(await readdir(store)).toEqual([]);
  });

  // The one system here that keeps such processes and shows them.
  if (process.platform === "linux")
    it("of a process that nobody has waited for is taken at once", async () => {
      const store = await temporaryFolder("lock");
      // The shell's child ends, and what the shell has become long before never asks how.
      const parent = spawn("sh", ["-c", "sleep 1 & echo $!; exec sleep 30"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const [line] = (await once(parent.stdout, "data")) as [Buffer];
      const pid = Number(line.toString());
      while (!(await readFile(`/proc/${pid}/stat`, "utf8")).includes(") Z ")) await pause(10);
      await lockOf(store, { pid });
      const lock = await tryStoreLock(store);
      parent.kill();
      expect(lock).not.toBeTypeOf("string");
    });

  it.each([
    ["on another machine", { pid: 1, host: "elsewhere" }, "process 1 on elsewhere"],
    ["in another container", { pid: 1, space: "other ids" }, `process 1 on ${hostname()}`],
  ])("of a process %s is respected while it shows signs of life", async (_what, owner, holder) => {
    const store = await temporaryFolder("lock");
    await lockOf(store, owner);
    const times = { stale: 300, heartbeat: 50 };
    expect(await tryStoreLock(store, times)).toBe(holder);
    await pause(350);
    const lock = await tryStoreLock(store, times);
    expect(lock).not.toBeTypeOf("string");
    if (typeof lock !== "string") await lock.release();
  });

  it("that was lost is noticed, and what its holder makes goes nowhere", async () => {
    const store = await temporaryFolder("lock");
    const times = { stale: 60_000, heartbeat: 20 };
    const lock = await acquireStoreLock(store, () => undefined, never, times);
    await rename(lock.folder, join(store, ".tmp-taken-over"));
    const next = await tryStoreLock(store, times);
    await expect(writeFile(join(lock.folder, "made"), "")).rejects.toMatchObject({ code: "ENOENT" });
    await pause(100);
    expect(lock.lost.aborted).toBe(true);
    await lock.release();
    expect(typeof next === "string" || (await readdir(next.folder))).toEqual(["owner.json"]);
    if (typeof next !== "string") await next.release();
  });

  it("of an earlier version is respected while it shows signs of life", async () => {
    const store = await temporaryFolder("lock");
    await mkdir(join(store, "write.lock"));
    const note = join(store, "write.lock.json");
    await writeFile(note, JSON.stringify({ pid: process.pid, host: hostname() }));
    expect(await tryStoreLock(store)).toBe(`process ${process.pid} on ${hostname()}`);
    await writeFile(note, JSON.stringify({ pid: deadProcess(), host: hostname() }));
    const lock = await tryStoreLock(store);
    expect(lock).not.toBeTypeOf("string");
    if (typeof lock !== "string") await lock.release();
    expect(await readdir(store)).toEqual([]);
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
    await truncate(join(folder, name), 3 * (32 + 64 + 4) + 50);
    const again = createVectorCache(folder, identity);
    expect((await again.load()).size).toBe(3);
    await again.append(entries.slice(4));
    expect([...(await again.load()).keys()]).toEqual([0, 1, 2, 4].map((index) => entries[index]?.hash));
  });

  it("notices a flipped bit wherever it is, and keeps the other vectors", async () => {
    const folder = await temporaryFolder("cache");
    await createVectorCache(folder, identity).append(entries);
    const path = join(folder, (await readdir(folder))[0] ?? "");
    const whole = await readFile(path);
    const record = 32 + 64 + 4;
    for (let bit = 0; bit < record * 8; bit++) {
      const bytes = Buffer.from(whole);
      const at = record + Math.floor(bit / 8);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
      await writeFile(path, bytes);
      const found = await createVectorCache(folder, identity).load();
      expect([...found.keys()], `bit ${bit}`).toEqual([0, 2, 3, 4].map((index) => entries[index]?.hash));
    }
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
