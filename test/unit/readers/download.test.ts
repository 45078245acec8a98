import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { download } from "../../../src/adapters/download";
import { failure, never } from "./fixture";

let folder: string;
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-download-test-"));
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Serves what the listener says and yields the address of `path` on it. */
async function serve(path: string, listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}${path}`;
}

const fetchIt = (url: string, signal = never) => download(url, folder, () => undefined, signal);

describe("the kind of document", () => {
  test.each<[string, string | undefined, string]>([
    ["/guide", "application/pdf", ".pdf"],
    ["/guide.html", "text/html; charset=utf-8", ".html"],
    ["/", "text/html", ".html"],
    ["/raw/guide.adoc", "text/plain", ".adoc"],
    ["/raw/guide.md", "application/octet-stream", ".md"],
    ["/notes", "text/plain", ".txt"],
  ])("%s as %s is %s", async (path, type, extension) => {
    const url = await serve(path, (_request, response) => {
      response.writeHead(200, type === undefined ? {} : { "content-type": type });
      response.end("tea");
    });
    const found = await fetchIt(url);
    expect(found.origin).toBe(url);
    expect(found.path.endsWith(extension)).toBe(true);
    expect(await readFile(found.path, "utf8")).toBe("tea");
  });
});

test("progress counts the bytes up to the length that the server said", async () => {
  const url = await serve("/a.pdf", (_request, response) => {
    response.writeHead(200, { "content-type": "application/pdf", "content-length": "100000" });
    response.end(Buffer.alloc(100_000));
  });
  const seen: unknown[] = [];
  await download(url, folder, (progress) => seen.push(progress), never);
  expect(seen.at(-1)).toEqual({ bytes: 100_000, bytesTotal: 100_000 });
});

test("what has not changed is not sent again", async () => {
  const conditions: (string | undefined)[] = [];
  const url = await serve("/a.md", (request, response) => {
    conditions.push(request.headers["if-none-match"]);
    if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
    else response.writeHead(200, { "content-type": "text/markdown", etag: '"1"' }).end("# Tea");
  });
  const one = await fetchIt(url);
  const two = await fetchIt(url);
  expect(two).toEqual(one);
  expect(conditions).toEqual([undefined, '"1"']);
  await rm(one.path);
  expect(await readFile((await fetchIt(url)).path, "utf8")).toBe("# Tea");
});

describe("what fails says why and leaves nothing behind", () => {
  test.each<[string, RequestListener, RegExp]>([
    ["a missing page", (_request, response) => response.writeHead(404).end(), /answered 404/],
    [
      "what is no document",
      (_request, response) => response.writeHead(200, { "content-type": "image/png" }).end("x"),
      /no document \(image\/png\)/,
    ],
    [
      "a connection that breaks",
      (_request, response) => {
        response.writeHead(200, { "content-type": "application/pdf", "content-length": "5000" });
        response.write("half");
        setTimeout(() => response.destroy(), 50);
      },
      /broke|terminated|other side closed/,
    ],
  ])("%s", async (_name, listener, cause) => {
    const url = await serve("/x", listener);
    const found = await failure(fetchIt(url));
    expect(found).toMatchObject({ kind: "download-failed", url });
    expect("cause" in found ? found.cause : "").toMatch(cause);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each(["file:///etc/passwd", "ftp://example.org/a.pdf", "data:text/html,tea", "no address"])(
    "%s is refused",
    async (url) => {
      expect(await failure(fetchIt(url))).toMatchObject({ kind: "download-failed", url });
    },
  );

  test("a server that is not there", async () => {
    const url = await serve("/x.pdf", () => undefined);
    server?.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await failure(fetchIt(url))).toMatchObject({
      kind: "download-failed",
      cause: "the connection was refused",
    });
  });
});

test("cancelling in the middle is silent and leaves nothing", async () => {
  const controller = new AbortController();
  const url = await serve("/a.pdf", (_request, response) => {
    response.writeHead(200, { "content-type": "application/pdf" });
    response.write("first");
    setTimeout(() => controller.abort(), 50);
  });
  await expect(fetchIt(url, controller.signal)).rejects.toMatchObject({ name: "AbortError" });
  expect(await readdir(folder)).toEqual([]);
});
