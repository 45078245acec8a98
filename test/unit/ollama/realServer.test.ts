/** The adapter against a real Ollama with the small model. What a real server cannot be made to do is in scriptedServer.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOllamaServer } from "../../../src/adapters/ollama/server";
import { FailureError, isAbort } from "../../../src/core/failure";
import type { ChatEvent, ChatRequest } from "../../../src/core/models/modelServer";
import { startTestOllama, TEST_MODEL, type TestOllama } from "../../support/ollamaServer";

const never = new AbortController().signal;
const ollama = createOllamaServer();
let server: TestOllama;

beforeAll(async () => {
  server = await startTestOllama();
}, 600_000);
afterAll(() => server.stop(), 60_000);

function ask(content: string, change: Partial<ChatRequest> = {}): ChatRequest {
  return {
    host: server.url,
    model: TEST_MODEL,
    messages: [{ role: "user", content }],
    contextTokens: 2_048,
    answerTokens: 24,
    thinks: false,
    options: { temperature: 0, seed: 1 },
    ...change,
  };
}

async function collect(request: ChatRequest, signal = never): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of ollama.chat(request, signal)) events.push(event);
  return events;
}

const textOf = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === "token" ? event.text : "")).join("");

async function failureOf(action: Promise<unknown>) {
  const error: unknown = await action.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error instanceof FailureError) return error.failure;
  throw new Error(`expected a failure, got ${String(error)}`);
}

test("status tells version, models with their window, and memory", async () => {
  const status = await ollama.status(server.url, never);
  expect(status.version).toMatch(/^\d+\.\d+\.\d+/);
  const model = status.models.find((each) => each.name === TEST_MODEL);
  expect(model).toMatchObject({ contextTokens: 8192, quantisation: "Q4_1" });
  expect(model?.parameters).toMatch(/^134/);
  expect(model?.neededBytes).toBeGreaterThan(model?.bytes ?? Infinity);
  expect(status.totalMemoryBytes).toBeGreaterThan(status.freeMemoryBytes ?? Infinity);
});

describe("chat", () => {
  test("streams status, tokens and the counts, and the same text again", async () => {
    const events = await collect(ask("Say hello."));
    expect(events[0]).toMatchObject({ type: "status" });
    expect(events).toContainEqual({ type: "status", status: "writing" });
    const text = textOf(events);
    expect(text.length).toBeGreaterThan(0);
    const done = events.at(-1);
    expect(done).toMatchObject({ type: "done" });
    if (done?.type !== "done") throw new Error("no end");
    expect(done.promptTokens).toBeGreaterThan(5);
    expect(done.answerTokens).toBeLessThanOrEqual(24);
    expect(textOf(await collect(ask("Say hello.")))).toBe(text);
  }, 120_000);

  test("says that the answer's room ended", async () => {
    const events = await collect(ask("Write a long story about a ship.", { answerTokens: 8 }));
    expect(events.at(-1)).toMatchObject({ type: "done", truncated: true, answerTokens: 8 });
  }, 60_000);

  test("the window that was asked for is the one that is loaded", async () => {
    await collect(ask("Hello", { contextTokens: 1_024, answerTokens: 4 }));
    expect(await ollama.describe(server.url, TEST_MODEL, never)).toEqual({
      contextTokens: 8192,
      loadedContextTokens: 1024,
      parameters: 134515008,
      thinks: false,
    });
  }, 60_000);

  test("a prompt longer than the window is refused, not cut", async () => {
    const request = ask("word ".repeat(3_000), { contextTokens: 1_024 });
    expect(await failureOf(collect(request))).toMatchObject({
      kind: "ollama-error",
      status: 400,
      cause: expect.stringContaining("exceeds the context length") as string,
    });
  }, 60_000);

  test("a model that the server does not have", async () => {
    expect(await failureOf(collect(ask("Hi", { model: "no-such-model:1b" })))).toEqual({
      kind: "model-missing",
      host: server.url,
      model: "no-such-model:1b",
    });
    expect(await failureOf(ollama.describe(server.url, "no-such-model:1b", never))).toMatchObject({
      kind: "model-missing",
    });
  });

  test("aborting before the first token returns at once", async () => {
    const controller = new AbortController();
    const started = Date.now();
    setTimeout(() => controller.abort(), 150);
    const request = ask("word ".repeat(1_500), { contextTokens: 4_096 });
    const error: unknown = await collect(request, controller.signal).catch((caught: unknown) => caught);
    expect(isAbort(error)).toBe(true);
    expect(Date.now() - started).toBeLessThan(2_000);
  }, 60_000);

  test("aborting while it writes frees the server", async () => {
    const controller = new AbortController();
    let error: unknown;
    let tokens = 0;
    try {
      const request = ask("Count from one to one thousand in words.", { answerTokens: 1_800 });
      for await (const event of ollama.chat(request, controller.signal)) {
        if (event.type === "token" && ++tokens === 3) controller.abort();
      }
    } catch (caught) {
      error = caught;
    }
    expect(isAbort(error)).toBe(true);
    expect(tokens).toBeLessThan(20);
    const started = Date.now();
    await collect(ask("Hi", { answerTokens: 1 }));
    // 1,800 tokens take the small model more than a minute on two cores.
    expect(Date.now() - started).toBeLessThan(20_000);
  }, 120_000);
});

test("a pull that cannot reach the registry fails with the server's reason", async () => {
  const pulled = ollama.pull(
    { host: server.url, model: "127.0.0.1:9/library/none:1b" },
    () => undefined,
    never,
  );
  expect(await failureOf(pulled)).toMatchObject({
    kind: "pull-failed",
    model: "127.0.0.1:9/library/none:1b",
  });
}, 60_000);

test("a server killed in mid-answer keeps what came, then is unreachable", async () => {
  let text = "";
  const answer = (async () => {
    for await (const event of ollama.chat(ask("Write a long story.", { answerTokens: 1_500 }), never)) {
      if (event.type !== "token") continue;
      if (text === "") void server.kill();
      text += event.text;
    }
  })();
  expect(await failureOf(answer)).toMatchObject({ kind: "ollama-cut-off", host: server.url });
  expect(text.length).toBeGreaterThan(0);
  const installed = createOllamaServer({ environment: { PATH: "" }, platform: "aix" });
  expect(await failureOf(installed.status(server.url, never))).toEqual({
    kind: "ollama-not-installed",
    host: server.url,
  });
  await server.restart();
  expect((await ollama.status(server.url, never)).models.length).toBeGreaterThan(0);
}, 120_000);
