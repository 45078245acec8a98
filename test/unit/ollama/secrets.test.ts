/** The token of a server goes with every request to it, and nowhere else: not to another server, not along a redirect, not into words. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createOllamaEmbedder } from "../../../src/adapters/embedding/ollamaEmbedder";
import { answerSecrets, createSecretsClient } from "../../../src/adapters/engine/secretsMessages";
import { createOllamaServer } from "../../../src/adapters/ollama/server";
import { environmentSecrets } from "../../../src/cli/serverSecrets";
import { FailureError, type Failure } from "../../../src/core/failure";
import { failureText } from "../../../src/core/failureText";
import { serverAddresses, serverOrigin } from "../../../src/core/models/serverAddress";
import { parseSecret, type SecretsOf } from "../../../src/core/models/serverSecrets";
import { done, json, lines, token } from "./scriptedServer";

const never = new AbortController().signal;
const secret = "s3cret-of-a-test";
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

interface Seen {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly key: string | string[] | undefined;
}

async function start(reply: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const { authorization, "x-api-key": key } = request.headers;
    seen.push({ path: request.url ?? "", authorization, key });
    request.resume();
    reply(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  return { host: `http://127.0.0.1:${port}`, port, seen };
}

const only =
  (host: string, headers: Readonly<Record<string, string>>): SecretsOf =>
  (origin) =>
    Promise.resolve(origin === serverOrigin(host) ? headers : {});

const bearer = { Authorization: `Bearer ${secret}`, "X-Api-Key": "another" };

async function failureOf(action: Promise<unknown>): Promise<Failure> {
  const error: unknown = await action.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error instanceof FailureError) return error.failure;
  throw new Error(`expected a failure, got ${String(error)}`);
}

const replies: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "/api/version": json({ version: "0.17.4" }),
  "/api/tags": json({
    models: [{ name: "m", model: "m", size: 1, digest: "d", details: {} }],
  }),
  "/api/ps": json({ models: [] }),
  "/api/show": json({ details: {}, model_info: {}, capabilities: ["completion"] }),
  "/api/chat": lines([token("Hi"), done()]),
  "/api/pull": lines(['{"status":"success"}\n']),
  "/api/embed": json({ embeddings: [[1, 0]] }),
};
const answering = (request: IncomingMessage, response: ServerResponse) =>
  (replies[request.url ?? ""] ?? json({}, 404))(response);

test("every kind of request carries it", async () => {
  const { host, port, seen } = await start(answering);
  const secrets = only(host, bearer);
  const server = createOllamaServer({ secrets });
  await server.status(`http://localhost:${port}`, never);
  await server.describe(host, "m", never);
  await server.pull({ host, model: "m" }, () => undefined, never);
  const chat = { host, model: "m", messages: [], contextTokens: 512, answerTokens: 8, thinks: false };
  for await (const event of server.chat(chat, never)) expect(event.type).not.toBe("thinking");
  await createOllamaEmbedder({ host, model: "m", secrets }, never);
  expect([...new Set(seen.map(({ path }) => path))].sort()).toEqual(Object.keys(replies).sort());
  expect(seen.filter(({ authorization }) => authorization !== bearer.Authorization)).toEqual([]);
  expect(seen.filter(({ key }) => key !== "another")).toEqual([]);
});

test("another port of the same machine does not get it", async () => {
  const own = await start(answering);
  const other = await start(answering);
  await createOllamaServer({ secrets: only(own.host, bearer) }).status(other.host, never);
  expect(other.seen.length).toBeGreaterThan(0);
  expect(other.seen.filter(({ authorization, key }) => authorization ?? key)).toEqual([]);
});

test("a redirect is not followed", async () => {
  const target = await start(answering);
  const { host } = await start((_request, response) => {
    response.writeHead(307, { location: `${target.host}/api/version` }).end();
  });
  const failure = await failureOf(createOllamaServer({ secrets: only(host, bearer) }).status(host, never));
  expect(failure).toMatchObject({ kind: "ollama-error", status: 307 });
  expect(target.seen).toEqual([]);
});

describe("a refusal", () => {
  test.each([401, 403])("with status %d names the command and repeats no secret", async (status) => {
    const { host } = await start((request, response) =>
      json({ error: `no: ${request.headers.authorization ?? "nothing"}` }, status)(response),
    );
    const without = await failureOf(createOllamaServer().status(host, never));
    expect(without).toEqual({ kind: "server-unauthorised", host, status, sent: false });
    const secrets = only(host, bearer);
    const refused = await failureOf(createOllamaServer({ secrets }).status(host, never));
    expect(refused).toEqual({ kind: "server-unauthorised", host, status, sent: true });
    expect(failureText(refused)).toMatchObject({ action: "set-token" });
    expect(failureText(refused).remedy).toContain("Docwright: Set token of the Ollama server");
    const embedding = createOllamaEmbedder({ host, model: "m", secrets }, never);
    expect(await failureOf(embedding)).toEqual(refused);
  });

  test("with another status keeps its words, without the secrets in them", async () => {
    const { host } = await start((request, response) => {
      const { authorization = "", "x-api-key": key } = request.headers;
      json({ error: `bad: ${authorization}, ${String(key)}, ${authorization.slice(7)}` }, 500)(response);
    });
    const secrets = only(host, bearer);
    const cause = "bad: •••, •••, •••";
    expect(await failureOf(createOllamaServer({ secrets }).status(host, never))).toMatchObject({ cause });
    const embedding = createOllamaEmbedder({ host, model: "m", secrets }, never);
    expect(await failureOf(embedding)).toMatchObject({ cause: `Ollama at ${host}: ${cause}` });
  });
});

test.each([
  ["abc.def", { Authorization: "Bearer abc.def" }],
  [" Bearer abc ", { Authorization: "Bearer abc" }],
  ["authorization: Basic dTpw", { Authorization: "Basic dTpw" }],
  ["X-Api-Key: two words", { "X-Api-Key": "two words" }],
  ["Host: elsewhere", undefined],
  ["content-length: 3", undefined],
  ["two words", undefined],
  ["a\r\nX-Other: b", undefined],
  ["gültig", undefined],
  ["", undefined],
])("%j is read as %j", (written, headers) => {
  expect(parseSecret(written)).toEqual(headers);
});

test.each([
  ["localhost:11434", "http://127.0.0.1:11434"],
  ["http://[::1]:11434", "http://127.0.0.1:11434"],
  ["https://models.example/", "https://models.example"],
  ["http://models.example", "http://models.example"],
  ["https://models.example:8443", "https://models.example:8443"],
  ["https://user:password@models.example", undefined],
])("the origin of %s is %s", (host, origin) => {
  expect(serverOrigin(host)).toBe(origin);
});

test("an address with a password in it is none", () => {
  expect(serverAddresses("http://user:password@127.0.0.1:11434")).toEqual([]);
});

describe("the command line", () => {
  const environment = { DOCWRIGHT_OLLAMA_TOKEN: secret, DOCWRIGHT_OLLAMA_HEADERS: "X-Api-Key: another\n" };

  test("takes both from the environment, for the server of the command alone", async () => {
    const secrets = environmentSecrets(environment, "https://models.example");
    expect(await secrets("https://models.example")).toEqual(bearer);
    expect(await secrets("http://models.example")).toEqual({});
    expect(await secrets("https://models.example:8443")).toEqual({});
  });

  test("does not repeat what cannot be sent", async () => {
    const wrong = () => environmentSecrets({ DOCWRIGHT_OLLAMA_TOKEN: `${secret} ${secret}` }, "localhost");
    const failure = await failureOf(Promise.resolve().then(wrong));
    expect(failure.kind).toBe("bad-argument");
    expect(JSON.stringify(failure)).not.toContain(secret);
  });
});

describe("the worker", () => {
  const ask = async (secrets: SecretsOf | undefined, log: string[] = []) => {
    const client = createSecretsClient(
      (question) =>
        void answerSecrets(question, secrets, (line) => log.push(line)).then((reply) =>
          client.receive(reply),
        ),
    );
    return client.of("https://models.example");
  };

  test("asks for each request", async () => {
    expect(await ask(only("https://models.example", bearer))).toEqual(bearer);
    expect(await ask(undefined)).toEqual({});
  });

  test("goes without when the storage cannot be read, and the log does not repeat why", async () => {
    const log: string[] = [];
    expect(await ask(() => Promise.reject(new Error(secret)), log)).toEqual({});
    expect(log).toEqual(["The secret storage could not be read for https://models.example."]);
  });
});
