import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createIndexing, type Indexing } from "../../../src/adapters/engine/indexing";
import { createSets, type Sets } from "../../../src/adapters/engine/sets";
import type { IndexProgress } from "../../../src/core/engine";
import { builtPackage } from "../embedding/builtThread";
import { folderOf, markdown, temporaryFolder } from "./smallDocuments";

const never = new AbortController().signal;
let packageRoot: string;
let sets: Sets;
let indexing: Indexing;

beforeAll(async () => {
  packageRoot = await builtPackage();
  sets = createSets({ packageRoot, defaultStore: "/nowhere" });
  indexing = createIndexing({ sets, defaultStore: "/nowhere" });
});
afterAll(() => sets.close());

async function index(store: string, path: string, progress: IndexProgress[] = []) {
  const request = { sources: [{ path, origin: path }], store };
  return indexing.index(request, (each) => progress.push(each), never);
}

describe("indexing", () => {
  it("makes a set of a file that is found by meaning", async () => {
    const store = await temporaryFolder("store");
    const folder = await folderOf({ "server.md": markdown("Server notes", 1) });
    const progress: IndexProgress[] = [];
    const report = await index(store, join(folder, "server.md"), progress);
    expect(report).toMatchObject({ read: 1, unchanged: 0, passedOver: [], reused: 0 });
    expect(report.check).toEqual({
      asked: report.embedded,
      byVectors: report.embedded,
      byWords: report.embedded,
    });
    expect(report.sets).toMatchObject([{ name: "Server notes", state: "ready", documents: 1 }]);
    expect(new Set(progress.map(({ phase }) => phase))).toEqual(
      new Set(["reading", "embedding", "storing", "checking"]),
    );
    const [set] = await sets.openAll(store, never);
    if (!set) throw new Error("the set cannot be opened");
    const question = await (
      await sets.embedder(never)
    ).embedQuery("many cheap threads on a modern JVM", never);
    const [best] = await set.nearest(question, 3, never);
    expect(set.chunks[best?.position ?? -1]?.headingPath.at(-1)).toContain("Virtual threads");
  });
});
