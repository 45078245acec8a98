import type * as vscode from "vscode";
import { expect, test } from "vitest";
import type { Engine } from "../../../src/core/engine";
import { createModelSpeeds, notingSpeeds, speedOf } from "../../../src/vscode/models/modelSpeeds";

const timings = { retrieval: 200, firstToken: 1_000, writing: 2_000, total: 3_300, answerTokens: 101 };

function memento() {
  const values = new Map<string, unknown>();
  return {
    get: ((key: string) => values.get(key)) as vscode.Memento["get"],
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  };
}

test("speed counts from the first token on", () => {
  expect(speedOf(timings)).toEqual({ tokensPerSecond: 50, firstToken: 1_000 });
});

test.each([
  ["too few tokens", { answerTokens: 3 }],
  ["nothing written", { writing: 0 }],
])("%s tell nothing", (_, change) => {
  expect(speedOf({ ...timings, ...change })).toBeUndefined();
});

test("the last answer of a model on its server counts, and the oldest models are forgotten", async () => {
  const speeds = createModelSpeeds(memento());
  const answer: Engine["answer"] = () =>
    Promise.resolve({
      ...{ text: "", passages: [], citations: [], truncated: false, leftOut: [] },
      timings,
    });
  const engine = notingSpeeds<Pick<Engine, "answer">>({ answer }, speeds);
  const never = new AbortController().signal;
  const model = { host: "http://a", model: "m" };
  const request = { kind: "chat", instruction: "", history: [], withDocuments: false, model } as const;
  await engine.answer(request, () => undefined, never);
  expect(speeds.of("http://a", "m")?.tokensPerSecond).toBe(50);
  expect(speeds.of("http://b", "m")).toBeUndefined();
  speeds.note("http://a", "m", { ...timings, writing: 4_000 });
  expect(speeds.of("http://a", "m")?.tokensPerSecond).toBe(25);
  for (let index = 0; index < 60; index++) speeds.note("http://a", `m${index}`, timings);
  expect(speeds.of("http://a", "m")).toBeUndefined();
  expect(speeds.of("http://a", "m59")).toBeDefined();
});
