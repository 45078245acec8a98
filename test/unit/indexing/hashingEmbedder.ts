import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ChosenEmbedder } from "../../../src/adapters/embedding/chosenEmbedder";
import { toUnitVector } from "../../../src/adapters/embedding/unitVector";
import type { Embedder } from "../../../src/core/embedder";

/** A fake of the port for tests that start a process dozens of times: a text's hash decides its vector, and each takes a moment. */
export function hashingEmbedder(millisecondsEach: number): ChosenEmbedder {
  const vectorOf = (text: string) =>
    toUnitVector(Float32Array.from(createHash("sha384").update(text).digest(), (byte) => byte - 127.5));
  const embedder: Embedder = {
    identity: { model: "hash", dimensions: 48, queryPrefix: "", documentPrefix: "" },
    async embedDocuments(texts, signal) {
      await pause(millisecondsEach * texts.length, undefined, { signal });
      return texts.map(vectorOf);
    },
    embedQuery: (text) => Promise.resolve(vectorOf(text)),
    close: () => Promise.resolve(),
  };
  return { get: () => Promise.resolve(embedder), close: () => Promise.resolve() };
}
