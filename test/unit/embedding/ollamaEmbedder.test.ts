/** Embeddings from a real Ollama, by the small chat model that the other tests use: any model of Ollama's embeds. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createOllamaEmbedder } from "../../../src/adapters/embedding/ollamaEmbedder";
import { startTestOllama, TEST_MODEL, type TestOllama } from "../../support/ollamaServer";

const never = new AbortController().signal;
let server: TestOllama;

beforeAll(async () => {
  server = await startTestOllama();
}, 600_000);
afterAll(() => server.stop(), 60_000);

it("gives unit vectors in order, in a space that bears the model's name", { timeout: 240_000 }, async () => {
  const embedder = await createOllamaEmbedder({ host: server.url, model: TEST_MODEL }, never);
  const { identity } = embedder;
  expect(identity).toMatchObject({ model: `ollama/${TEST_MODEL}`, queryPrefix: "", documentPrefix: "" });
  const texts = Array.from({ length: 18 }, (_, index) => `Bean number ${index}`);
  const vectors = await embedder.embedDocuments(texts, never);
  expect(vectors).toHaveLength(texts.length);
  for (const vector of vectors) {
    expect(vector).toHaveLength(identity.dimensions);
    expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 4);
  }
  const last = await embedder.embedQuery("Bean number 17", never);
  const cosine = (other: Float32Array | undefined) =>
    last.reduce((sum, value, index) => sum + value * (other?.[index] ?? 0), 0);
  expect(cosine(vectors[17])).toBeGreaterThan(0.99);
  const given = new AbortController();
  given.abort();
  await expect(embedder.embedQuery("no more", given.signal)).rejects.toMatchObject({ name: "AbortError" });
});

it("says what is missing", { timeout: 60_000 }, async () => {
  await expect(
    createOllamaEmbedder({ host: server.url, model: "no-such-model" }, never),
  ).rejects.toMatchObject({
    failure: { kind: "model-missing", model: "no-such-model" },
  });
  const nowhere = "http://127.0.0.1:9";
  await expect(createOllamaEmbedder({ host: nowhere, model: TEST_MODEL }, never)).rejects.toMatchObject({
    failure: { kind: "ollama-unreachable", host: nowhere },
  });
});

it("gives a server up that says nothing, as one that is suspended", { timeout: 20_000 }, async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const host = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  try {
    await expect(
      createOllamaEmbedder({ host, model: TEST_MODEL, patienceMilliseconds: 300 }, never),
    ).rejects.toMatchObject({ failure: { kind: "ollama-unreachable", host } });
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});
