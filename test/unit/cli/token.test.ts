/** The built command line and the real Ollama, behind a proxy that demands a token. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";
import { sharedTestOllama, TEST_MODEL } from "../../support/ollamaServer";
import { startTokenProxy, type TokenProxy } from "../../support/tokenProxy";

const secret = "s3cret-of-a-test";
let ollama: Awaited<ReturnType<typeof sharedTestOllama>>;
let proxy: TokenProxy;

beforeAll(async () => {
  ollama = await sharedTestOllama();
  proxy = await startTokenProxy(ollama.url, secret);
}, 600_000);
afterAll(async () => {
  await proxy.close();
  await ollama.stop();
}, 60_000);

function generate(token: string | undefined): Promise<{ code: unknown; out: string; said: string }> {
  const host = ["--host", proxy.url, "--model", TEST_MODEL];
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
  expect(proxy.passed).toEqual([]);

  const right = await generate(secret);
  expect(right.code, right.said).toBe(0);
  expect(right.out.trim()).not.toBe("");
  expect(proxy.passed).toContain("/api/chat");
  expect(right.out + right.said).not.toContain(secret);
}, 300_000);
