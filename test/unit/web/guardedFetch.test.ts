/** A public name is given by an injected resolver, and led to a real server of this machine as a network would lead it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { guardedFetch, isPrivateAddress } from "../../../src/adapters/web/guardedFetch";
import { createObtain } from "../../../src/adapters/web/obtain";
import type { Fetch } from "../../../src/adapters/web/request";
import { FailureError } from "../../../src/core/failure";
import { startSite, type LocalSite } from "./localSite";

let site: LocalSite;
let folder: string;
beforeAll(async () => {
  site = await startSite((_request, response) => response.end());
  folder = mkdtempSync(join(tmpdir(), "docwright-guard-"));
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  site.answer = (request, response) => {
    const to = new URL(request.url ?? "", site.origin).searchParams.get("to");
    if (to === null) response.writeHead(200, { "content-type": "text/markdown" }).end("# Tea");
    else response.writeHead(302, { location: to }).end();
  };
});

const names: Readonly<Record<string, readonly string[]>> = {
  "public.example": ["93.184.215.14"],
  "other.example": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
  "inside.example": ["93.184.215.14", "10.0.0.7"],
  "intranet.example": ["10.0.0.8", "fd00::8"],
};
const resolve = (host: string) =>
  names[host] ? Promise.resolve(names[host]) : Promise.reject(new Error("not known"));
/** Leads every public name to the site. */
const network: Fetch = (input, init) => {
  const url = new URL(input);
  return fetch(input.replace(`${url.protocol}//${url.host}`, site.origin), init);
};
const ask = async (address: string, start = address) => {
  const response = await guardedFetch(
    network,
    start,
    resolve,
  )(address, {
    headers: {},
    redirect: "follow",
    signal: new AbortController().signal,
  });
  return response.text();
};
const refusal = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FailureError) || error.failure.kind !== "download-failed") throw error;
  return error.failure.cause;
};

describe("ranges", () => {
  test.each(
    "127.0.0.1 10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255 224.0.0.1 :: ::1 fe80::1 fd00::1 ::ffff:10.0.0.1 ::ffff:7f00:1 64:ff9b::7f00:1".split(
      " ",
    ),
  )("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));
  test.each(
    "93.184.215.14 172.32.0.1 100.128.0.1 192.167.1.1 2606:2800:21f:cb07:6820:80da:af6b:8b2c ::ffff:93.184.215.14 64:ff9b::5db8:d70e".split(
      " ",
    ),
  )("%s is public", (address) => expect(isPrivateAddress(address)).toBe(false));
});

test.each([
  "http://127.0.0.1:8080/admin",
  "http://localhost/",
  "http://printer.local/",
  "http://0x7f.1/",
  "http://2130706433/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://169.254.169.254/latest/meta-data/",
  "http://inside.example/",
])("a public address that redirects to %s is refused before anything is asked there", async (to) => {
  const before = site.asked().length;
  const cause = await refusal(ask(`http://public.example/?to=${encodeURIComponent(to)}`));
  expect(cause).toContain("no public address");
  expect(site.asked().slice(before)).toHaveLength(1);
});

test("a redirect in two steps is followed to the end, and refused at the step that leads inside", async () => {
  const second = `http://public.example/?to=${encodeURIComponent("http://10.0.0.1/")}`;
  const asked = ask(`http://public.example/?to=${encodeURIComponent(`http://other.example/?to=${second}`)}`);
  expect(await refusal(asked)).toContain("10.0.0.1");
});

test.each(["http://other.example/", "/elsewhere", "http://unknown.example/"])(
  "a redirect to %s is followed",
  async (to) => {
    expect(await ask(`http://public.example/?to=${encodeURIComponent(to)}`)).toBe("# Tea");
  },
);

test("who names a private address gets it, and what it leads to", async () => {
  expect(await ask(`${site.origin}/?to=${encodeURIComponent(`${site.origin}/tea`)}`)).toBe("# Tea");
  expect(await ask("http://intranet.example/")).toBe("# Tea");
});

test("a name with addresses of both kinds is not taken for a private one", async () => {
  expect(await refusal(ask("http://inside.example/"))).toContain("no public address");
});

test.each(["ftp://public.example/", "file:///etc/passwd", "http://"])(
  "a redirect to %s leads nowhere",
  async (to) => {
    expect(await refusal(ask(`http://public.example/?to=${encodeURIComponent(to)}`))).toBe(
      "it leads nowhere",
    );
  },
);

test("redirects without end end", async () => {
  site.answer = (_request, response) => response.writeHead(302, { location: "/again" }).end();
  expect(await refusal(ask("http://public.example/"))).toBe("its redirects do not end");
});

test("documents and sites that a person adds are guarded", async () => {
  const obtain = createObtain({
    ...{ fetch: network, folder: () => folder, resolve },
    readLinks: () => Promise.reject(new Error("no page came")),
    pause: 0,
  });
  const { signal } = new AbortController();
  const url = `http://public.example/?to=${encodeURIComponent("http://192.168.0.1/")}`;
  expect(await refusal(obtain({ kind: "download", url }, () => undefined, signal))).toContain("192.168.0.1");
  const found = await obtain({ kind: "download", url: "http://public.example/tea" }, () => undefined, signal);
  expect(found.source.path).toContain(folder);
});
