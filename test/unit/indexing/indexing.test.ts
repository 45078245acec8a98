import { appendFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createIndexing, type Indexing } from "../../../src/adapters/engine/indexing";
import { createSets, type Sets } from "../../../src/adapters/engine/sets";
import type { IndexProgress, IndexRequest } from "../../../src/core/engine";
import { builtPackage } from "../embedding/builtThread";
import { folderOf, markdown, temporaryFolder } from "./smallDocuments";

const never = new AbortController().signal;
let sets: Sets;
let indexing: Indexing;

beforeAll(async () => {
  sets = createSets({ packageRoot: await builtPackage(), defaultStore: "/nowhere" });
  indexing = createIndexing({ sets, defaultStore: "/nowhere" });
}, 60_000);
afterAll(() => sets.close());

function index(store: string, paths: readonly string[], more: Partial<IndexRequest> = {}) {
  const sources = paths.map((path) => ({ path, origin: path }));
  return indexing.index({ sources, store, ...more }, () => undefined, never);
}

const names = async (store: string) => (await sets.list(store, never)).map(({ name }) => name);

describe("indexing", { timeout: 120_000 }, () => {
  it("makes a set of a file, found by meaning, and proves it", async () => {
    const store = await temporaryFolder("store");
    const path = join(await folderOf({ "server.md": markdown("Server notes", 1) }), "server.md");
    const progress: IndexProgress[] = [];
    const request = { sources: [{ path, origin: path }], store };
    const report = await indexing.index(request, (each) => progress.push(each), never);
    expect(report).toMatchObject({ read: 1, unchanged: 0, passedOver: [], reused: 0 });
    const all = report.embedded;
    expect(report.check).toEqual({ asked: all, byVectors: all, byWords: all });
    expect(report.sets).toMatchObject([{ name: "Server notes", state: "ready", documents: 1, origin: path }]);
    expect([...new Set(progress.map(({ phase }) => phase))]).toEqual([
      "reading",
      "embedding",
      "storing",
      "checking",
    ]);
    expect(progress.at(-1)).toMatchObject({
      passages: all,
      passagesTotal: all,
      documents: 1,
      documentsTotal: 1,
    });
    expect(progress.some(({ perSecond, secondsLeft }) => perSecond !== undefined && secondsLeft === 0)).toBe(
      true,
    );
    const [set] = await sets.openAll(store, never);
    const question = await (
      await sets.embedder(never)
    ).embedQuery("many cheap threads on a modern JVM", never);
    const [best] = (await set?.nearest(question, 3, never)) ?? [];
    expect(set?.chunks[best?.position ?? -1]?.headingPath.at(-1)).toContain("Virtual threads");
  });

  it("does only what changed, and answers at once when nothing did", async () => {
    const store = await temporaryFolder("store");
    const folder = await folderOf({ "a.md": markdown("A", 1, 4), "deep/b.md": markdown("B", 2, 4) });
    const first = await index(store, [folder]);
    const again = await index(store, [folder]);
    expect(again).toMatchObject({ read: 0, unchanged: 2, embedded: 0, reused: 0, sets: first.sets });
    await appendFile(join(folder, "deep/b.md"), "\n## One more\n\nA heading that was not there before.\n");
    const changed = await index(store, [folder]);
    expect(changed).toMatchObject({ read: 1, unchanged: 1, embedded: 1, reused: first.embedded });
    await rm(join(folder, "a.md"));
    const fewer = await index(store, [folder]);
    expect(fewer).toMatchObject({ read: 0, unchanged: 1, embedded: 0, sets: [{ documents: 1 }] });
    expect(await names(store)).toHaveLength(1);
  });

  it("adds to a store and never replaces what came from elsewhere", async () => {
    const store = await temporaryFolder("store");
    const folder = await folderOf({
      "a.md": markdown("Same title", 1, 2),
      "b.md": markdown("Same title", 1, 2),
    });
    await index(store, [join(folder, "a.md")]);
    const second = await index(store, [join(folder, "b.md")], { name: "Mine" });
    expect(second).toMatchObject({ embedded: 0 }); // the same passages, so their vectors are there
    expect(second.reused).toBeGreaterThan(0);
    expect(await names(store)).toEqual(["Mine", "Same title"]);
  });

  it("indexes what can be read and says what cannot", async () => {
    const store = await temporaryFolder("store");
    const broken = { "broken.pdf": "%PDF-1.7\nnothing more", "photo.raw": "x", "empty.md": "" };
    const folder = await folderOf({ "a.md": markdown("A", 1, 2), ...broken });
    const report = await index(store, [folder]);
    expect(report.sets).toMatchObject([{ documents: 1, state: "ready" }]);
    expect(report.passedOver.map(({ path }) => path.slice(folder.length + 1)).sort()).toEqual([
      "broken.pdf",
      "empty.md",
      "photo.raw",
    ]);
    for (const { why } of report.passedOver) expect(why).toMatch(/\w+ \w+/);
  });

  it("fails when nothing can be read, and leaves the store as it was", async () => {
    const store = await temporaryFolder("store");
    const folder = await folderOf({ "empty.md": "" });
    await expect(index(store, [folder])).rejects.toMatchObject({
      failure: { kind: "document-unreadable", why: "empty" },
    });
    const missing = join(folder, "missing.md");
    await expect(index(store, [missing])).rejects.toMatchObject({
      failure: { kind: "not-found", path: missing },
    });
    expect(await sets.list(store, never)).toEqual([]);
  });

  it("goes on with the other sources when one fails", async () => {
    const store = await temporaryFolder("store");
    const folder = await folderOf({ "a.md": markdown("A", 1, 2) });
    const report = await index(store, [join(folder, "no.md"), join(folder, "a.md")]);
    expect(report.passedOver).toMatchObject([{ path: join(folder, "no.md") }]);
    expect(await names(store)).toEqual(["A"]);
  });

  it("keeps versions apart, and takes an old one's place when the same path changes its version", async () => {
    const store = await temporaryFolder("store");
    const versioned = (version: string) => `---\nspring-boot: ${version}\n---\n${markdown(`Guide`, 1, 2)}`;
    const folder = await folderOf({ "old/index.md": versioned("3.2.1"), "new/index.md": versioned("3.3.0") });
    await writeFile(join(folder, "old/page.md"), markdown("A page that says nothing", 7, 1));
    const report = await index(store, [folder]);
    const versions = report.sets.map(({ springBootVersion, documents }) => [springBootVersion, documents]);
    expect(versions.sort()).toEqual([
      ["3.2.1", 2],
      ["3.3.0", 1],
    ]);
    await rm(join(folder, "new"), { recursive: true });
    await writeFile(join(folder, "old/index.md"), versioned("3.2.2"));
    await index(store, [folder]);
    expect((await sets.list(store, never)).map(({ springBootVersion }) => springBootVersion)).toEqual([
      "3.2.2",
    ]);
  });

  it("answers by the new words when it is cancelled, and can be run again", async () => {
    const store = await temporaryFolder("store");
    const path = join(await folderOf({ "a.md": markdown("A", 1, 2) }), "a.md");
    await index(store, [path]);
    await writeFile(path, markdown("A", 2, 30));
    const controller = new AbortController();
    const run = indexing.index(
      { sources: [{ path, origin: path }], store },
      ({ phase, passages }) => phase === "embedding" && passages > 2 && controller.abort(),
      controller.signal,
    );
    await expect(run).rejects.toMatchObject({ name: "AbortError" });
    expect(await sets.list(store, never)).toMatchObject([
      { state: "lexical", passages: 30, reason: "30 of 30 passages have no vector yet." },
    ]);
    const report = await index(store, [path]);
    expect(report.reused).toBeGreaterThan(0); // the cancelled run's vectors
    expect(report.sets).toMatchObject([{ passages: report.reused + report.embedded }]);
    expect((await readdir(store)).sort()).toEqual(["sets"]);
  });

  it("says that a store cannot be written", async () => {
    const folder = await folderOf({ "a.md": markdown("A", 1, 1), store: "a file, where a folder is wanted" });
    await expect(index(join(folder, "store"), [join(folder, "a.md")])).rejects.toMatchObject({
      failure: { kind: "not-writable" },
    });
  });
});
