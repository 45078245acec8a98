/** Real processes that are killed with SIGKILL, and two that want to write at once. */
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSets, type Sets } from "../../../src/adapters/engine/sets";
import { hashingEmbedder } from "./hashingEmbedder";
import { builtPackage } from "../embedding/builtThread";
import { folderOf, markdown, temporaryFolder } from "./smallDocuments";
import { spawner } from "./spawnIndexing";

const never = new AbortController().signal;
const kills = 20;
let packageRoot: string;
let sets: Sets;
let start: Awaited<ReturnType<typeof spawner>>;

beforeAll(async () => {
  packageRoot = await builtPackage();
  sets = createSets({ packageRoot, defaultStore: "/nowhere" });
  start = await spawner(packageRoot);
}, 60_000);
afterAll(() => sets.close());

/** The edition that all passages of the one set of an origin belong to; a set without vectors has to say so. */
async function editionOf(sets: Sets, store: string, origin: string): Promise<number> {
  const set = (await sets.openAll(store, never)).find((each) => each.set.origin === origin);
  if (!set) throw new Error("the set is gone");
  const editions = new Set(set.chunks.map(({ text }) => /edition (\d+)/.exec(text)?.[1]));
  expect(editions.size).toBe(1);
  expect(set.set.passages).toBe(set.chunks.length);
  if (set.set.state === "lexical")
    expect(set.set).toMatchObject({
      embedded: 0,
      reason: expect.stringContaining("no vector yet") as string,
    });
  else {
    expect(set.set).toMatchObject({ state: "ready", embedded: set.chunks.length });
    const [first] = set.chunks;
    const vector = await (await sets.embedder(never)).embedQuery(first?.text ?? "", never);
    expect((await set.nearest(vector, 1, never))[0]?.similarity).toBeCloseTo(1, 3);
  }
  return Number([...editions][0]);
}

describe("a killed run", { timeout: 300_000 }, () => {
  it(`leaves the earlier index or the new one, with or without its vectors, ${kills} times`, async () => {
    const store = await temporaryFolder("store");
    // The model is no part of what a kill can break, and twenty loads of it are a minute.
    const fakes = createSets({ packageRoot, defaultStore: store, chosenEmbedder: hashingEmbedder(0) });
    const path = join(await folderOf({ "notes.md": markdown("Notes", 1, 40) }), "notes.md");
    const began = performance.now();
    await start(store, path, "fake").ended;
    const whole = performance.now() - began;
    for (let kill = 0; kill < kills; kill++) {
      const before = await editionOf(fakes, store, path);
      const next = before === 1 ? 2 : 1;
      await writeFile(path, markdown("Notes", next, 40));
      const run = start(store, path, "fake");
      if (kill % 2 === 0) await pause((whole * (kill + 1)) / (kills + 1));
      else {
        await run.reached(kill % 4 === 1 ? "storing" : "checking");
        await pause(kill * 2);
      }
      run.child.kill("SIGKILL");
      await run.ended;
      const after = await editionOf(fakes, store, path);
      expect([before, next]).toContain(after);
    }
    const last = (await editionOf(fakes, store, path)) === 1 ? 2 : 1;
    await writeFile(path, markdown("Notes", last, 40));
    const run = start(store, path, "fake");
    await run.ended;
    expect(run.phases).toContain("done");
    expect(await editionOf(fakes, store, path)).toBe(last);
    // What the killed runs left is gone.
    const folders = await readdir(join(store, "sets"));
    for (const folder of folders) expect(await readdir(join(store, "sets", folder))).toHaveLength(3);
    expect(folders).toHaveLength(1);
    expect((await readdir(store)).sort()).toEqual(["sets"]);
  });

  it("goes on with the vectors that it had", async () => {
    const store = await temporaryFolder("store");
    const path = join(await folderOf({ "long.md": markdown("Long", 3, 30) }), "long.md");
    const killed = start(store, path);
    await killed.reached("embedding");
    const cachedBytes = async () => {
      const name = (await readdir(store)).find((each) => each.endsWith(".cache"));
      return name === undefined ? 0 : (await stat(join(store, name))).size;
    };
    while ((await cachedBytes()) < 2 * (32 + 384 * 4)) await pause(20);
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect(await sets.list(store, never)).toMatchObject([{ state: "lexical", passages: 30 }]);
    const { createIndexing } = await import("../../../src/adapters/engine/indexing");
    const report = await createIndexing({ sets, defaultStore: store }).index(
      { sources: [{ path, origin: path }] },
      () => undefined,
      never,
    );
    expect(report.reused).toBeGreaterThan(0);
    expect(report.reused + report.embedded).toBe(report.sets[0]?.passages);
  });
});

describe("two processes that index into one store", { timeout: 120_000 }, () => {
  it("take turns, and nothing is lost", async () => {
    const store = await temporaryFolder("store");
    const folder = await folderOf({ "a.md": markdown("A", 4, 4), "b.md": markdown("B", 5, 4) });
    const runs = [start(store, join(folder, "a.md")), start(store, join(folder, "b.md"))];
    await Promise.all(runs.map(({ ended }) => ended));
    expect(runs.map(({ phases }) => phases.at(-1))).toEqual(["done", "done"]);
    expect(runs.filter(({ phases }) => phases.includes("waiting"))).toHaveLength(1);
    expect((await sets.list(store, never)).map(({ name, state }) => [name, state])).toEqual([
      ["A", "ready"],
      ["B", "ready"],
    ]);
  });
});
