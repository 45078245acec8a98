/** What can go wrong with a store between two runs, drawn at random from a seed: each is said with its remedy, and the rest works. */
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createIndexing } from "../../../src/adapters/engine/indexing";
import { createSearching } from "../../../src/adapters/engine/searching";
import { createSets, type Sets } from "../../../src/adapters/engine/sets";
import { readSource } from "../../../src/adapters/indexing/readSource";
import { sha256 } from "../../../src/adapters/store/checksum";
import { FailureError } from "../../../src/core/failure";
import { failureText } from "../../../src/core/failureText";
import type { SearchableSet } from "../../../src/core/search/searchableSet";
import { builtPackage } from "../embedding/builtThread";
import { hashingEmbedder } from "./hashingEmbedder";
import { folderOf, markdown, temporaryFolder } from "./smallDocuments";

const never = new AbortController().signal;
const nowhere = "/nowhere";
let folder: string;
let store: string;

beforeEach(async () => {
  folder = await folderOf({ "one.md": markdown("One", 1, 2), "two.md": markdown("Two", 2, 2) });
  store = await temporaryFolder("store");
});
afterEach(async () => {
  await Promise.all([folder, store].map((path) => rm(path, { recursive: true, force: true })));
});

/** As a process that starts now sees the store. */
const fresh = (): Sets =>
  createSets({ packageRoot: nowhere, defaultStore: store, chosenEmbedder: hashingEmbedder(0) });

const index = (...paths: readonly string[]) =>
  createIndexing({ sets: fresh(), defaultStore: store }).index(
    { sources: paths.map((path) => ({ path, origin: path })) },
    () => undefined,
    never,
  );

/** All that a search can make of a set: its texts and the cosines of all its vectors with a question. */
async function contentOf(set: SearchableSet, question: Float32Array): Promise<string> {
  const near = await set.nearest(question, 100, never);
  return JSON.stringify([set.chunks.map(({ text }) => text), near]);
}

async function contents(sets: Sets): Promise<ReadonlyMap<string, string>> {
  const question = await (await sets.embedder(never)).embedQuery("a question", never);
  const opened = await sets.openAll(store, never).catch((error: unknown) => {
    if (error instanceof FailureError) return [];
    throw error;
  });
  return new Map(
    await Promise.all(opened.map(async (set) => [set.set.id, await contentOf(set, question)] as const)),
  );
}

async function filesOfSets(): Promise<readonly string[]> {
  const root = join(store, "sets");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).sort();
}

/** A linear congruential generator with the constants of Numerical Recipes, chapter 7.1. */
function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("a flipped bit anywhere in a store", { timeout: 60_000 }, () => {
  it("is said of its set, with the remedy, and gives nobody another text or vector", async () => {
    await index(join(folder, "one.md"), join(folder, "two.md"));
    const whole = await contents(fresh());
    expect(whole.size).toBe(2);
    const files = await filesOfSets();
    expect(files).toHaveLength(6);
    const draw = draws(20_261_126);
    for (let flip = 0; flip < 60; flip++) {
      const path = files[flip % files.length] ?? "";
      const bytes = await readFile(path);
      const [at, bit] = [draw(bytes.length), draw(8)];
      const what = `${path}, byte ${at}, bit ${bit}`;
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      await writeFile(path, flipped);
      const sets = fresh();
      const list = await sets.list(store, never);
      const usable = await contents(sets);
      expect(list, what).toHaveLength(2);
      const hurt = list.filter((set) => set.unusable);
      for (const { reason } of hurt) expect(reason, what).toMatch(/is damaged|this Docwright uses/);
      // What is still answered from is what was written, and of the two sets one at most is hurt.
      expect(hurt.length + usable.size, what).toBe(2);
      expect(usable.size, what).toBeGreaterThanOrEqual(1);
      for (const [id, content] of usable) expect(content, what).toBe(whole.get(id));
      await writeFile(path, bytes);
    }
  });

  it.each(["manifest.json", "passages.jsonl", "index.dwvx"])(
    "in %s is mended by indexing again",
    async (file) => {
      await index(join(folder, "one.md"), join(folder, "two.md"));
      const whole = await contents(fresh());
      const path = (await filesOfSets()).find((each) => each.includes("one-") && each.endsWith(file)) ?? "";
      const bytes = await readFile(path);
      const at = draws(7)(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      await writeFile(path, bytes);
      expect((await contents(fresh())).size).toBe(1);
      await index(join(folder, "one.md"));
      expect(await contents(fresh())).toEqual(whole);
      expect((await fresh().list(store, never)).map(({ state }) => state)).toEqual(["ready", "ready"]);
    },
  );
});

describe("the same file", { timeout: 60_000 }, () => {
  it("indexed twice, one run after the other, is one set and is not embedded again", async () => {
    const path = join(folder, "one.md");
    const first = await index(path);
    const before = await contents(fresh());
    const second = await index(path);
    expect(second).toMatchObject({ read: 0, unchanged: 1, embedded: 0, passedOver: [] });
    expect(second.sets.map(({ id }) => id)).toEqual(first.sets.map(({ id }) => id));
    expect(await contents(fresh())).toEqual(before);
  });

  it("named twice in one run, or by two runs at once, is one set", async () => {
    const path = join(folder, "one.md");
    await index(path, path);
    await Promise.all([index(path), index(path)]);
    const list = await fresh().list(store, never);
    expect(list.map(({ name, state }) => [name, state])).toEqual([["One", "ready"]]);
    expect((await contents(fresh())).size).toBe(1);
  });
});

describe("a file that vanishes", { timeout: 60_000 }, () => {
  it("is not found, and what was indexed of it still answers", async () => {
    const path = join(folder, "one.md");
    await index(path);
    const before = await contents(fresh());
    await rm(path);
    const failure = await index(path).catch((error: unknown) => (error as FailureError).failure);
    expect(failure).toEqual({ kind: "not-found", path });
    expect(failureText(failure as FailureError["failure"]).remedy).toBe("Check the path.");
    expect(await contents(fresh())).toEqual(before);
    const searching = createSearching({ sets: fresh(), packageRoot: nowhere, defaultStore: store });
    const reply = await searching.search({ question: "server.port", count: 1, store }, never);
    expect(reply.results[0]?.text).toContain("server.port");
  });

  it("while a folder is read keeps its passages, and is said", async () => {
    await index(folder);
    const sets = fresh();
    const [name] = await readdir(join(store, "sets"));
    const earlier = await sets.load(join(store, "sets", name ?? ""), never);
    if (!earlier) throw new Error("nothing was indexed");
    const read = await readSource(
      {
        source: { path: folder, origin: folder },
        earlier: [earlier],
        onDocument: ({ label }) => {
          if (label === "one.md") removed.push(rm(join(folder, "two.md")));
        },
      },
      never,
    );
    await Promise.all(removed);
    expect(read.documents.map(({ entry, chunks }) => [entry.path, chunks.length])).toEqual([
      ["one.md", 2],
      ["two.md", 2],
    ]);
    expect(read.passedOver).toEqual([
      {
        path: join(folder, "two.md"),
        why: `${join(folder, "two.md")} does not exist. Its passages of before are kept.`,
      },
    ]);
  });
  const removed: Promise<void>[] = [];
});

describe("a store of the schema before", { timeout: 60_000 }, () => {
  let sets: Sets;
  beforeAll(async () => {
    sets = createSets({ packageRoot: await builtPackage(), defaultStore: nowhere });
  }, 60_000);
  beforeEach(() =>
    cp(resolve(import.meta.dirname, "../../fixtures/store-schema-1"), store, { recursive: true }),
  );
  const manifest = () => join(store, "sets", "notes-f552cb1371", "manifest.json");

  it("is read where its passages are cut as they are today", async () => {
    const { manifest: content } = JSON.parse(await readFile(manifest(), "utf8")) as { manifest: object };
    const { chunkerVersion } = await import("../../../src/core/document/chunkerVersion");
    const today = { ...content, chunker: chunkerVersion };
    await writeFile(manifest(), JSON.stringify({ sha256: sha256(JSON.stringify(today)), manifest: today }));
    expect(await sets.list(store, never)).toMatchObject([{ name: "Notes", state: "ready", embedded: 3 }]);
    const [set] = await sets.openAll(store, never);
    expect(set?.chunks[0]?.text).toContain("server.port");
    const question = await (await sets.embedder(never)).embedQuery("zero picks a free port", never);
    expect((await set?.nearest(question, 1, never))?.[0]?.position).toBe(0);
  });

  it("is to be indexed again where they are not, and says so", async () => {
    const [set] = await sets.list(store, never);
    expect(set).toMatchObject({ state: "stale", unusable: true });
    expect(set?.reason).toMatch(/was made with chunker 1; this Docwright uses \d/);
    await expect(sets.openAll(store, never)).rejects.toMatchObject({
      failure: { kind: "index-mismatch", what: "chunker" },
    });
  });
});
