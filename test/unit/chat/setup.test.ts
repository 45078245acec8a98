import { describe, expect, test } from "vitest";
import type { DocumentSet } from "../../../src/core/document/documentSet";
import { documentsItem, serverItems } from "../../../src/vscode/chat/setup";

function set(name: string, springBootVersion?: string): DocumentSet {
  return {
    ...{ id: name, name, origin: "embedded", documents: 1, passages: 1_200, embedded: 1_200, bytes: 1 },
    ...{ indexedAt: "2026-01-01T00:00:00Z", state: "ready" },
    ...(springBootVersion !== undefined && { springBootVersion }),
  };
}
const server = { host: "http://127.0.0.1:11434", version: "0.17.4", freeMemoryBytes: 1, totalMemoryBytes: 1 };
const mixtral = { name: "mixtral:latest", bytes: 26e9, neededBytes: 1, loaded: false };

describe("what the first answer needs of Ollama", () => {
  test("no server: one item with what mends it", () => {
    const items = serverItems({ failure: { kind: "ollama-unreachable", host: server.host } }, "mixtral");
    expect(items).toMatchObject([{ id: "ollama", state: "missing", action: "start-ollama" }]);
  });

  const models = [
    ["the model without its tag", "mixtral", [mixtral], "ready"],
    ["the model with its tag", "mixtral:latest", [mixtral], "ready"],
    ["another tag", "mixtral:8x22b", [mixtral], "missing"],
    ["no model", "mixtral", [], "missing"],
  ] as const;
  test.each(models)("%s", (_name, model, installed, state) => {
    const items = serverItems({ value: { ...server, models: installed } }, model);
    expect(items.map((item) => item.state)).toEqual(["ready", state]);
  });
});

describe("what the first answer needs of the documents", () => {
  test("sets of the project's version and line, and such without a version, count", () => {
    const sets = [set("Guide", "3.2"), set("Official", "3.2.1"), set("Other", "3.1.0"), set("Own notes")];
    const item = documentsItem({ value: sets }, "3.2.1");
    expect(item).toMatchObject({ state: "ready", text: "Guide, Official, Own notes: 3,600 passages." });
  });

  test("a version that is not indexed names what is, and offers the official documents", () => {
    const item = documentsItem({ value: [set("Guide", "3.2")] }, "3.5.1");
    expect(item).toMatchObject({ state: "missing", action: "index-official" });
    expect(item.text).toContain("indexed: 3.2");
  });

  test("nothing indexed", () => {
    expect(documentsItem({ value: [] }, undefined)).toMatchObject({ action: "index-documents" });
  });
});
