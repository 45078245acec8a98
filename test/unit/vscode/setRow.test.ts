import { describe, expect, test } from "vitest";
import type { DocumentSet } from "../../../src/core/document/documentSet";
import type { StoreActivity } from "../../../src/core/engine";
import type { IndexJob } from "../../../src/vscode/documents/indexJobs";
import { activityText, jobRow, setDetails, setRow } from "../../../src/vscode/documents/setRow";

const set: DocumentSet = {
  id: "guide-1",
  name: "Spring Boot 3.2.12 reference",
  origin: "https://docs.example/guide.pdf",
  source: { kind: "download", path: "/data/downloads/1.pdf", etag: '"1"' },
  springBootVersion: "3.2.12",
  documents: 1,
  passages: 1888,
  embedded: 1888,
  bytes: 6_400_000,
  indexedAt: "2026-11-25T10:00:00.000Z",
  state: "ready",
};
const work = { title: "Guide", origins: [set.origin], wishes: [], sources: [], request: {} };
const job = (rest: Partial<IndexJob>): IndexJob => ({ id: "1", work, state: "running", ...rest });
const activity: StoreActivity = {
  holder: "process 7 on host",
  isOwn: false,
  origins: [set.origin],
  progress: { phase: "embedding", documents: 1, documentsTotal: 1, passages: 500, passagesTotal: 1000 },
};

describe("a set's row says how it is", () => {
  test.each<[string, Partial<DocumentSet>, IndexJob | undefined, StoreActivity | undefined, RegExp, string]>([
    ["ready", {}, undefined, undefined, /^3\.2\.12 · ready · 1,888\/1,888 · 6 MB$/, "book"],
    [
      "by words only",
      { state: "lexical", embedded: 0 },
      undefined,
      undefined,
      /words only · 0\/1,888/,
      "warning",
    ],
    [
      "partial",
      { state: "partial", embedded: 44 },
      undefined,
      undefined,
      /partly embedded · 44\/1,888/,
      "warning",
    ],
    ["stale", { state: "stale", reason: "It changed." }, undefined, undefined, /out of date/, "history"],
    ["damaged", { state: "damaged" }, undefined, undefined, /damaged/, "error"],
    [
      "indexing",
      {},
      job({ text: "Embedding", done: 0.456 }),
      undefined,
      /indexing 45 % · Embedding/,
      "sync~spin",
    ],
    ["paused", {}, job({ state: "paused" }), undefined, /paused; what was computed is kept/, "debug-pause"],
    ["locked", {}, undefined, activity, /locked: another window is indexing it, 50 %/, "lock"],
  ])("%s", (_name, change, own, foreign, description, icon) => {
    const row = setRow({ ...set, ...change }, own, foreign);
    expect(row.description).toMatch(description);
    expect(row.icon).toBe(icon);
    expect(row.spoken).toContain("Spring Boot 3.2.12");
  });

  test("another window's work on something else changes nothing", () => {
    expect(setRow(set, undefined, { ...activity, origins: ["/other"] })).toEqual(
      setRow(set, undefined, undefined),
    );
  });
});

test("the menus know what can be done", () => {
  expect(setRow(set, undefined, undefined).context).toBe(",set,updatable,removable,openable,versioned,idle,");
  expect(setRow(set, job({}), undefined).context).toContain(",running,");
  expect(
    setRow({ ...set, origin: "embedded", source: { kind: "embedded" } }, undefined, undefined).context,
  ).toBe(",set,embedded,idle,");
});

test("the details name where from, when, how much, and why", () => {
  const site = {
    kind: "site",
    path: "/p",
    start: "https://e/d/",
    prefix: "https://e/d/",
    depth: 5,
    pages: 200,
  } as const;
  const stale = { state: "stale", reason: "3 changed.", source: { ...site, exclude: [], left: 12 } } as const;
  const details = Object.fromEntries(
    setDetails({ ...set, ...stale }, undefined, undefined).map(({ label, value }) => [label, value]),
  );
  expect(details).toMatchObject({
    State: "out of date: 3 changed.",
    Version: "3.2.12",
    From: set.origin,
    Passages: "1,888 of 1,888 embedded, 1 document",
    Size: "6 MB",
    Site: "below https://e/d/, depth 5, at most 200 pages, 12 more are linked",
  });
  expect(details["Indexed"]).toMatch(/^2026-11-2\d \d\d:\d\d$/);
});

test("work that is no set yet has a row of its own", () => {
  const failure = { kind: "download-failed", url: "https://e/x.pdf", cause: "the connection broke" } as const;
  const row = jobRow(job({ state: "failed", failure }));
  expect(row.description).toContain("failed: https://e/x.pdf could not be downloaded: the connection broke.");
  expect(row.context).toBe(",job,failed,");
});

test("the writer of another window is told, our own is not", () => {
  expect(activityText(activity)).toBe(
    `Another window (process 7 on host) is indexing ${set.origin}: 500 of 1000 passages. Indexing here waits for it.`,
  );
  expect(activityText({ ...activity, isOwn: true })).toBeUndefined();
});
