import { expect, test } from "vitest";
import type { InstalledModel, ServerStatus } from "../../../src/core/models/model";
import { isSame, modelRows, type SpeedOf } from "../../../src/vscode/models/modelItems";

const model = (name: string, change: Partial<InstalledModel> = {}): InstalledModel => ({
  name,
  bytes: 4_700_000_000,
  neededBytes: 7_500_000_000,
  loaded: false,
  ...change,
});
const server = (change: Partial<ServerStatus>): ServerStatus => ({
  host: "http://127.0.0.1:11434",
  version: "0.17.4",
  models: [],
  ...change,
});

const rows = (status: ServerStatus, chosen: string, speedOf: SpeedOf = () => undefined) =>
  modelRows(status, chosen, speedOf);

test("what the server has comes first, with its need against the machine", () => {
  const [first] = rows(
    server({
      models: [
        model("qwen2.5-coder:7b", { parameters: "7.6B", quantisation: "Q4_K_M", contextTokens: 32768 }),
      ],
      freeMemoryBytes: 6e9,
      totalMemoryBytes: 16e9,
    }),
    "qwen2.5-coder:7b",
  );
  expect(first).toEqual({
    name: "qwen2.5-coder:7b",
    installed: true,
    description: "in use · 7.6B · Q4_K_M · window 32768 tokens",
    detail: "4.7 GB on disk · needs about 7.5 GB of memory, more than is free (6.0 GB of 16.0 GB free)",
    fits: true,
    doubts: [],
  });
});

test("models to pull leave out those that are there, and warn of those that cannot run", () => {
  const listed = rows(
    server({ models: [model("mixtral:latest")], freeMemoryBytes: 4e9, totalMemoryBytes: 8e9 }),
    "mixtral",
  );
  const toPull = listed.filter(({ installed }) => !installed);
  expect(toPull.map(({ name }) => name)).toEqual([
    "qwen2.5-coder:14b",
    "qwen2.5-coder:7b",
    "qwen2.5-coder:1.5b",
  ]);
  expect(toPull.map(({ fits }) => fits)).toEqual([false, true, true]);
});

test("a server elsewhere does not say its memory, and nothing is held against a model", () => {
  const [row] = rows(server({ models: [model("a")] }), "b");
  expect(row).toMatchObject({ fits: true, detail: "4.7 GB on disk · needs about 7.5 GB of memory" });
});

test("a name without a tag is the latest", () => {
  expect(isSame("mixtral", "mixtral:latest")).toBe(true);
  expect(isSame("qwen2.5-coder:7b", "qwen2.5-coder:14b")).toBe(false);
});

test("a model that answered says how fast it was last", () => {
  const [row] = rows(server({ models: [model("a")] }), "b", (name) =>
    name === "a" ? { tokensPerSecond: 41.6, firstToken: 1_240 } : undefined,
  );
  expect(row?.detail).toBe(
    "last 42 tokens/s, first after 1.2 s · 4.7 GB on disk · needs about 7.5 GB of memory",
  );
});

test.each([
  ["codellama:7b", "6.7B", ["old"]],
  ["someone/llama2:13b-chat", "13B", ["old"]],
  ["smollm2:135m", "134.52M", ["small"]],
  ["qwen2.5-coder:1.5b", "1.5B", []],
  ["mixtral:latest", "46.7B", []],
  ["llama3.2", undefined, []],
])("%s (%s) is doubted for %j", (name, parameters, doubts) => {
  const [row] = rows(server({ models: [model(name, { ...(parameters && { parameters }) })] }), "b");
  expect(row?.doubts).toEqual(doubts);
});
