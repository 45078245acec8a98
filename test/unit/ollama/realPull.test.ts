/** A real server pulls a real model from a registry beside it, and its progress is what a person sees. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cacheFolder } from "../../../scripts/shared/cacheFolder.mjs";
import { createOllamaServer } from "../../../src/adapters/ollama/server";
import { isAbort } from "../../../src/core/failure";
import type { PullProgress } from "../../../src/core/models/model";
import { startTestOllama, TEST_MODEL, type TestOllama } from "../../support/ollamaServer";
import { startModelRegistry, type ModelRegistry } from "./modelRegistry";

const never = new AbortController().signal;
const ollama = createOllamaServer();
let folder: string;
let server: TestOllama;
let registry: ModelRegistry;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-pull-"));
  // A first server puts the small model into the shared models folder, which the registry then serves.
  await (await startTestOllama()).stop();
  registry = await startModelRegistry(join(cacheFolder(), "ollama-models"));
  server = await startTestOllama({ modelsFolder: join(folder, "models"), withModel: false });
}, 600_000);
afterAll(async () => {
  await server.stop();
  await registry.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

test("cancelled in the middle, then whole, with progress to the last byte", async () => {
  expect((await ollama.status(server.url, never)).models).toEqual([]);
  const request = { host: server.url, model: `${registry.address}/library/${TEST_MODEL}`, insecure: true };

  const controller = new AbortController();
  const cancelled: unknown = await ollama
    .pull(request, () => controller.abort(), controller.signal)
    .catch((caught: unknown) => caught);
  expect(isAbort(cancelled)).toBe(true);
  expect((await ollama.status(server.url, never)).models).toEqual([]);

  const seen: PullProgress[] = [];
  await ollama.pull(request, (progress) => seen.push(progress), never);
  expect(seen.at(-1)?.status).toBe("success");
  const last = seen.findLast(({ completedBytes }) => completedBytes !== undefined);
  expect(last?.totalBytes).toBeGreaterThan(90e6);
  expect(last?.completedBytes).toBe(last?.totalBytes);
  const [pulled] = (await ollama.status(server.url, never)).models;
  expect(pulled).toMatchObject({ contextTokens: 8192, loaded: false });
}, 120_000);
