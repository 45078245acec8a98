import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askAgain } from "../../../src/adapters/classify/askAgain";
import { classifyFile, type Classified } from "../../../src/adapters/classify/classifyFile";
import { inOrder } from "../../../src/adapters/classify/inOrder";
import { failureOf } from "../../../src/core/failure";
import type { TokenQuestion, TokenReply } from "../../../src/core/models/modelServer";
import { rawYes } from "../../../src/core/reask/yesNo";

const never = new AbortController().signal;
let folder = "";
let input = "";
let output = "";
let run = 0;

beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "docwright-classify-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  run++;
  input = join(folder, `in-${run}.jsonl`);
  output = join(folder, `out-${run}.jsonl`);
  const lines = Array.from({ length: 12 }, (_, index) =>
    JSON.stringify({
      id: `d${index}`,
      label: index % 2,
      document: `text ${index}`,
      prompt: "p",
      extra: { deep: index },
    }),
  );
  lines[4] = "{broken";
  lines[7] = '{"id":"no document"}';
  await writeFile(input, `${lines.join("\n")}\n`);
});

function classify({ resume = false, dropPrompt = false, failAt = "", seen = [] as string[] } = {}) {
  return classifyFile(
    { input, output, resume, dropPrompt, concurrency: 3 },
    async ({ id, document }): Promise<Classified> => {
      seen.push(String(id));
      await new Promise((resolve) => setTimeout(resolve, id === "d0" ? 20 : 1));
      if (id === failAt) throw new Error("the server went away");
      return { kind: "found", found: { attributes: [document.length, 0] }, tokens: 10 };
    },
    { onProgress: () => undefined, onAside: () => undefined },
    never,
  );
}

const idsIn = async (path: string) =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { id: string }).id);
const good = ["d0", "d1", "d2", "d3", "d5", "d6", "d8", "d9", "d10", "d11"];

describe("a file is asked about line by line", () => {
  test("order and fields are kept, bad lines aside with their number", async () => {
    expect(await classify()).toEqual({ written: 10, before: 0, malformed: 2 });
    expect(await idsIn(output)).toEqual(good);
    const [first] = (await readFile(output, "utf8")).split("\n");
    expect(first).toBe(
      '{"id":"d0","label":0,"document":"text 0","prompt":"p","extra":{"deep":0},"attributes":[6,0]}',
    );
    const aside = await readFile(output.replace(".jsonl", ".aside.jsonl"), "utf8");
    expect(
      aside
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { line: 5, why: "it is not JSON", text: "{broken" },
      { line: 8, why: "it has no document", text: '{"id":"no document"}' },
    ]);
  });

  test("the prompt is dropped when that is asked for", async () => {
    await classify({ dropPrompt: true });
    expect(await readFile(output, "utf8")).not.toContain('"prompt"');
  });

  test("an earlier output is not overwritten", async () => {
    await classify();
    expect(await classify().catch(failureOf)).toMatchObject({
      kind: "bad-argument",
      what: expect.stringMatching(/--resume/) as string,
    });
  });

  test("after a failure and a piece of a line, the rest is done once", async () => {
    await expect(classify({ failAt: "d6" })).rejects.toThrow(/went away/);
    const before = await idsIn(output);
    expect(before).toEqual(good.slice(0, before.length));
    await appendFile(output, '{"id":"d6","lab'); // as a kill in the middle of a write leaves it
    const seen: string[] = [];
    await classify({ resume: true, seen });
    expect(await idsIn(output)).toEqual(good);
    expect(seen).toEqual(good.slice(before.length));
    const aside = (await readFile(output.replace(".jsonl", ".aside.jsonl"), "utf8")).trim().split("\n");
    expect(aside.length).toBe(2);
  });

  test("another input's output is refused", async () => {
    await writeFile(output, '{"id":"other"}\n');
    expect(await classify({ resume: true }).catch(failureOf)).toMatchObject({
      kind: "bad-argument",
      what: expect.stringMatching(/was not made from/) as string,
    });
  });
});

test("results keep their items' order", async () => {
  async function* items() {
    yield* [30, 1, 20, 2];
    await Promise.resolve();
  }
  const results: number[] = [];
  const work = (wait: number) => new Promise<number>((resolve) => setTimeout(() => resolve(wait), wait));
  for await (const result of inOrder(items(), work, 2)) results.push(result);
  expect(results).toEqual([30, 1, 20, 2]);
});

test("a server without log-probabilities is sampled", async () => {
  const asked: TokenQuestion[] = [];
  const server = {
    askToken: (question: TokenQuestion): Promise<TokenReply> => {
      asked.push(question);
      const text = asked.length % 4 === 0 ? "No" : "Yes";
      return Promise.resolve({ text, timings: { prompt: 1, writing: 1, promptTokens: 5, answerTokens: 1 } });
    },
  };
  const question = { host: "h", model: "m", messages: [], contextTokens: 64, thinks: false };
  const { method, yesNo, tokens } = await askAgain(server, question, never);
  expect(method).toBe("samples");
  expect(rawYes(yesNo)).toBeGreaterThan(0.6);
  expect(tokens).toBe(54);
  expect(asked.slice(1).every(({ options }) => options?.["temperature"] === 1)).toBe(true);
});
