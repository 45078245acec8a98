/** The official reference of a line that is a site: crawled, indexed, found for each release of the line, and brought up to date. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createIndexing } from "../../../src/adapters/engine/indexing";
import { createSearching } from "../../../src/adapters/engine/searching";
import { createSets, type Sets } from "../../../src/adapters/engine/sets";
import { readPageLinks } from "../../../src/adapters/readers/html/pageLinks";
import { createObtain } from "../../../src/adapters/web/obtain";
import { wishOf, type DocumentWish } from "../../../src/core/document/documentWish";
import { reindexRequest, updateRequest } from "../../../src/core/document/setRequests";
import type { IndexReport, IndexRequest } from "../../../src/core/engine";
import { officialSources } from "../../../src/core/site/officialSources";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";
import { hashingEmbedder } from "../indexing/hashingEmbedder";
import { temporaryFolder } from "../indexing/smallDocuments";
import { startSite, type LocalSite } from "./localSite";

const never = new AbortController().signal;
const fixture = join(repositoryRoot, "test", "fixtures", "sites", "antora");
let store: string;
let site: LocalSite;
let sets: Sets;
/** Texts that the publisher has replaced meanwhile. */
const replaced = new Map<string, string>();

/** The fixture as the publisher serves it, below the line. */
beforeAll(async () => {
  store = await temporaryFolder("official");
  sets = createSets({ packageRoot: repositoryRoot, defaultStore: store, chosenEmbedder: hashingEmbedder(0) });
  site = await startSite((request, response) => {
    const below = /^\/spring-boot\/3\.5\/(.*)$/.exec(request.url ?? "")?.[1];
    if (below === undefined) return void response.writeHead(404).end();
    void readFile(join(fixture, below), "utf8").then(
      (text) => {
        const body = replaced.get(below) ?? text;
        const etag = `"${body.length}"`;
        if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
        else response.writeHead(200, { "content-type": "text/html", etag }).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
});
afterAll(async () => {
  await sets.close();
  await site.close();
  await rm(store, { recursive: true, force: true });
});

/** The publisher is this machine. */
const fetchHere = (input: string, init: RequestInit) =>
  fetch(input.replace("https://docs.spring.io", site.origin), init);
const obtain = () =>
  createObtain({
    fetch: fetchHere,
    readLinks: readPageLinks,
    folder: () => join(store, "downloads"),
    pause: 0,
    resolve: () => Promise.resolve(["93.184.215.14"]),
  });
const index = (request: IndexRequest): Promise<IndexReport> =>
  createIndexing({ sets, defaultStore: store }).index(request, () => undefined, never);
const obtained = async (wish: DocumentWish) => (await obtain()(wish, () => undefined, never)).source;
const search = (question: string, springBootVersion: string) =>
  createSearching({ sets, packageRoot: repositoryRoot, defaultStore: store }).search(
    { question, count: 3, springBootVersion, store },
    never,
  );

test("is crawled under its prefix, without Javadoc and without other lines", async () => {
  const [official] = officialSources("3.5.2");
  if (!official) throw new Error("3.5 is published");
  const { title: name, springBootVersion, wish } = official;
  const report = await index({ sources: [await obtained(wish)], name, springBootVersion });
  expect(report.sets).toMatchObject([
    {
      name: "Spring Boot 3.5 reference",
      springBootVersion: "3.5",
      documents: 4,
      state: "ready",
      origin: "https://docs.spring.io/spring-boot/3.5/",
      source: { kind: "site", left: 0, expectVersion: "3.5" },
      asked: { name, springBootVersion },
    },
  ]);
  expect(site.asked().filter((path) => /api|4\.0|example/.test(path))).toEqual([]);
});

test("answers for every release of the line, with the page and anchor that a browser opens", async () => {
  const { results } = await search("@Lid annotation on a teapot", "3.5.2");
  expect(results[0]).toMatchObject({
    anchor: "web.teapots.lids",
    version: "3.5",
    officialUrl: "https://docs.spring.io/spring-boot/3.5/reference/web/teapots.html#web.teapots.lids",
  });
  expect(results[0]?.text).toContain("class Pot");
  await expect(search("lid", "4.0.1")).rejects.toMatchObject({ failure: { kind: "version-not-indexed" } });
});

test("an update asks only what has changed and reads only that", async () => {
  const [set] = await sets.list(store, never);
  const wish = set && wishOf(set);
  if (!wish) throw new Error("the set is there");
  const same = await index(updateRequest(set, await obtained(wish)));
  expect(same).toMatchObject({ read: 0, unchanged: 4, embedded: 0 });

  const cups = await readFile(join(fixture, "reference", "web", "cups.html"), "utf8");
  replaced.set("reference/web/cups.html", cups.replace("saucers are optional", "a saucer belongs to it"));
  const newer = await index(updateRequest(set, await obtained(wish)));
  expect(newer).toMatchObject({ read: 1, unchanged: 3, embedded: 1 });
  expect(newer.sets).toMatchObject([{ id: set.id, name: set.name, springBootVersion: "3.5" }]);
});

test("is made anew from the copy of this machine, with the addresses of its pages", async () => {
  const before = site.asked().length;
  const [set] = await sets.list(store, never);
  const request = set && reindexRequest(set);
  if (!request) throw new Error("the set is there");
  const report = await index(request);
  expect(report).toMatchObject({ read: 4, unchanged: 0 });
  expect(site.asked().length).toBe(before);
  const { results } = await search("opening hours", "3.5.2");
  expect(results[0]?.officialUrl).toBe(
    "https://docs.spring.io/spring-boot/3.5/reference/tea-rooms.html#rooms.opening",
  );
});
