/** What the doctor says of parts that are well and of parts that are not. The parts are real but for the embedder and the search, our own ports. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkEmbedding } from "../../../src/adapters/doctor/embeddingCheck";
import { checkIndex } from "../../../src/adapters/doctor/indexCheck";
import { checkJava } from "../../../src/adapters/doctor/javaCheck";
import { checkDisk, checkProxy } from "../../../src/adapters/doctor/machineChecks";
import { checkModel } from "../../../src/adapters/doctor/modelCheck";
import { checkProject } from "../../../src/adapters/doctor/projectCheck";
import { createDoctor } from "../../../src/adapters/engine/doctor";
import { createOllamaServer } from "../../../src/adapters/ollama/server";
import type { DocumentSet } from "../../../src/core/document/documentSet";
import type { Embedder } from "../../../src/core/embedder";
import type { InstalledModel, ServerStatus } from "../../../src/core/models/model";

const never = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-doctor-"));
});
afterAll(() => rm(folder, { recursive: true }));

const model: InstalledModel = { name: "mixtral:latest", bytes: 26e9, neededBytes: 30e9, loaded: false };
const server: ServerStatus = {
  host: "http://127.0.0.1:11434",
  version: "0.17.4",
  models: [model],
  freeMemoryBytes: 40e9,
  totalMemoryBytes: 64e9,
};

describe("the model", () => {
  test.each([
    ["fits", server, "pass"],
    ["fits when others are closed", { ...server, freeMemoryBytes: 20e9 }, "warn"],
    ["never fits", { ...server, freeMemoryBytes: 8e9, totalMemoryBytes: 16e9 }, "fail"],
    ["is loaded already", { ...server, freeMemoryBytes: 1e9, models: [{ ...model, loaded: true }] }, "pass"],
  ] as const)("%s", (_name, status, state) => {
    expect(checkModel(status, "mixtral").state).toBe(state);
  });
  test("is not there", () => {
    expect(() => checkModel(server, "qwen2.5-coder:7b")).toThrow(/model-missing/);
    expect(() => checkModel({ ...server, models: [] }, "mixtral")).toThrow(/no-model-chosen/);
  });
});

describe("the embedding model", () => {
  /** The nth text's vector has the given components. */
  const embedder = (...vectors: readonly (readonly number[])[]): Embedder => ({
    identity: { model: "m", dimensions: 2, queryPrefix: "", documentPrefix: "" },
    embedQuery: () => Promise.resolve(Float32Array.from(vectors[0] ?? [])),
    embedDocuments: () => Promise.resolve(vectors.slice(1).map((vector) => Float32Array.from(vector))),
    close: () => Promise.resolve(),
  });
  test.each([
    ["works", embedder([1, 0], [0.8, 0.6], [0, 1]), "pass"],
    ["puts everything together", embedder([1, 0], [0.8, 0.6], [0.8, 0.6]), "fail"],
    ["gives vectors of another length", embedder([1, 0], [0.8, 0.6, 0], [0, 1]), "fail"],
    ["gives zero vectors", embedder([0, 0], [0, 0], [0, 0]), "fail"],
    ["gives too few", embedder([1, 0]), "fail"],
  ] as const)("%s", async (_name, each, state) => {
    expect((await checkEmbedding(each, never)).state).toBe(state);
  });
});

const set: DocumentSet = {
  id: "guide",
  name: "Guide",
  origin: "embedded",
  springBootVersion: "3.2",
  documents: 1,
  passages: 2,
  embedded: 2,
  bytes: 100,
  indexedAt: "2024-01-01T00:00:00Z",
  state: "ready",
};

describe("the index", () => {
  const check = (sets: readonly DocumentSet[], found: readonly string[]) =>
    checkIndex(
      {
        store: undefined,
        sets: {
          list: () => Promise.resolve(sets),
          open: () =>
            Promise.resolve({
              set,
              chunks: [
                { ordinal: 0, text: "Ports\n\nHow.", headingPath: ["Web", "Ports"], document: "Guide" },
              ],
            }),
        },
        searching: {
          search: () =>
            Promise.resolve({
              answered: true,
              results: found.map((heading, index) => ({
                id: `guide:${index}`,
                setId: "guide",
                document: "Guide",
                text: heading,
                headingPath: [heading],
                score: 1,
                foundBy: [],
              })),
            }),
        },
      },
      never,
    );
  test.each([
    ["is well", [set], ["Profiles", "Ports"], "pass"],
    ["does not find what it holds", [set], ["Profiles"], "fail"],
    ["is empty", [], [], "fail"],
    ["is searched by words alone", [{ ...set, state: "lexical" as const }], ["Ports"], "warn"],
    ["is damaged", [{ ...set, state: "damaged" as const, reason: "a file is missing" }], [], "fail"],
  ] as const)("%s", async (_name, sets, found, state) => {
    expect((await check(sets, found)).state).toBe(state);
  });
});

describe("the project", () => {
  const facts = { directory: "/shop", springBootVersion: "3.2.1", starters: [], language: "java" } as const;
  test("has documents of its version", () => {
    expect(checkProject(facts, [set])).toMatchObject({ state: "pass" });
  });
  test("has none", () => {
    expect(checkProject({ ...facts, springBootVersion: "3.4.0" }, [set])).toMatchObject({ state: "warn" });
  });
  test("has no version", () => {
    expect(() => checkProject({ directory: "/shop", starters: [], language: "java" }, [set])).toThrow(
      /version-unknown/,
    );
  });
});

describe("the machine", () => {
  test("a JDK is found, and missed where there is none", async () => {
    expect(await checkJava(process.env, never)).toMatchObject({ state: "pass" });
    expect(await checkJava({ PATH: "" }, never)).toMatchObject({ state: "warn" });
    expect(await checkJava({ JAVA_HOME: folder }, never)).toMatchObject({ state: "warn" });
  });
  test("the disk of a store that is not there yet", async () => {
    const { state, detail } = await checkDisk(join(folder, "not", "there"), never);
    expect(["pass", "warn"]).toContain(state);
    expect(detail).toMatch(/\d GB are free/);
  });
  test("a proxy matters for another machine only", () => {
    expect(checkProxy({}, "http://10.0.0.5:11434").state).toBe("pass");
    expect(checkProxy({ HTTP_PROXY: "http://proxy:3128" }, "http://127.0.0.1:11434").state).toBe("pass");
    expect(checkProxy({ https_proxy: "http://proxy:3128" }, "http://10.0.0.5:11434").state).toBe("warn");
  });
});

test("a broken part hides no other: every check is told, in words", async () => {
  await writeFile(join(folder, "pom.xml"), "<project></project>");
  const broken = () => Promise.reject(new Error("the model's file is missing"));
  const checks = await createDoctor({
    sets: { list: () => Promise.resolve([]), open: broken, embedder: broken },
    searching: { search: broken },
    ollama: createOllamaServer({ environment: { PATH: "" }, platform: "aix" }),
    defaultStore: folder,
  }).check({ host: "http://127.0.0.1:9", model: "mixtral", project: folder }, never);
  const states = Object.fromEntries(checks.map(({ name, state }) => [name, state]));
  expect(states).toMatchObject({
    Ollama: "fail",
    Model: "fail",
    "Embedding model": "fail",
    Index: "fail",
    Project: "fail",
    JDK: "pass",
  });
  for (const { state, detail, remedy } of checks) {
    expect(detail).toMatch(/[.)\w]$/);
    if (state !== "pass") expect(detail.length + (remedy?.length ?? 0)).toBeGreaterThan(20);
  }
});
