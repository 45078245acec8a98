/** Faults of servers and of what stands before them: each ends, says what it is, and leaves the next request well. */
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";
import { createOllamaServer } from "../../../src/adapters/ollama/server";
import { FailureError, type Failure } from "../../../src/core/failure";
import { failureText } from "../../../src/core/failureText";
import { english } from "../../../src/core/translate";
import { done, lines, startScriptedServer, token, type Script } from "./scriptedServer";

const never = new AbortController().signal;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A server that does `fault` with the first chat and answers the second. */
async function faultyOnce(fault: NonNullable<Script[string]>): Promise<string> {
  let asked = 0;
  const server = await startScriptedServer({
    "/api/chat": (response) => (asked++ === 0 ? fault : lines([token("Hello"), done()]))(response),
  });
  closing.push(() => server.close());
  return server.host;
}

const ollama = createOllamaServer({ silenceMilliseconds: 500, connectMilliseconds: 2_000 });

async function ask(host: string): Promise<string> {
  let text = "";
  const request = { host, model: "m", contextTokens: 2_048, answerTokens: 100, thinks: false };
  const messages = [{ role: "user" as const, content: "Hi" }];
  for await (const event of ollama.chat({ ...request, messages }, never)) {
    if (event.type === "token") text += event.text;
  }
  return text;
}

async function failureOf(host: string): Promise<Failure> {
  const error: unknown = await ask(host).catch((caught: unknown) => caught);
  if (error instanceof FailureError) return error.failure;
  throw new Error("the request did not fail as expected", { cause: error });
}

test.each<[string, NonNullable<Script[string]>, string]>([
  [
    "an error whose text does not end",
    (response) => {
      response.writeHead(500, { "content-type": "text/plain" });
      response.write("out of memory");
    },
    "out of memory",
  ],
  [
    "an error whose text is endless",
    (response) => {
      response.writeHead(500, { "content-type": "text/plain" });
      const piece = "x".repeat(64 * 1024);
      const more = () => {
        if (response.destroyed) return;
        if (response.write(piece)) setImmediate(more);
        else response.once("drain", more);
      };
      more();
    },
    "x".repeat(200),
  ],
])("%s is told of with its status", async (_name, fault, cause) => {
  const host = await faultyOnce(fault);
  expect(await failureOf(host)).toEqual({ kind: "ollama-error", host, status: 500, cause });
  expect(await ask(host)).toBe("Hello");
});

test("a line that does not end is given up before it fills the memory", async () => {
  let sent = 0;
  const host = await faultyOnce((response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    const piece = "x".repeat(1024 * 1024);
    const more = () => {
      if (response.destroyed) return;
      sent++;
      if (response.write(piece)) setImmediate(more);
      else response.once("drain", more);
    };
    more();
  });
  expect(await failureOf(host)).toEqual({
    kind: "ollama-cut-off",
    host,
    cause: "a line of its answer does not end",
  });
  expect(sent).toBeLessThan(64);
  expect(await ask(host)).toBe("Hello");
});

test("a certificate that is not trusted is called so, and not a server that does not run", async () => {
  const file = (name: string) => readFileSync(path.join(repositoryRoot, "test", "fixtures", "tls", name));
  const server = createServer({ key: file("key.pem"), cert: file("certificate.pem") });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  const host = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const failure = await failureOf(host);
  expect(failure).toMatchObject({ kind: "server-certificate", host });
  expect(failureText(failure, english).remedy).toContain("NODE_EXTRA_CA_CERTS");
});
