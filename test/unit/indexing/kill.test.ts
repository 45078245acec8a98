/** Real processes that are killed with SIGKILL, and two that want to write at once. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSets, type Sets } from "../../../src/adapters/engine/sets";
import { builtPackage } from "../embedding/builtThread";
import { createKillRig, seeded } from "./killRig";
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

describe("a killed run", { timeout: 300_000 }, () => {
  it(`leaves the earlier index or the new one, with or without its vectors, ${kills} times`, async () => {
    const rig = await createKillRig(packageRoot, seeded(4));
    const outcomes = new Set<string>();
    for (let number = 0; number < kills; number++) outcomes.add((await rig.kill(number)).outcome);
    expect(outcomes).toContain("old");
    const [only, ...rest] = (await rig.finish()).filter((path) => path.includes("g-"));
    // What the killed runs left is gone.
    expect([only, ...rest].map((path) => path?.replace(/^.*g-\d+/, ""))).toEqual([
      "",
      "/passages.jsonl",
      "",
      "/index.dwvx",
    ]);
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
    while ((await cachedBytes()) < 2 * (32 + 384 * 4 + 4)) await pause(20);
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
