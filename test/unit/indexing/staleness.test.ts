import { mkdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createIndexing } from "../../../src/adapters/engine/indexing";
import { createSets, type Sets } from "../../../src/adapters/engine/sets";
import { readActivity } from "../../../src/adapters/store/activity";
import { ownerHere } from "../../../src/adapters/store/lockOwner";
import type { IndexProgress, StoreActivity } from "../../../src/core/engine";
import { hashingEmbedder } from "./hashingEmbedder";
import { folderOf, markdown, temporaryFolder } from "./smallDocuments";

const never = new AbortController().signal;
let store: string;
let root: string;
let sets: Sets;

beforeEach(async () => {
  store = await temporaryFolder("store");
  root = await folderOf({ "one.md": markdown("One", 1), "two.md": markdown("Two", 2) });
  sets = createSets({ packageRoot: "/nowhere", defaultStore: store, chosenEmbedder: hashingEmbedder(0) });
});
afterEach(async () => {
  await rm(store, { recursive: true, force: true });
  await rm(root, { recursive: true, force: true });
});

const index = (path: string, onProgress: (progress: IndexProgress) => void = () => undefined) =>
  createIndexing({ sets, defaultStore: store }).index(
    { sources: [{ path, origin: path }] },
    onProgress,
    never,
  );

/** A new look, past the moment for which an answer is kept. */
async function state() {
  const fresh = createSets({
    packageRoot: "/nowhere",
    defaultStore: store,
    chosenEmbedder: hashingEmbedder(0),
  });
  const [set] = await fresh.list(store, never);
  return set && [set.state, set.reason];
}

describe("a set is stale when its documents are others", () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ["changed", () => writeFile(join(root, "one.md"), markdown("One", 3)), "of its 2 documents: 1 changed."],
    ["added", () => writeFile(join(root, "new.md"), markdown("New", 3)), "of its 2 documents: 1 added."],
    ["gone", () => rm(join(root, "one.md")), "of its 2 documents: 1 gone."],
    [
      "put in another's place with an old date",
      async () => {
        const other = join(root, "..", "other.md");
        await writeFile(other, markdown("One", 4));
        await utimes(other, new Date("2020-01-01"), new Date("2020-01-01"));
        await rename(other, join(root, "one.md"));
      },
      "of its 2 documents: 1 changed.",
    ],
  ])("%s", async (_name, change, reason) => {
    await index(root);
    expect(await state()).toEqual(["ready", undefined]);
    await pause(20);
    await change();
    expect(await state()).toEqual(["stale", expect.stringContaining(reason)]);
    await index(root);
    expect(await state()).toEqual(["ready", undefined]);
  });

  it("not when they were only touched, and not when they went away as a whole", async () => {
    await index(root);
    await pause(20);
    await writeFile(join(root, "one.md"), markdown("One", 1));
    expect(await state()).toEqual(["ready", undefined]);
    await rm(root, { recursive: true });
    expect(await state()).toEqual(["ready", undefined]);
  });

  it("and says which file when there is one", async () => {
    const file = join(root, "one.md");
    await index(file);
    await pause(20);
    await writeFile(file, markdown("One", 9));
    expect(await state()).toEqual(["stale", "one.md has changed since it was indexed."]);
  });
});

describe("who only looks", () => {
  it("sees what the writer is doing, and nothing afterwards", async () => {
    const seen: Promise<StoreActivity | undefined>[] = [];
    await index(root, ({ phase }) => {
      if (phase === "checking") seen.push(pause(50).then(() => readActivity(store)));
    });
    // The writer may have ended before the look; it was at work at the first one's time at the latest.
    const during = (await Promise.all(seen)).filter((each) => each !== undefined);
    for (const each of during) expect(each).toMatchObject({ isOwn: true });
    expect(await readActivity(store)).toBeUndefined();
  });

  it("is told of a process that lives, and not of one that is gone", async () => {
    const lock = join(store, "write.lock", "a-token");
    await mkdir(lock, { recursive: true });
    const progress = { phase: "embedding", documents: 1, documentsTotal: 1, passages: 3, passagesTotal: 9 };
    await writeFile(join(lock, "activity.json"), JSON.stringify({ origins: [root], progress }));
    // Without the start, as a system that does not tell it writes the note.
    const here = { ...(await ownerHere()), started: undefined };
    const note = (pid: number) => writeFile(join(lock, "owner.json"), JSON.stringify({ ...here, pid }));
    await note(process.ppid);
    expect(await readActivity(store)).toEqual({
      holder: `process ${process.ppid} on ${here.host}`,
      isOwn: false,
      origins: [root],
      progress,
    });
    await note(2 ** 22 + 1);
    expect(await readActivity(store)).toBeUndefined();
  });
});
