/** A document answers by its words at once, and by its vectors when they are there. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { createIndexing } from "../../../src/adapters/engine/indexing";
import { createSearching } from "../../../src/adapters/engine/searching";
import { createSets } from "../../../src/adapters/engine/sets";
import type { Embedder } from "../../../src/core/embedder";
import { FailureError } from "../../../src/core/failure";
import { builtPackage } from "../embedding/builtThread";
import { hashingEmbedder } from "./hashingEmbedder";
import { folderOf, markdown, temporaryFolder } from "./smallDocuments";
import { spawner } from "./spawnIndexing";

const never = new AbortController().signal;
let packageRoot: string;

beforeAll(async () => {
  packageRoot = await builtPackage();
}, 60_000);

/** An engine's sets and search over a store, with the embedder that the test wants. */
function engineOn(store: string, change: (embedder: Embedder) => Embedder = (embedder) => embedder) {
  const fake = hashingEmbedder(0);
  const sets = createSets({
    packageRoot,
    defaultStore: store,
    chosenEmbedder: { ...fake, get: async (signal) => change(await fake.get(signal)) },
  });
  const indexing = createIndexing({ sets, defaultStore: store });
  return {
    list: () => sets.list(store, never),
    index: (path: string) =>
      indexing.index({ sources: [{ path, origin: path }], store }, () => undefined, never),
    async search(question: string) {
      const searching = createSearching({ sets, packageRoot, defaultStore: store });
      return (await searching.search({ question, count: 5, store }, never)).results;
    },
  };
}

describe("a document that is being indexed", { timeout: 60_000 }, () => {
  it("answers by words in another process until its vectors are there", async () => {
    const store = await temporaryFolder("store");
    const path = join(await folderOf({ "notes.md": markdown("Notes", 1, 60) }), "notes.md");
    const engine = engineOn(store);
    const run = (await spawner(packageRoot))(store, path, "slow");
    await run.reached("embedding");
    expect(await engine.list()).toMatchObject([
      { state: "lexical", embedded: 0, reason: "60 of 60 passages have no vector yet." },
    ]);
    expect((await engine.search("graceful stop deadline"))[0]).toMatchObject({
      foundBy: [{ leg: "lexical" }],
    });
    expect(run.phases).not.toContain("storing");
    await run.ended;
    expect(await engine.list()).toMatchObject([{ state: "ready", embedded: 60 }]);
    const [found] = await engine.search("graceful stop deadline");
    expect(found?.text).toContain("graceful stop");
  });

  it("keeps the vectors of what did not change while the rest is embedded", async () => {
    const store = await temporaryFolder("store");
    const path = join(await folderOf({ "notes.md": markdown("Notes", 1, 10) }), "notes.md");
    await engineOn(store).index(path);
    await writeFile(path, markdown("Notes", 1, 12));
    const broken = engineOn(store, (embedder) => ({
      ...embedder,
      embedDocuments: () => Promise.reject(new FailureError({ kind: "embedder-failed", cause: "no memory" })),
    }));
    await expect(broken.index(path)).rejects.toMatchObject({ failure: { kind: "embedder-failed" } });
    expect(await broken.list()).toMatchObject([
      {
        state: "partial",
        passages: 12,
        embedded: 10,
        reason: "2 of 12 passages have no vector yet. The embedding model failed: no memory.",
      },
    ]);
    const report = await engineOn(store).index(path);
    expect(report).toMatchObject({ embedded: 2, reused: 10, unchanged: 1, sets: [{ state: "ready" }] });
    expect(report.sets[0]).not.toHaveProperty("reason");
  });

  it("answers by words when nothing can be embedded, and says why", async () => {
    const store = await temporaryFolder("store");
    const path = join(await folderOf({ "notes.md": markdown("Notes", 1, 10) }), "notes.md");
    const dead = engineOn(store, () => {
      throw new FailureError({ kind: "ollama-unreachable", host: "http://127.0.0.1:9" });
    });
    await expect(dead.index(path)).rejects.toMatchObject({ failure: { kind: "ollama-unreachable" } });
    expect(await dead.list()).toMatchObject([
      {
        state: "lexical",
        reason: "10 of 10 passages have no vector yet. No Ollama server answers at http://127.0.0.1:9.",
      },
    ]);
  });

  it("leaves out the one text that cannot be embedded", async () => {
    const store = await temporaryFolder("store");
    const path = join(await folderOf({ "notes.md": markdown("Notes", 1, 10) }), "notes.md");
    const choking = engineOn(store, (embedder) => ({
      ...embedder,
      async embedDocuments(texts, signal) {
        await pause(1);
        if (texts.some((text) => text.includes("remark 1003"))) {
          throw new FailureError({
            kind: "embedder-failed",
            cause: "it returned a vector of length 0 for a text",
          });
        }
        return embedder.embedDocuments(texts, signal);
      },
    }));
    const report = await choking.index(path);
    expect(report.sets).toMatchObject([
      { state: "partial", embedded: 9, reason: expect.stringMatching(/^1 of 10 .*length 0/) as string },
    ]);
    expect(await engineOn(store).index(path)).toMatchObject({ embedded: 1, sets: [{ state: "ready" }] });
  });
});
