/** The built command line and the real Ollama, behind a proxy that demands a token. */
import { execFile } from "node:child_process";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";
import { sharedTestOllama, TEST_MODEL } from "../../support/ollamaServer";

const secret = "s3cret-of-a-test";
const passed: string[] = [];
let ollama: Awaited<ReturnType<typeof sharedTestOllama>>;
const proxy = createServer((incoming, response) => {
  if (incoming.headers.authorization !== `Bearer ${secret}`) {
    incoming.resume();
    response.writeHead(401).end(`not with ${incoming.headers.authorization ?? "nothing"}`);
    return;
  }
  const { url = "", method, headers } = incoming;
  passed.push(url);
  const onward = forward(new URL(url, ollama.url), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  response.on("close", () => onward.destroy());
  incoming.pipe(onward);
});

beforeAll(async () => {
  ollama = await sharedTestOllama();
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
}, 600_000);
afterAll(async () => {
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await ollama.stop();
}, 60_000);

function generate(token: string | undefined): Promise<{ code: unknown; out: string; said: string }> {
  const { port } = proxy.address() as AddressInfo;
  const host = ["--host", `http://127.0.0.1:${port}`, "--model", TEST_MODEL];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(repositoryRoot, "dist", "cli.cjs"), "generate", ...host, "a RestClient bean"],
      { env: { ...process.env, DOCWRIGHT_DEBUG: "1", DOCWRIGHT_OLLAMA_TOKEN: token } },
      (error, out, said) => resolve({ code: error?.code ?? 0, out, said }),
    );
  });
}

test("generates with the token, and names what is missing without it", async () => {
  const without = await generate(undefined);
  expect(without).toMatchObject({ code: 2, out: "" });
  expect(without.said).toContain("asks for a token, and none is kept for it (status 401).");
  expect(without.said).toContain("DOCWRIGHT_OLLAMA_TOKEN");

  const wrong = await generate("wr0ng");
  expect(wrong).toMatchObject({ code: 2, out: "" });
  expect(wrong.said).toContain("does not accept the token that is kept for it (status 401).");
  expect(wrong.said).not.toContain("wr0ng");
  expect(passed).toEqual([]);

  const right = await generate(secret);
  expect(right.code, right.said).toBe(0);
  expect(right.out.trim()).not.toBe("");
  expect(passed).toContain("/api/chat");
  expect(right.out + right.said).not.toContain(secret);
}, 300_000);
