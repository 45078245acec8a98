/** What a real Ollama cannot be made to do: broken streams, silence, old versions, thinking models, other machines' errors. */
import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, test } from "vitest";
import { createOllamaServer } from "../../../src/adapters/ollama/server";
import { FailureError, isAbort, type Failure } from "../../../src/core/failure";
import type { ChatEvent, ChatRequest } from "../../../src/core/models/modelServer";
import {
  done,
  json,
  lines,
  startScriptedServer,
  token,
  type Script,
  type ScriptedServer,
} from "./scriptedServer";

const never = new AbortController().signal;
const running: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(script: Script, address?: string): Promise<ScriptedServer> {
  const server = await startScriptedServer(script, address);
  running.push(server);
  return server;
}

function request(host: string, change: Partial<ChatRequest> = {}): ChatRequest {
  return {
    host,
    model: "m",
    messages: [{ role: "user", content: "Hi" }],
    contextTokens: 2_048,
    answerTokens: 100,
    thinks: false,
    ...change,
  };
}

interface Outcome {
  readonly text: string;
  readonly thinking: string;
  readonly last: ChatEvent | undefined;
  readonly failure?: Failure;
}

async function chat(host: string, ollama = createOllamaServer(), signal = never): Promise<Outcome> {
  let text = "";
  let thinking = "";
  let last: ChatEvent | undefined;
  try {
    for await (const event of ollama.chat(request(host), signal)) {
      last = event;
      if (event.type === "token") text += event.text;
      if (event.type === "thinking") thinking += event.text;
    }
    return { text, thinking, last };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { text, thinking, last, failure: error.failure };
  }
}

describe("a broken answer keeps what came", () => {
  test.each([
    ["a line that is no JSON", lines([token("Hel"), "oops\n", token("lo"), done()])],
    ["a line cut in the middle", lines([token("Hel"), '{"message":{"content":"l'])],
    ["an end without the last line", lines([token("Hel")])],
    ["a broken connection", lines([token("Hel")], "destroy")],
  ])("%s", async (_name, answer) => {
    const { host } = await start({ "/api/chat": answer });
    const { text, failure } = await chat(host);
    expect(text).toBe("Hel");
    expect(failure).toMatchObject({ kind: "ollama-cut-off", host });
  });

  test("all of a long piece before a broken line", async () => {
    const many = Array.from({ length: 200 }, (_, index) => token(`${index} `));
    const { host } = await start({ "/api/chat": lines([...many, "oops\n"]) });
    const { text, failure } = await chat(host);
    expect(text.trim().split(" ")).toHaveLength(200);
    expect(failure).toMatchObject({ kind: "ollama-cut-off" });
  });

  test("silence between two tokens", async () => {
    const { host } = await start({ "/api/chat": lines([token("Hel")], "stay") });
    const { text, failure } = await chat(host, createOllamaServer({ silenceMilliseconds: 300 }));
    expect(text).toBe("Hel");
    expect(failure).toMatchObject({ kind: "ollama-cut-off", cause: "silent for 0.3 s" });
  });

  test("an error in the stream", async () => {
    const { host } = await start({ "/api/chat": lines([token("Hel"), '{"error":"runner has gone"}\n']) });
    expect(await chat(host)).toMatchObject({
      text: "Hel",
      failure: { kind: "ollama-error", host, cause: "runner has gone" },
    });
  });
});

test("there is no limit before the first token, and signs of life meanwhile", async () => {
  const { host, asked } = await start({
    "/api/chat": (response) => setTimeout(() => lines([token("Hello"), done()])(response), 2_000),
  });
  // Both limits are shorter than the wait: they are about other things.
  const ollama = createOllamaServer({ silenceMilliseconds: 300, connectMilliseconds: 300 });
  const statuses: string[] = [];
  let text = "";
  for await (const event of ollama.chat(request(host), never)) {
    if (event.type === "status") statuses.push(event.status);
    if (event.type === "token") text += event.text;
  }
  expect(text).toBe("Hello");
  expect(statuses[0]).toBe("loading-model");
  expect(statuses.at(-1)).toBe("writing");
  expect(asked.filter((path) => path === "/api/ps").length).toBeGreaterThan(1);
});

describe("aborting reaches the server", () => {
  test("before the first token", async () => {
    const server = await start({ "/api/chat": () => undefined });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const error: unknown = await chat(server.host, createOllamaServer(), controller.signal).catch(
      (caught: unknown) => caught,
    );
    expect(isAbort(error)).toBe(true);
    await server.closedEarly;
  });

  test("between two tokens", async () => {
    const server = await start({ "/api/chat": lines([token("Hel")], "stay") });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const error: unknown = await chat(server.host, createOllamaServer(), controller.signal).catch(
      (caught: unknown) => caught,
    );
    expect(isAbort(error)).toBe(true);
    await server.closedEarly;
  });

  test("by leaving the loop", async () => {
    const server = await start({ "/api/chat": lines([token("Hel")], "stay") });
    for await (const event of createOllamaServer().chat(request(server.host), never)) {
      if (event.type === "token") break;
    }
    await server.closedEarly;
  });
});

describe("thinking", () => {
  test("the server's own field never lands in the text", async () => {
    const answer = lines([
      token("", { thinking: "hm " }),
      token("", { thinking: "so" }),
      token("Yes"),
      done(),
    ]);
    const { host } = await start({ "/api/chat": answer });
    expect(await chat(host)).toMatchObject({ thinking: "hm so", text: "Yes" });
  });
  test("nor do tags, split over tokens", async () => {
    const answer = lines([token("<th"), token("ink>hm</thi"), token("nk>\n"), token("Yes"), done()]);
    const { host } = await start({ "/api/chat": answer });
    expect(await chat(host)).toMatchObject({ thinking: "hm", text: "Yes" });
  });
});

test("the end tells of a full room", async () => {
  const { host } = await start({ "/api/chat": lines([token("Yes"), done("length")]) });
  expect((await chat(host)).last).toEqual({
    type: "done",
    truncated: true,
    promptTokens: 12,
    answerTokens: 3,
  });
});

describe("status", () => {
  async function failureOf(script: Script) {
    const { host } = await start(script);
    const error: unknown = await createOllamaServer()
      .status(host, never)
      .catch((caught: unknown) => caught);
    if (error instanceof FailureError) return error.failure;
    throw new Error(`expected a failure, got ${String(error)}`);
  }

  test("an old server", async () => {
    expect(await failureOf({ "/api/version": json({ version: "0.5.13" }) })).toMatchObject({
      kind: "ollama-too-old",
      version: "0.5.13",
    });
  });
  test("an error of something between", async () => {
    const page = (response: Parameters<Script[string]>[0]) => {
      response.writeHead(502, { "content-type": "text/html" });
      response.end("<h1>Bad Gateway</h1>");
    };
    expect(await failureOf({ "/api/version": page })).toMatchObject({
      kind: "ollama-error",
      status: 502,
      cause: "<h1>Bad Gateway</h1>",
    });
  });
  test("models that run elsewhere or write no text are left out", async () => {
    const details = { parameter_size: "1B", quantization_level: "Q4_0", family: "x" };
    const { host } = await start({
      "/api/version": json({ version: "0.17.4" }),
      "/api/tags": json({
        models: [
          { name: "far:cloud", size: 10, remote_host: "https://far.example", details },
          { name: "near:1b", size: 1_000, details },
        ],
      }),
      "/api/show": json({ details, capabilities: ["completion"], model_info: {} }),
    });
    const { models } = await createOllamaServer().status(host, never);
    expect(models.map(({ name }) => name)).toEqual(["near:1b"]);
  });
});

describe("addresses", () => {
  const hasIpv6 = Object.values(networkInterfaces()).some((each) =>
    each?.some(({ address }) => address === "::1"),
  );
  // Without the loopback of version 6 no server can listen there.
  if (hasIpv6) {
    test("localhost is tried in both families", async () => {
      const { host } = await start(
        { "/api/version": json({ version: "0.17.4" }), "/api/tags": json({ models: [] }) },
        "::1",
      );
      expect((await createOllamaServer().status(host, never)).version).toBe("0.17.4");
    });
  }

  test("nothing there, and nothing installed", async () => {
    const server = await start({});
    await server.close();
    const at = (platform: NodeJS.Platform) =>
      createOllamaServer({ environment: { PATH: "" }, platform })
        .status(server.host, never)
        .catch((caught: unknown) => caught);
    expect(await at("aix")).toMatchObject({ failure: { kind: "ollama-not-installed", host: server.host } });
  });

  test("nothing there on another machine", async () => {
    // TEST-NET-1 of RFC 5737: nobody answers, so either the connection is refused at once or the limit ends it.
    const ollama = createOllamaServer({
      environment: { PATH: "" },
      platform: "aix",
      connectMilliseconds: 500,
    });
    const error: unknown = await ollama
      .status("http://192.0.2.1:11434", never)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ failure: { kind: "ollama-unreachable" } });
  });

  test("what is no address is told at once", async () => {
    const error: unknown = await createOllamaServer()
      .status("ftp://x", never)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ failure: { kind: "bad-argument" } });
  });
});

describe("a pull", () => {
  const progress = (more: object) => `${JSON.stringify(more)}\n`;

  test("sums its layers", async () => {
    const { host } = await start({
      "/api/pull": lines([
        progress({ status: "pulling manifest" }),
        progress({ status: "pulling aa", digest: "aa", total: 100, completed: 40 }),
        progress({ status: "pulling bb", digest: "bb", total: 10 }),
        progress({ status: "pulling aa", digest: "aa", total: 100, completed: 100 }),
        progress({ status: "success" }),
      ]),
    });
    const seen: unknown[] = [];
    await createOllamaServer().pull({ host, model: "m" }, (each) => seen.push(each), never);
    expect(seen).toEqual([
      { status: "pulling manifest" },
      { status: "pulling aa", completedBytes: 40, totalBytes: 100 },
      { status: "pulling bb", completedBytes: 40, totalBytes: 110 },
      { status: "pulling aa", completedBytes: 100, totalBytes: 110 },
      { status: "success", completedBytes: 100, totalBytes: 110 },
    ]);
  });

  test("an error inside a successful reply", async () => {
    const { host } = await start({ "/api/pull": lines([progress({ error: "file does not exist" })]) });
    const error: unknown = await createOllamaServer()
      .pull({ host, model: "m" }, () => undefined, never)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      failure: { kind: "pull-failed", model: "m", cause: "file does not exist" },
    });
  });

  test("is cancelled in the middle", async () => {
    const { host } = await start({ "/api/pull": lines([progress({ status: "pulling aa" })], "stay") });
    const controller = new AbortController();
    const error: unknown = await createOllamaServer()
      .pull({ host, model: "m" }, () => controller.abort(), controller.signal)
      .catch((caught: unknown) => caught);
    expect(isAbort(error)).toBe(true);
  });
});
