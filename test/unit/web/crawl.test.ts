import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readPageLinks } from "../../../src/adapters/readers/html/pageLinks";
import { crawl, type CrawlProgress, type CrawlProps } from "../../../src/adapters/web/crawl";
import type { SiteBounds } from "../../../src/core/document/documentSource";
import { failure, never } from "../readers/fixture";
import { fromTable, page, startSite, type LocalSite, type Page } from "./localSite";

let folder: string;
let site: LocalSite;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-crawl-test-"));
  site = await startSite(fromTable({}));
});
afterEach(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

type Table = Readonly<Record<string, string | Page>>;

function go(
  pages: Table | RequestListener,
  bounds: Partial<SiteBounds> = {},
  props: Partial<CrawlProps> = {},
  signal = never,
) {
  site.answer = typeof pages === "function" ? pages : fromTable(pages);
  const prefix = `${site.origin}/docs/`;
  return crawl(
    { start: `${prefix}index.html`, prefix, depth: 5, pages: 100, exclude: [], ...bounds },
    { fetch, folder, readLinks: readPageLinks, onProgress: () => undefined, pause: 0, ...props },
    signal,
  );
}

/** Paths of the pages that were kept, below the prefix. */
const kept = ({ addresses }: Awaited<ReturnType<typeof go>>) =>
  Object.values(addresses)
    .map((address) => new URL(address).pathname.replace("/docs/", "") + new URL(address).search)
    .sort();
const askedPages = () => site.asked().filter((path) => path !== "/robots.txt");
const why = ({ passedOver }: Awaited<ReturnType<typeof go>>, part: string) =>
  passedOver.find(({ path }) => path.includes(part))?.why;

describe("what belongs to a site", () => {
  test("links are followed relative and absolute, once each, below the prefix and on the host alone", async () => {
    const other = await startSite(fromTable({ "/docs/x.html": page("X", []) }));
    const found = await go({
      "/docs/index.html": page("Home", [
        "a.html",
        "./a.html#part",
        "sub/b.html",
        "/docs/a.html?",
        "/blog/c.html",
      ]),
      "/docs/a.html": page("A", [
        "../docs/index.html",
        `${other.origin}/docs/x.html`,
        "mailto:a@b",
        "javascript:x()",
      ]),
      "/docs/sub/b.html": page("B", ["../d", "../a.html", "../manual.pdf"]),
      "/docs/d": page("D", []),
      "/blog/c.html": page("C", []),
    });
    expect(kept(found)).toEqual(["a.html", "d", "index.html", "sub/b.html"]);
    expect(other.asked()).toEqual([]);
    expect(askedPages().filter((path) => path.startsWith("/blog"))).toEqual([]);
    expect(new Set(askedPages()).size).toBe(askedPages().length);
    expect(found.title).toBe("Home");
    await other.close();
  });

  test("a base address is where relative links start", async () => {
    const found = await go({
      "/docs/index.html": '<head><base href="/docs/deep/"></head><a href="a.html">A</a>',
      "/docs/deep/a.html": page("A", []),
    });
    expect(kept(found)).toEqual(["deep/a.html", "index.html"]);
  });

  test("excluded parts are not asked for", async () => {
    const found = await go(
      {
        "/docs/index.html": page("Home", ["api/java/a.html", "maven/api/java/b.html", "api/rest/c.html"]),
        "/docs/api/rest/c.html": page("C", []),
      },
      { exclude: ["api/java/"] },
    );
    expect(kept(found)).toEqual(["api/rest/c.html", "index.html"]);
    expect(askedPages().length).toBe(2);
  });

  test("files lie like their addresses, and keep what was sent", async () => {
    const found = await go({
      "/docs/index.html": page("Home", ["sub/", "sub/b.html?part=2", "%2e%2e%2fevil.html"]),
      "/docs/sub/": page("Sub", []),
      "/docs/sub/b.html?part=2": page("B", []),
      "/docs/%2e%2e%2fevil.html": page("Evil", []),
    });
    expect(Object.keys(found.addresses).sort()).toEqual([
      expect.stringMatching(/^_?\.*_evil-[0-9a-f]{8}\.html$/) as string,
      "index.html",
      expect.stringMatching(/^sub\/b-[0-9a-f]{8}\.html$/) as string,
      "sub/index.html",
    ]);
    expect(await readFile(join(found.source.path, "sub", "index.html"), "utf8")).toBe(page("Sub", []));
    expect((await readdir(folder)).sort()).toEqual(["pages", "pages.jsonl", "site.json"]);
  });
});

describe("limits", () => {
  const chain: Table = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [
      index === 0 ? "/docs/index.html" : `/docs/${index}.html`,
      page(`Page ${index}`, [`${index + 1}.html`]),
    ]),
  );

  test("of depth, with how much was left out", async () => {
    const found = await go(chain, { depth: 2 });
    expect(kept(found)).toEqual(["1.html", "2.html", "index.html"]);
    expect(found.source.left).toBe(1);
    expect(why(found, "/docs/")).toContain("1 more page is linked beyond the limit of depth 2");
  });

  test("of pages", async () => {
    const found = await go(chain, { pages: 4 });
    expect(kept(found).length).toBe(4);
    expect(why(found, "/docs/")).toContain("the limit of 4 pages");
  });

  test("an endless path and endless numbers end", async () => {
    const found = await go(
      (request, response) => {
        const number = Number(/(\d+)$/.exec(request.url ?? "")?.[1] ?? 0);
        response.writeHead(request.url === "/robots.txt" ? 404 : 200, { "content-type": "text/html" });
        response.end(
          page(`Page ${request.url ?? ""}`, [`more/next/${number + 1}`, `/docs/day?number=${number + 1}`]),
        );
      },
      { pages: 30, depth: 100 },
    );
    expect(kept(found).length).toBe(30);
    expect(askedPages().every((path) => path.split("/more").length <= 4)).toBe(true);
  });

  test("the same page under ever new addresses is kept once and not followed", async () => {
    let number = 0;
    const found = await go((request, response) => {
      response.writeHead(request.url === "/robots.txt" ? 404 : 200, { "content-type": "text/html" });
      const isHome = request.url === "/docs/index.html";
      response.end(
        page(isHome ? "Home" : "Same", isHome ? ["a?session=1"] : [`a?session=${++number}`]).replace(
          /\d+/g,
          "1",
        ),
      );
    });
    expect(kept(found)).toEqual(["a?session=1", "index.html"]);
  });

  test("redirects without an end", async () => {
    const found = await go(
      (request, response) => {
        if (request.url === "/docs/index.html") return void response.end(page("Home", ["r/0"]));
        if (request.url === "/robots.txt") return void response.writeHead(404).end();
        const number = Number((request.url ?? "").split("/").at(-1));
        response.writeHead(302, { location: `/docs/r/${number + 1}` }).end();
      },
      { pages: 5 },
    );
    expect(kept(found)).toEqual(["index.html"]);
    expect(askedPages().length).toBeLessThan(100);
  });

  test("a huge page is passed over, and the rest is there", async () => {
    const found = await go({
      "/docs/index.html": page("Home", ["huge.html", "a.html"]),
      "/docs/huge.html": page("Huge", [], "x".repeat(17_000_000)),
      "/docs/a.html": page("A", []),
    });
    expect(kept(found)).toEqual(["a.html", "index.html"]);
    expect(why(found, "huge")).toBe("it is larger than 16 MB");
  });
});

describe("robots.txt", () => {
  const pages = {
    "/docs/index.html": page("Home", ["secret/a.html", "b.html"]),
    "/docs/secret/a.html": page("A", []),
    "/docs/b.html": page("B", []),
  };
  const robots = (body: string, status = 200) => ({
    ...pages,
    "/robots.txt": { body, status, type: "text/plain" },
  });

  test.each([
    ["for all", "User-agent: *\nDisallow: /docs/secret/"],
    ["for us by name", "User-agent: *\nDisallow:\n\nUser-agent: docwright\nDisallow: /docs/secret/"],
  ])("what it forbids %s is not asked for, and said", async (_name, body) => {
    const found = await go(robots(body));
    expect(kept(found)).toEqual(["b.html", "index.html"]);
    expect(why(found, "secret")).toContain("robots.txt");
    expect(askedPages()).not.toContain("/docs/secret/a.html");
  });

  test("a site that it forbids is not crawled", async () => {
    expect(await failure(go(robots("User-agent: *\nDisallow: /")))).toMatchObject({
      kind: "download-failed",
      cause: expect.stringContaining("robots.txt") as string,
    });
    expect(askedPages()).toEqual([]);
  });

  test("a host that cannot say what it allows is left alone", async () => {
    expect(await failure(go(robots("", 503)))).toMatchObject({ kind: "download-failed" });
    expect(askedPages()).toEqual([]);
  });

  test("the pause that it wants is kept", async () => {
    const started = performance.now();
    await go(robots("User-agent: *\nCrawl-delay: 0.3"));
    expect(performance.now() - started).toBeGreaterThan(600);
  });
});

test("requests come one at a time, with a pause, and say who asks", async () => {
  const spans: [number, number][] = [];
  const pages = fromTable({
    "/docs/index.html": page("Home", ["a.html", "b.html"]),
    "/docs/a.html": page("A", []),
    "/docs/b.html": page("B", []),
  });
  await go(
    (request, response) => {
      const start = performance.now();
      response.on("finish", () => spans.push([start, performance.now()]));
      setTimeout(() => pages(request, response), 20);
    },
    {},
    { pause: 80 },
  );
  const own = spans.slice(1);
  own.slice(1).forEach(([start], index) => expect(start - (own[index]?.[1] ?? 0)).toBeGreaterThan(60));
  for (const { headers } of site.requests())
    expect(headers["user-agent"]).toMatch(/^Docwright\/\d.* \(\+https:/);
});

describe("redirects", () => {
  test("within the prefix lead to the page, out of it nowhere", async () => {
    const found = await go({
      "/docs/index.html": page("Home", ["old.html", "out.html", "away.html"]),
      "/docs/old.html": { body: "", status: 301, headers: { location: "new.html" } },
      "/docs/new.html": page("New", []),
      "/docs/out.html": { body: "", status: 302, headers: { location: "/blog/c.html" } },
      "/docs/away.html": { body: "", status: 302, headers: { location: "https://example.invalid/docs/x" } },
      "/blog/c.html": page("C", []),
    });
    expect(kept(found)).toEqual(["index.html", "new.html"]);
    expect(askedPages()).not.toContain("/blog/c.html");
    expect(why(found, "out.html")).toContain("it leads out of");
    expect(why(found, "away.html")).toContain("example.invalid");
  });

  test("a page that only forwards is followed and not kept", async () => {
    const found = await go({
      "/docs/index.html":
        '<meta http-equiv="refresh" content="0; url=start.html"><a href="start.html">go</a>',
      "/docs/start.html": page("Start", ["a.html"]),
      "/docs/a.html": page("A", []),
    });
    expect(kept(found)).toEqual(["a.html", "start.html"]);
  });

  test("a newest version that lies one folder up is taken there, without the versions beside it", async () => {
    const found = await go(
      {
        "/docs/4.1/reference/index.html": {
          body: "",
          status: 301,
          headers: { location: "/docs/reference/index.html" },
        },
        "/docs/reference/index.html": page("Reference", [
          "web.html",
          "../how-to/a.html",
          "../3.5/reference/web.html",
          "../docs/2.7/x.html",
        ]),
        "/docs/reference/web.html": page("Web", []),
        "/docs/how-to/a.html": page("How", []),
        "/docs/3.5/reference/web.html": page("Old web", []),
      },
      { start: `${site.origin}/docs/4.1/reference/index.html`, prefix: `${site.origin}/docs/4.1/` },
    );
    expect(kept(found)).toEqual(["how-to/a.html", "reference/index.html", "reference/web.html"]);
    expect(found.source.prefix).toBe(`${site.origin}/docs/4.1/`);
  });

  test("a start page that leads elsewhere is an error", async () => {
    const away = { "/docs/index.html": { body: "", status: 302, headers: { location: "/login?to=docs" } } };
    expect(await failure(go(away))).toMatchObject({ cause: expect.stringContaining("leads away") as string });
  });

  test("pages of another version than was asked for are refused", async () => {
    const versioned = (version: string) => ({
      "/docs/index.html": `<head><meta name="version" content="${version}"></head><body>Reference</body>`,
    });
    const expecting = { expectVersion: "4.1" };
    expect(kept(await go(versioned("4.1.3"), {}, expecting))).toEqual(["index.html"]);
    await rm(folder, { recursive: true });
    expect(await failure(go(versioned("4.10.0"), {}, expecting))).toMatchObject({
      cause: "the pages there are of version 4.10.0, not of 4.1",
    });
  });
});

describe("canonical addresses", () => {
  const canonical = (title: string, href: string, links: readonly string[] = []) =>
    page(title, links).replace("</title>", `</title><link rel="canonical" href="${href}">`);

  test("make two addresses one page", async () => {
    const found = await go({
      "/docs/index.html": page("Home", ["a.html?print=1", "a.html"]),
      "/docs/a.html?print=1": canonical("A to print", "a.html", ["b.html"]),
      "/docs/a.html": canonical("A", "a.html"),
      "/docs/b.html": page("B", []),
    });
    expect(kept(found)).toEqual(["a.html", "b.html", "index.html"]);
  });

  test("are not believed when every page names the start page, or one elsewhere", async () => {
    const found = await go({
      "/docs/index.html": canonical("Home", "/docs/index.html", ["a.html", "b.html"]),
      "/docs/a.html": canonical("A", "/docs/index.html"),
      "/docs/b.html": canonical("B", "https://example.invalid/newer/b.html"),
    });
    expect(kept(found)).toEqual(["a.html", "b.html", "index.html"]);
  });
});

describe("going on", () => {
  const many: Table = {
    "/docs/index.html": page(
      "Home",
      Array.from({ length: 12 }, (_, index) => `${index}.html`),
    ),
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`/docs/${index}.html`, page(`Page ${index}`, [])]),
    ),
  };

  test("a crawl that was cancelled asks only for what is missing", async () => {
    const controller = new AbortController();
    const stop = ({ pages }: CrawlProgress) => pages >= 6 && controller.abort();
    await expect(go(many, {}, { onProgress: stop }, controller.signal)).rejects.toMatchObject({
      name: "AbortError",
    });
    const before = askedPages().length;
    const found = await go(many);
    expect(kept(found).length).toBe(13);
    expect(askedPages().length).toBe(13);
    expect(before).toBe(6);
  });

  test("a host that goes away in the middle is said, and what came is kept", async () => {
    let answered = 0;
    const table = fromTable(many);
    const failing: RequestListener = (request, response) => {
      if (request.url !== "/robots.txt" && ++answered > 5) request.socket.destroy();
      else table(request, response);
    };
    expect(await failure(go(failing))).toMatchObject({
      kind: "download-failed",
      cause: expect.stringMatching(/broke/) as string,
    });
    const before = askedPages().length;
    expect(kept(await go(many)).length).toBe(13);
    expect(askedPages().length - before).toBe(8);
  }, 30_000);

  test("a later crawl asks whether pages have changed, and follows what they have become", async () => {
    const one = await go({
      "/docs/index.html": page("Home", ["a.html", "b.html", "c.html"]),
      "/docs/a.html": page("A", []),
      "/docs/b.html": page("B", []),
      "/docs/c.html": page("C", []),
    });
    const statuses: number[] = [];
    const table = fromTable({
      "/docs/index.html": page("Home", ["a.html", "b.html", "c.html"]),
      "/docs/a.html": page("A", [], "Newer words."),
      "/docs/b.html": page("B", []),
    });
    const two = await go((request, response) => {
      response.on("finish", () => request.url !== "/robots.txt" && statuses.push(response.statusCode));
      table(request, response);
    });
    expect(statuses).toEqual([304, 200, 304, 404]);
    expect(kept(one)).toEqual(["a.html", "b.html", "c.html", "index.html"]);
    expect(kept(two)).toEqual(["a.html", "b.html", "index.html"]);
    expect(await readFile(join(two.source.path, "a.html"), "utf8")).toContain("Newer words.");
    expect((await readdir(two.source.path)).sort()).toEqual(["a.html", "b.html", "index.html"]);
  });

  test("a page that cannot be asked for again keeps its earlier copy, and that is said", async () => {
    await go(many);
    const table = fromTable(many);
    const found = await go((request, response) => {
      if (request.url === "/docs/3.html") response.writeHead(500).end();
      else table(request, response);
    });
    expect(kept(found).length).toBe(13);
    expect(why(found, "3.html")).toContain("its earlier copy is kept");
  });

  test("a server that is busy is asked again when it says", async () => {
    let refused = 0;
    const table = fromTable(many);
    const found = await go((request, response) => {
      if (request.url === "/docs/2.html" && refused++ < 2)
        response.writeHead(429, { "retry-after": "0" }).end();
      else table(request, response);
    });
    expect(kept(found).length).toBe(13);
    expect(refused).toBe(3);
  });
});

test.each([
  [{ "/docs/other.html": page("Other", []) }, "answered 404"],
  [{ "/docs/index.html": { body: "x", type: "image/png" } }, "no page (image/png)"],
])("a start page that is none says why", async (pages: Table, cause) => {
  expect(await failure(go(pages))).toMatchObject({
    kind: "download-failed",
    cause: expect.stringContaining(cause) as string,
  });
});
