import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createIndexing } from "../../../src/adapters/engine/indexing";
import { createSets, type Sets } from "../../../src/adapters/engine/sets";
import { sha256 } from "../../../src/adapters/store/checksum";
import { acquireStoreLock } from "../../../src/adapters/store/storeLock";
import { builtPackage } from "../embedding/builtThread";
import { folderOf, markdown, temporaryFolder } from "./smallDocuments";

const never = new AbortController().signal;
let sets: Sets;
let store: string;
let good: string;
let bad: string;

beforeAll(async () => {
  sets = createSets({ packageRoot: await builtPackage(), defaultStore: "/nowhere" });
}, 60_000);
afterAll(() => sets.close());

/** A store with two sets; what the tests break is the set `bad`. */
beforeEach(async () => {
  store = await temporaryFolder("store");
  const folder = await folderOf({ "good.md": markdown("Good", 1, 1), "bad.md": markdown("Bad", 2, 1) });
  const sources = ["good.md", "bad.md"].map((name) => ({
    path: join(folder, name),
    origin: join(folder, name),
  }));
  const report = await createIndexing({ sets, defaultStore: store }).index(
    { sources },
    () => undefined,
    never,
  );
  [good = "", bad = ""] = report.sets.map(({ id }) => id);
}, 60_000);

const setFolder = (id: string) => join(store, "sets", id);

async function flipByte(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] ?? 0) ^ 0x04;
  await writeFile(path, bytes);
}

async function editManifest(change: (manifest: Record<string, unknown>) => void): Promise<void> {
  const path = join(setFolder(bad), "manifest.json");
  const { manifest } = JSON.parse(await readFile(path, "utf8")) as { manifest: Record<string, unknown> };
  change(manifest);
  await writeFile(path, JSON.stringify({ sha256: sha256(JSON.stringify(manifest)), manifest }));
}

/** Words come into force first, vectors with the next generation. */
const passages = () => join(setFolder(bad), "g-1", "passages.jsonl");
const vectors = () => join(setFolder(bad), "g-2", "index.dwvx");

describe("a set that is not as it should be", { timeout: 60_000 }, () => {
  it.each([
    ["a flipped bit in a vector", async () => flipByte(vectors(), 900)],
    ["a flipped bit in the passages", async () => flipByte(passages(), 120)],
    ["a flipped bit in the manifest", async () => flipByte(join(setFolder(bad), "manifest.json"), 300)],
    ["an index cut off", async () => writeFile(vectors(), "DWVX")],
    ["passages that are gone", async () => rm(passages())],
    ["an index that is gone", async () => rm(vectors())],
    ["an empty manifest", async () => writeFile(join(setFolder(bad), "manifest.json"), "")],
  ])("is damaged by %s, and the others are not", async (_what, damage) => {
    await damage();
    const list = await sets.list(store, never);
    expect(list.map(({ id, state }) => [id, state]).sort()).toEqual(
      [
        [good, "ready"],
        [bad, "damaged"],
      ].sort(),
    );
    expect(list.find(({ id }) => id === bad)?.reason).toMatch(/is damaged|was made with/);
    expect((await sets.openAll(store, never)).map(({ set }) => set.id)).toEqual([good]);
    await expect(sets.open(store, bad, never)).rejects.toMatchObject({ failure: { kind: "index-damaged" } });
  });

  it.each([
    [
      "model",
      (manifest: Record<string, unknown>) => Object.assign(manifest["embedding"] ?? {}, { model: "other" }),
    ],
    [
      "dimensions",
      (manifest: Record<string, unknown>) => Object.assign(manifest["embedding"] ?? {}, { dimensions: 8 }),
    ],
    [
      "prefix",
      (manifest: Record<string, unknown>) => Object.assign(manifest["embedding"] ?? {}, { queryPrefix: "q" }),
    ],
    ["chunker", (manifest: Record<string, unknown>) => Object.assign(manifest, { chunker: 0 })],
    ["schema", (manifest: Record<string, unknown>) => Object.assign(manifest, { schema: 99 })],
  ])("is refused with a remedy when its %s is another", async (what, change) => {
    await editManifest(change);
    await expect(sets.open(store, bad, never)).rejects.toMatchObject({ failure: { kind: "index-mismatch" } });
    expect((await sets.openAll(store, never)).map(({ set }) => set.id)).toEqual([good]);
    expect((await sets.list(store, never)).find(({ id }) => id === bad)).toMatchObject({
      state: what === "schema" ? "damaged" : "stale",
      unusable: true,
      reason: expect.stringContaining("this Docwright uses") as string,
    });
  });

  it("throws its failure when there is no other", async () => {
    await sets.remove(store, good, never);
    await rm(vectors());
    await expect(sets.openAll(store, never)).rejects.toMatchObject({ failure: { kind: "index-damaged" } });
  });
});

describe("the sets of a store", { timeout: 60_000 }, () => {
  it("are read again only when their manifest was replaced", async () => {
    const first = await sets.open(store, good, never);
    expect(await sets.open(store, good, never)).toBe(first);
    const manifest = join(setFolder(good), "manifest.json");
    await writeFile(`${manifest}.new`, await readFile(manifest));
    await rename(`${manifest}.new`, manifest);
    const second = await sets.open(store, good, never);
    expect(second).not.toBe(first);
    expect(second.chunks).toEqual(first.chunks);
  });

  it("can be removed one by one", async () => {
    await sets.remove(store, bad, never);
    expect((await sets.list(store, never)).map(({ id }) => id)).toEqual([good]);
    await expect(stat(setFolder(bad))).rejects.toThrow();
    await expect(sets.remove(store, bad, never)).rejects.toMatchObject({ failure: { kind: "no-index" } });
    await expect(sets.remove(store, "../..", never)).rejects.toMatchObject({ failure: { kind: "no-index" } });
  });

  it("are not removed while another writes", async () => {
    const lock = await acquireStoreLock(store, () => undefined, never);
    await expect(sets.remove(store, bad, never)).rejects.toMatchObject({
      failure: { kind: "locked", holder: expect.stringContaining(`${process.pid}`) as string },
    });
    await lock.release();
    await sets.remove(store, bad, never);
    expect(await readdir(store)).toEqual(["sets"]);
  });

  it("are none where there is no store", async () => {
    expect(await sets.list(join(store, "nowhere"), never)).toEqual([]);
    expect(await sets.openAll(join(store, "nowhere"), never)).toEqual([]);
    await expect(sets.open(store, "none", never)).rejects.toMatchObject({ failure: { kind: "no-index" } });
  });
});
