import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { download, type DownloadProps } from "../../../src/adapters/web/download";
import { failure, never } from "../readers/fixture";

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

const fetchIt = (url: string, signal = never, onProgress: DownloadProps["onProgress"] = () => undefined) =>
  download(url, { fetch, folder, onProgress }, signal);

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
  await fetchIt(url, never, (progress) => seen.push(progress));
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
  expect(two).toEqual({ ...one, changed: false });
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

test("cancelling in the middle is silent and leaves nothing that cannot be gone on with", async () => {
  const controller = new AbortController();
  const url = await serve("/a.pdf", (_request, response) => {
    response.writeHead(200, { "content-type": "application/pdf" });
    response.write("first");
    setTimeout(() => controller.abort(), 50);
  });
  await expect(fetchIt(url, controller.signal)).rejects.toMatchObject({ name: "AbortError" });
  expect(await readdir(folder)).toEqual([]);
});

/** A document of 300 kB that a server sends whole, in part, or not to its end. */
const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31) % 251));

/** Vitest's own comparison takes seconds for so many numbers. */
const isContent = (bytes: Buffer, expected = content) => bytes.equals(expected);

interface Ranged {
  readonly etag?: string;
  readonly lastModified?: string;
  /** Of each answer in turn: where it breaks off; absent: it does not. */
  readonly breaks?: readonly (number | undefined)[];
  /** Where it breaks off the connection stays open. */
  readonly stalls?: true;
  readonly body?: Buffer;
}

/** Sends ranges as RFC 9110 says; `current` may be changed between two requests. */
function ranged(current: { value: Ranged }): { listener: RequestListener; ranges: (string | undefined)[] } {
  const ranges: (string | undefined)[] = [];
  const listener: RequestListener = (request, response) => {
    const { etag, lastModified, breaks = [], stalls = false, body = content } = current.value;
    const { range } = request.headers;
    ranges.push(range);
    const validator = request.headers["if-range"];
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? -1);
    const inPart =
      start >= 0 && (validator === undefined || validator === etag || validator === lastModified);
    const said = {
      "content-type": "application/pdf",
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { "last-modified": lastModified }),
    };
    if (inPart && start >= body.length) {
      response.writeHead(416, { ...said, "content-range": `bytes */${body.length}` }).end();
      return;
    }
    const sent = inPart ? body.subarray(start) : body;
    response.writeHead(inPart ? 206 : 200, {
      ...said,
      "content-length": String(sent.length),
      ...(inPart && { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` }),
    });
    const end = breaks[ranges.length - 1];
    if (end === undefined) response.end(sent);
    else response.write(sent.subarray(0, end), () => !stalls && setTimeout(() => response.destroy(), 100));
  };
  return { listener, ranges };
}

describe("a download that breaks off", () => {
  test.each<[string, Ranged]>([
    ["an ETag", { etag: '"a"', breaks: [100_000, 100_000] }],
    ["a date", { lastModified: "Tue, 03 Jun 2025 10:00:00 GMT", breaks: [100_000, 100_000] }],
  ])("goes on where it was, by %s", async (_name, value) => {
    const { listener, ranges } = ranged({ value });
    const found = await fetchIt(await serve("/a.pdf", listener));
    expect(isContent(await readFile(found.path))).toBe(true);
    expect(ranges).toEqual([undefined, "bytes=100000-", "bytes=200000-"]);
    expect((await readdir(folder)).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test("goes on in a later run, after a cancel", async () => {
    const controller = new AbortController();
    const { listener, ranges } = ranged({ value: { etag: '"a"', breaks: [100_000], stalls: true } });
    const url = await serve("/a.pdf", listener);
    const cancelLater = () => setTimeout(() => controller.abort(), 100);
    const first = fetchIt(url, controller.signal, ({ bytes }) => bytes >= 100_000 && cancelLater());
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    expect((await readdir(folder)).length).toBe(2);
    const found = await fetchIt(url);
    expect(isContent(await readFile(found.path))).toBe(true);
    expect(ranges).toEqual([undefined, "bytes=100000-"]);
  });

  test("begins anew when the document changed meanwhile", async () => {
    const current = { value: { etag: '"a"', breaks: [100_000] } as Ranged };
    const { listener, ranges } = ranged(current);
    const url = await serve("/a.pdf", (request, response) => {
      listener(request, response);
      current.value = { etag: '"b"', body: Buffer.from(content).reverse() };
    });
    const found = await fetchIt(url);
    expect(isContent(await readFile(found.path), Buffer.from(content).reverse())).toBe(true);
    expect(found.etag).toBe('"b"');
    expect(ranges).toEqual([undefined, "bytes=100000-"]);
  });

  test("begins anew when a server sends a part of something else", async () => {
    let asked = 0;
    const other = Buffer.from(content).reverse();
    const url = await serve("/a.pdf", (request, response) => {
      asked++;
      const isPart = request.headers.range !== undefined;
      const body = asked === 1 ? content : other;
      response.writeHead(isPart ? 206 : 200, {
        "content-type": "application/pdf",
        etag: asked === 1 ? '"a"' : '"b"',
        "content-length": String(isPart ? body.length - 100_000 : body.length),
        ...(isPart && { "content-range": `bytes 100000-${body.length - 1}/${body.length}` }),
      });
      if (asked > 1) response.end(isPart ? body.subarray(100_000) : body);
      else response.write(body.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 100));
    });
    expect(isContent(await readFile((await fetchIt(url)).path), other)).toBe(true);
    expect(asked).toBe(3);
  });

  test("is not gone on with where only a weak ETag is said", async () => {
    const { listener, ranges } = ranged({ value: { etag: 'W/"a"', breaks: [100_000, 100_000] } });
    const url = await serve("/a.pdf", listener);
    expect(await failure(fetchIt(url))).toMatchObject({ kind: "download-failed" });
    expect(await readdir(folder)).toEqual([]);
    await fetchIt(url);
    expect(ranges).toEqual([undefined, undefined, undefined]);
  });

  test("that was killed after its last byte is taken as it is", async () => {
    const { listener, ranges } = ranged({ value: { etag: '"a"' } });
    const url = await serve("/a.pdf", listener);
    const { path } = await fetchIt(url);
    const base = path.replace(/\.pdf$/, "");
    await rename(path, `${base}.part`);
    await rm(`${base}.json`);
    const started = { url, extension: ".pdf", etag: '"a"', total: content.length };
    await writeFile(`${base}.part.json`, JSON.stringify(started));
    expect(isContent(await readFile((await fetchIt(url)).path))).toBe(true);
    expect(ranges[1]).toBe(`bytes=${content.length}-`);
  });

  test("a server that says nothing any more is given up", async () => {
    const url = await serve("/a.pdf", (_request, response) => {
      response.writeHead(200, { "content-type": "application/pdf", "content-length": "1000" });
      response.write("first");
    });
    const asked = download(url, { fetch, folder, onProgress: () => undefined, patience: 200 }, never);
    expect(await failure(asked)).toMatchObject({ cause: expect.stringContaining("nothing came") as string });
  });
});

describe("what came is held against what the server says", () => {
  const hash = (bytes: Buffer, algorithm: string) => createHash(algorithm).update(bytes).digest("base64");

  test.each<[string, Record<string, string>]>([
    ["repr-digest", { "repr-digest": `sha-256=:${hash(content, "sha256")}:` }],
    ["digest", { digest: `SHA-256=${hash(content, "sha256")}` }],
    ["content-md5", { "content-md5": hash(content, "md5") }],
  ])("%s", async (_name, headers) => {
    let sent = content;
    const url = await serve("/a.pdf", (_request, response) => {
      response.writeHead(200, { "content-type": "application/pdf", ...headers }).end(sent);
    });
    expect(isContent(await readFile((await fetchIt(url)).path))).toBe(true);
    sent = Buffer.from(content);
    sent[1000] = (sent[1000] ?? 0) ^ 1;
    expect(await failure(fetchIt(url))).toMatchObject({
      kind: "download-failed",
      cause: expect.stringContaining("does not have the hash") as string,
    });
    expect((await readdir(folder)).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test("a copy that was damaged on the disk is fetched again", async () => {
    const { listener } = ranged({ value: { etag: '"a"' } });
    const url = await serve("/a.pdf", listener);
    const one = await fetchIt(url);
    await writeFile(one.path, Buffer.alloc(content.length));
    expect(isContent(await readFile((await fetchIt(url)).path))).toBe(true);
  });
});

test("two that fetch the same at once ask for it once", async () => {
  let sent = 0;
  const url = await serve("/a.md", (request, response) => {
    if (request.headers["if-none-match"] !== undefined) return void response.writeHead(304).end();
    sent++;
    response.writeHead(200, { "content-type": "text/markdown", etag: '"1"' });
    setTimeout(() => response.end("# Tea"), 100);
  });
  const both = await Promise.all([fetchIt(url), fetchIt(url)]);
  expect(sent).toBe(1);
  expect(both[0].path).toBe(both[1].path);
});
