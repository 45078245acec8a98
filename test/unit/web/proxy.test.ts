/** The command line's own way to the network, in processes whose environment names proxies and certificates. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DownloadedDocument } from "../../../src/adapters/web/download";
import type { Failure } from "../../../src/core/failure";
import { makeCertificate, type TestCertificate } from "./certificate";
import { startProxy, type LocalProxy } from "./localProxy";
import { fromTable, startSite, type LocalSite } from "./localSite";

const run = promisify(execFile);
const official = "https://docs.spring.io/spring-boot/docs/3.2.12/reference/pdf/spring-boot-reference.pdf";
const pages = fromTable({
  [new URL(official).pathname]: { body: "%PDF-tea", type: "application/pdf" },
  "/a.md": { body: "# Tea", type: "text/markdown" },
});

let folder: string;
let program: string;
let certificate: TestCertificate;
let secure: LocalSite;
let plain: LocalSite;
let proxies: LocalProxy[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-proxy-test-"));
  program = join(folder, "fetch.cjs");
  await build({
    entryPoints: [join(import.meta.dirname, "fetchProcess.ts")],
    ...{
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      outfile: program,
      logLevel: "silent",
    },
  });
  certificate = await makeCertificate(folder);
}, 60_000);
beforeEach(async () => {
  secure = await startSite(pages, certificate.tls);
  plain = await startSite(pages);
});
afterEach(async () => {
  await Promise.all([secure.close(), plain.close(), ...proxies.map((proxy) => proxy.close())]);
  proxies = [];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function proxyTo(site: LocalSite, password?: string): Promise<LocalProxy> {
  const proxy = await startProxy(site.origin, password);
  proxies.push(proxy);
  return proxy;
}

interface Outcome {
  readonly document?: DownloadedDocument;
  readonly failure?: Extract<Failure, { kind: "download-failed" }>;
}

/** Nothing of our own environment that has to do with the network gets in. */
async function fetchWith(environment: Readonly<Record<string, string>>, url: string): Promise<Outcome> {
  const downloads = await mkdtemp(join(folder, "downloads-"));
  const { stdout } = await run(process.execPath, [program, url, downloads], {
    env: { PATH: process.env["PATH"] ?? "", ...environment },
  });
  return JSON.parse(stdout) as Outcome;
}

const text = async ({ document }: Outcome) => readFile(document?.path ?? "no document", "utf8");

describe("certificates", () => {
  test("of an authority that nobody knows are refused, and why is said", async () => {
    const { failure } = await fetchWith({}, `${secure.origin}/a.md`);
    expect(failure).toMatchObject({
      kind: "download-failed",
      cause: expect.stringMatching(/^the server's certificate is signed by/) as string,
    });
    expect(secure.asked()).toEqual([]);
  });

  test("of the authority that the environment names are accepted", async () => {
    const found = await fetchWith({ NODE_EXTRA_CA_CERTS: certificate.authority }, `${secure.origin}/a.md`);
    expect(await text(found)).toBe("# Tea");
  });
});

describe("a proxy", () => {
  test("leads to the publisher, whom nobody else can reach", async () => {
    const proxy = await proxyTo(secure);
    const trusted = { NODE_EXTRA_CA_CERTS: certificate.authority };
    const direct = await fetchWith(trusted, official);
    expect(direct.failure?.kind).toBe("download-failed");
    const found = await fetchWith({ ...trusted, HTTPS_PROXY: proxy.url }, official);
    expect(await text(found)).toBe("%PDF-tea");
    expect(proxy.asked).toEqual(["CONNECT docs.spring.io:443"]);
  });

  test("is named its password, and what it refuses is said", async () => {
    const proxy = await proxyTo(secure, "tea:pot");
    const trusted = { NODE_EXTRA_CA_CERTS: certificate.authority };
    const refused = await fetchWith({ ...trusted, https_proxy: proxy.url }, official);
    expect(refused.failure?.cause).toMatch(/407|[Pp]roxy/);
    const found = await fetchWith(
      { ...trusted, https_proxy: proxy.url.replace("//", "//tea:pot@") },
      official,
    );
    expect(await text(found)).toBe("%PDF-tea");
  });

  test("of plain addresses is asked for them without a tunnel", async () => {
    const proxy = await proxyTo(plain);
    const found = await fetchWith({ HTTP_PROXY: proxy.url }, "http://handbook.example/a.md");
    expect(await text(found)).toBe("# Tea");
    expect(proxy.asked).toEqual(["GET http://handbook.example/a.md"]);
  });

  test("is left out for hosts that NO_PROXY names", async () => {
    const proxy = await proxyTo(plain);
    const found = await fetchWith({ HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" }, `${plain.origin}/a.md`);
    expect(await text(found)).toBe("# Tea");
    expect(proxy.asked).toEqual([]);
  });

  test("that is not there is said", async () => {
    const proxy = await startProxy(plain.origin);
    await proxy.close();
    const { failure } = await fetchWith({ HTTP_PROXY: proxy.url }, "http://handbook.example/a.md");
    expect(failure?.cause).toBe("the connection was refused");
  });
});
