import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parseInvocation } from "../../../src/cli/arguments";
import { commands } from "../../../src/cli/commands";
import { wishesOf } from "../../../src/cli/documentWishes";
import type { DocumentSet } from "../../../src/core/document/documentSet";
import type { IndexReport, IndexRequest } from "../../../src/core/engine";
import { FailureError } from "../../../src/core/failure";
import { fakeContext, type Recorded } from "./fakeContext";

function run({ context }: Recorded, ...words: string[]) {
  const invocation = parseInvocation(["sources", ...words], commands);
  if (invocation.kind !== "run") throw new Error("no command");
  return commands["sources"]?.run(invocation.parsed, context, new AbortController().signal);
}

const set: DocumentSet = {
  id: "a",
  name: "Guide",
  origin: "https://example.org/guide.pdf",
  source: { kind: "download", path: "/downloads/1.pdf", etag: '"1"' },
  asked: { springBootVersion: "3.2.1" },
  springBootVersion: "3.2.1",
  documents: 1,
  passages: 2,
  embedded: 2,
  bytes: 1,
  indexedAt: "",
  state: "ready",
};
const guide: DocumentSet = {
  ...set,
  id: "g",
  name: "Field guide",
  origin: "embedded",
  source: { kind: "embedded" },
};
const report: IndexReport = {
  ...{ sets: [set], read: 1, unchanged: 0, passedOver: [], embedded: 2, reused: 0, packaged: 0 },
  timings: { read: 0, embed: 0, store: 0, check: 0 },
  check: { asked: 0, byVectors: 0, byWords: 0 },
};
const withSets = (asked: IndexRequest[], sets: readonly DocumentSet[] = [guide, set]) =>
  fakeContext({
    sets: () => Promise.resolve(sets),
    index: (request) => {
      asked.push(request);
      return Promise.resolve(report);
    },
  });

describe("sources", () => {
  test("update obtains the set's source again, all of them when none is named", async () => {
    const asked: IndexRequest[] = [];
    expect(await run(withSets(asked), "update", "Guide")).toBe(0);
    expect(await run(withSets(asked), "update")).toBe(0);
    const request = { sources: [{ path: "downloaded", origin: set.origin }], springBootVersion: "3.2.1" };
    expect(asked).toEqual([request, request]);
  });

  test("one source that cannot be had does not keep the others from being updated", async () => {
    const asked: IndexRequest[] = [];
    const other = { ...set, id: "b", name: "Other", origin: "https://example.org/other.pdf" };
    const recorded = withSets(asked, [set, other]);
    const { obtain } = recorded.context;
    const context = {
      ...recorded.context,
      obtain: ((wish, ...rest) =>
        wish.kind === "download" && wish.url === set.origin
          ? Promise.reject(new FailureError({ kind: "download-failed", url: wish.url, cause: "gone" }))
          : obtain(wish, ...rest)) satisfies typeof obtain,
    };
    expect(await run({ ...recorded, context }, "update", "--json")).toBe(2);
    expect(asked.map(({ sources }) => sources[0]?.origin)).toEqual([other.origin]);
    expect(JSON.parse(recorded.out())).toMatchObject({ failed: [{ origin: set.origin }] });
  });

  test("reindex reads the copy of this machine from scratch and makes no connection", async () => {
    const asked: IndexRequest[] = [];
    expect(await run(withSets(asked), "reindex", "a")).toBe(0);
    expect(asked).toEqual([
      {
        sources: [{ path: "/downloads/1.pdf", origin: set.origin, source: set.source }],
        fresh: true,
        springBootVersion: "3.2.1",
      },
    ]);
  });

  test("path says where the documents are", async () => {
    const recorded = withSets([]);
    await run(recorded, "path", "Guide");
    expect(recorded.out()).toBe(`/downloads/1.pdf\n${set.origin}\n`);
  });

  test.each(["update", "reindex", "path"])("%s leaves the field guide alone", async (action) => {
    await expect(run(withSets([]), action, "Field guide")).rejects.toMatchObject({
      failure: { kind: "bad-argument" },
    });
  });

  test("list names who is writing", async () => {
    const activity = { holder: "process 7", isOwn: false, origins: ["/x"] };
    const recorded = fakeContext({
      sets: () => Promise.resolve([set]),
      activity: () => Promise.resolve(activity),
    });
    await run(recorded);
    expect(recorded.out()).toMatch(/^Another Docwright \(process 7\) indexes \/x\./);
  });
});

describe("what is to be indexed", () => {
  const wishes = (...words: string[]) => {
    const invocation = parseInvocation(["index", ...words], commands);
    if (invocation.kind !== "run") throw new Error("no command");
    return wishesOf(invocation.parsed, "/work");
  };
  const url = "https://example.org/docs/start.html";
  const bounds = { start: url, prefix: "https://example.org/docs/", depth: 5, pages: 200, exclude: [] };

  test.each<[string[], object]>([
    [["a.pdf"], { kind: "path", path: resolve("/work", "a.pdf") }],
    [[url], { kind: "download", url }],
    [[url, "--depth", "2", "--pages", "30"], { kind: "site", bounds: { ...bounds, depth: 2, pages: 30 } }],
    [[url, "--depth", "0"], { kind: "site", bounds: { ...bounds, depth: 0 } }],
    [
      [url, "--prefix", "https://example.org"],
      { kind: "site", bounds: { ...bounds, prefix: "https://example.org/" } },
    ],
  ])("%j", (words, wish) => {
    expect(wishes(...words).map((each) => each.wish)).toEqual([wish]);
  });

  test("the official reference, of a line with a site and of one with documents", () => {
    expect(wishes("--official", "3.5.1")[0]).toMatchObject({
      name: "Spring Boot 3.5 reference",
      wish: { kind: "site" },
    });
    expect(wishes("--official", "3.2.1", "--format", "pdf")[0]?.wish).toMatchObject({
      url: expect.stringMatching(/3\.2\.1.*\.pdf$/) as string,
    });
  });

  test.each([
    [["--official", "1.2"], "is not known where"],
    [["--official", "3.5", "--format", "pdf"], "published as site"],
    [["--official", "3.5", "a.pdf"], "stands alone"],
    [["a.pdf", "--depth", "2"], "for addresses"],
    [[url, "--depth", "many"], "whole number"],
    [[url, "--pages", "0"], "at least 1"],
    [[url, "--prefix", "https://other.org/"], "begins with"],
  ])("%j is refused", (words, part) => {
    expect(() => wishes(...words)).toThrow(FailureError);
    expect(() => wishes(...words)).toThrow(part);
  });
});
