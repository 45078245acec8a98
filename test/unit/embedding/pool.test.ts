import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createEmbeddingPool,
  defaultThreads,
  type EmbeddingPoolProps,
} from "../../../src/adapters/embedding/pool";
import type { Embedder } from "../../../src/core/embedder";
import { builtThread } from "./builtThread";

const never = new AbortController().signal;
let props: EmbeddingPoolProps;
let pool: Embedder;

beforeAll(async () => {
  props = { ...(await builtThread()), threads: 2 };
  pool = createEmbeddingPool(props);
}, 60_000);
afterAll(() => pool.close());

const cosine = (left: Float32Array, right: Float32Array) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

describe("the embedding pool", () => {
  it("gives unit vectors in the order of the texts, the same whatever else is embedded", async () => {
    const texts = Array.from(
      { length: 12 },
      (_, index) => `How do I change port ${index} of the web server?`,
    );
    const together = await pool.embedDocuments(texts, never);
    const alone = await pool.embedDocuments(texts.slice(7, 8), never);
    expect(together).toHaveLength(12);
    for (const vector of together) expect(cosine(vector, vector)).toBeCloseTo(1, 5);
    expect(together[7]).toEqual(alone[0]);
    expect(together[6]).not.toEqual(together[7]);
  });

  it("puts what means the same nearer than what does not", async () => {
    const question = await pool.embedQuery("Which property sets the HTTP port?", never);
    const [near, far] = await pool.embedDocuments(
      ["Set server.port to listen somewhere else than 8080.", "A cat sleeps on the warm roof."],
      never,
    );
    if (!near || !far) throw new Error("two texts give two vectors");
    expect(cosine(question, near)).toBeGreaterThan(cosine(question, far) + 0.2);
  });

  it("reads more than the 128 tokens that the tokenizer asks for, and cuts at 512", async () => {
    const start = "server port ".repeat(70); // 140 tokens
    const [short, longer] = await pool.embedDocuments([start, `${start} and the database pool`], never);
    expect(short).not.toEqual(longer);
    const [full, cut] = await pool.embedDocuments(["port ".repeat(510), "port ".repeat(2000)], never);
    expect(cut).toEqual(full);
  });

  it("stops when the caller gives up, and works on", async () => {
    const controller = new AbortController();
    const texts = Array.from({ length: 200 }, (_, index) =>
      `A longer text about bean number ${index}. `.repeat(20),
    );
    const started = performance.now();
    const work = pool.embedDocuments(texts, controller.signal);
    setTimeout(() => controller.abort(), 300);
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await pool.embedQuery("still there?", never)).toHaveLength(384);
  });

  it("says which file is missing", async () => {
    const broken = createEmbeddingPool({ ...props, modelFolder: "/nowhere" });
    await expect(broken.embedQuery("hello", never)).rejects.toMatchObject({
      failure: { kind: "assets-missing", path: expect.stringContaining("nowhere") as string },
    });
    await broken.close();
  });
});

it("leaves cores to the developer and the language model", () => {
  expect([1, 2, 4, 8, 32].map((cores) => defaultThreads(cores))).toEqual([1, 2, 2, 4, 4]);
});
