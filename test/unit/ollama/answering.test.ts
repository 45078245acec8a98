/** The whole way from a request to a cited answer, through LlamaIndex and a real Ollama; only the search is a stand-in of our own port. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAnswering, type AnsweringProps } from "../../../src/adapters/engine/answering";
import { createOllamaServer } from "../../../src/adapters/ollama/server";
import type { AnswerEvent, AnswerRequest } from "../../../src/core/answer/answer";
import type { SearchRequest } from "../../../src/core/engine";
import { isAbort } from "../../../src/core/failure";
import type { ModelDetails, ModelServer } from "../../../src/core/models/modelServer";
import type { Passage } from "../../../src/core/search/passage";
import { startTestOllama, TEST_MODEL, type TestOllama } from "../../support/ollamaServer";

const never = new AbortController().signal;
let server: TestOllama;

beforeAll(async () => {
  server = await startTestOllama();
}, 600_000);
afterAll(() => server.stop(), 60_000);

function passage(ordinal: number, heading: string, body: string): Passage {
  return {
    id: `guide:${ordinal}`,
    setId: "guide",
    document: "Guide",
    text: `${heading}\n\n${body}`,
    headingPath: [heading],
    score: 1,
    foundBy: [{ leg: "lexical", rank: 1, share: 1 }],
  };
}

const shutdown = passage(
  7,
  "Graceful shutdown",
  "Set `server.shutdown` to `graceful` and the web server finishes running requests before it stops.",
);
const profiles = passage(2, "Profiles", "A bean with `@Profile` exists in the named profiles only.");

interface Asked {
  readonly searches: SearchRequest[];
  readonly prompts: string[];
  readonly events: AnswerEvent[];
}

/** The passages that each search finds, in turn; what is in `poor` is found without answering. */
function setUp(
  results: readonly Passage[],
  poor: readonly Passage[] = [],
  more: Partial<AnsweringProps> = {},
  details: Partial<ModelDetails> = {},
) {
  const asked: Asked = { searches: [], prompts: [], events: [] };
  const real = createOllamaServer();
  const ollama: Pick<ModelServer, "describe" | "chat"> = {
    describe: async (host, model, signal) => ({ ...(await real.describe(host, model, signal)), ...details }),
    chat: (request, signal) => {
      asked.prompts.push(request.messages.map(({ content }) => content).join("\n---\n"));
      return real.chat(request, signal);
    },
  };
  const answering = createAnswering({
    ...more,
    ollama,
    searching: {
      search: (request) => {
        asked.searches.push(request);
        const answered = asked.searches.length > poor.length && results.length > 0;
        return Promise.resolve({ answered, results: answered ? results : poor });
      },
    },
  });
  return { answering, asked };
}

function ask(change: Partial<AnswerRequest> = {}): AnswerRequest {
  return {
    kind: "chat",
    instruction: "How do I let running requests finish?",
    history: [],
    springBootVersion: "3.2.1",
    withDocuments: true,
    model: { host: server.url, model: TEST_MODEL, options: { temperature: 0, seed: 1, num_predict: 48 } },
    ...change,
  };
}

test("without documents the model is asked with the rules alone", async () => {
  const { answering, asked } = setUp([shutdown]);
  const result = await answering.answer(
    ask({ withDocuments: false }),
    (event) => asked.events.push(event),
    never,
  );
  expect(asked.searches).toEqual([]);
  expect(asked.prompts[0]).toContain("Spring Boot 3.2.1");
  expect(asked.prompts[0]).not.toContain("[1]");
  expect(result.passages).toEqual([]);
  expect(asked.events.some(({ type }) => type === "passages")).toBe(false);
  const streamed = asked.events.map((event) => (event.type === "token" ? event.text : "")).join("");
  expect(streamed).toBe(result.text);
  expect(result.text.length).toBeGreaterThan(0);
}, 120_000);

test("with documents the passages are retrieved, numbered in reading order, and sent", async () => {
  const { answering, asked } = setUp([shutdown, profiles]);
  const result = await answering.answer(ask(), (event) => asked.events.push(event), never);
  expect(asked.searches).toEqual([
    {
      question: "How do I let running requests finish?",
      count: 4,
      withNeighbours: true,
      springBootVersion: "3.2.1",
    },
  ]);
  expect(asked.prompts).toHaveLength(1);
  expect(asked.prompts[0]).toContain("[1] Profiles");
  expect(asked.prompts[0]).toContain("[2] Graceful shutdown");
  expect(result.passages.map(({ id }) => id)).toEqual(["guide:2", "guide:7"]);
  expect(asked.events[0]).toEqual({ type: "status", status: "retrieving" });
  expect(asked.events).toContainEqual({ type: "passages", passages: result.passages, answered: true });
  expect(result.answered).toBe(true);
  expect(result.truncated).toBe(true);
  expect(result.timings).toMatchObject({ answerTokens: 48, promptTokens: expect.any(Number) as number });
  expect(result.timings.firstToken).toBeGreaterThan(0);
}, 120_000);

test("when the documents do not answer the model does alone, without the poor passages, and the answer says so", async () => {
  const { answering, asked } = setUp([], [profiles]);
  const result = await answering.answer(ask(), (event) => asked.events.push(event), never);
  expect(result).toMatchObject({ answered: false, passages: [], citations: [] });
  expect(result.text.length).toBeGreaterThan(0);
  expect(asked.prompts[0]).not.toContain("Profiles");
  expect(asked.prompts[0]).toContain("was searched and does not answer this");
  expect(asked.events).toContainEqual({ type: "passages", passages: [], answered: false });
}, 120_000);

test("selected code is asked by its names when the person's words are not answered", async () => {
  const { answering, asked } = setUp([profiles], [shutdown]);
  const selection = { text: '@Profile("dev") class Local {}', languageId: "java", before: "", after: "" };
  const result = await answering.answer(
    ask({ kind: "explain", instruction: "and this?", selection }),
    (event) => asked.events.push(event),
    never,
  );
  expect(asked.searches.map(({ question }) => question)).toEqual(["and this?", "@Profile Local"]);
  expect(result).toMatchObject({ answered: true, passages: [{ id: "guide:2" }] });
}, 120_000);

test("a prompt that the server finds too long is packed smaller, and what went is told", async () => {
  // The estimate does not know these letters: the model takes several tokens for each.
  const strange = (ordinal: number) => passage(ordinal, `Signs ${ordinal}`, "𓀀𓁐𓃰𓆣𓊝𓂀𓇳𓅓".repeat(12));
  const many = [1, 2, 3, 4].map(strange);
  const { answering, asked } = setUp(many);
  const result = await answering.answer(
    ask({
      model: { host: server.url, model: TEST_MODEL, contextTokens: 1_024, options: { num_predict: 8 } },
    }),
    (event) => asked.events.push(event),
    never,
  );
  expect(asked.prompts.length).toBeGreaterThan(1);
  expect(result.passages.length).toBeLessThan(4);
  expect(result.leftOut.join()).toMatch(/of 4 passages/);
  expect(result.timings.promptTokens).toBeLessThanOrEqual(1_024);
}, 120_000);

test("a cancelled answer ends with an abort", async () => {
  const { answering } = setUp([shutdown]);
  const controller = new AbortController();
  const answer = answering.answer(
    ask({ model: { host: server.url, model: TEST_MODEL, options: { num_predict: 2_000 } } }),
    (event) => {
      if (event.type === "token") controller.abort();
    },
    controller.signal,
  );
  const error: unknown = await answer.catch((caught: unknown) => caught);
  expect(isAbort(error)).toBe(true);
}, 120_000);

test("a draft is written before the documents are asked, and goes with the question", async () => {
  const { answering, asked } = setUp([shutdown]);
  const result = await answering.answer(
    ask({ draftFirst: true }),
    (event) => asked.events.push(event),
    never,
  );
  expect(asked.prompts).toHaveLength(2);
  expect(asked.prompts[0]).not.toContain("[1]");
  expect(asked.searches).toMatchObject([
    { question: "How do I let running requests finish?", draft: expect.stringMatching(/\S/) as string },
  ]);
  // The draft is nobody's answer.
  const streamed = asked.events.map((event) => (event.type === "token" ? event.text : "")).join("");
  expect(streamed).toBe(result.text);
  expect(result.timings.draft).toBeGreaterThan(0);
}, 120_000);

const httpClient = { name: "java.net.http.HttpClient", isAnnotation: false, methods: ["sendAsync"] };

test("code is asked for with the project's types at hand, told after the passages; a tiny model is told of none", async () => {
  const seen: (readonly Passage[])[] = [];
  const more: Partial<AnsweringProps> = {
    typesAtHand: (_request, passages) => {
      seen.push(passages);
      return Promise.resolve({ types: [httpClient], unknown: ["Gone"] });
    },
  };
  const { answering, asked } = setUp([shutdown], [], more, { parameters: 7e9 });
  await answering.answer(ask({ kind: "generate" }), (event) => asked.events.push(event), never);
  expect(seen).toEqual([[shutdown]]);
  expect(asked.prompts[0]).toMatch(
    /finishes running requests[\s\S]*- java\.net\.http\.HttpClient \(methods: sendAsync\)\n.*do not use: Gone/,
  );
  await answering.answer(ask({ kind: "chat" }), (event) => asked.events.push(event), never);
  expect(asked.prompts[1]).not.toContain("HttpClient");
  const tiny = setUp([shutdown], [], more);
  await tiny.answering.answer(ask({ kind: "generate" }), (event) => tiny.asked.events.push(event), never);
  expect(tiny.asked.prompts[0]).not.toContain("HttpClient");
}, 120_000);

test.each([
  ["do not come", () => new Promise<undefined>(() => undefined)],
  ["cannot be had", () => Promise.reject(new Error("no compiler"))],
])(
  "types at hand that %s do not keep the answer",
  async (_, typesAtHand) => {
    const { answering, asked } = setUp([shutdown], [], { typesAtHand });
    const result = await answering.answer(
      ask({ kind: "generate" }),
      (event) => asked.events.push(event),
      never,
    );
    expect(result.text).not.toBe("");
  },
  120_000,
);
