import { expect, test } from "vitest";
import { serverUrl } from "../../../scripts/tools/ollamaServer.mjs";

test.each([
  [undefined, "http://127.0.0.1:11434"],
  ["", "http://127.0.0.1:11434"],
  ["0.0.0.0", "http://127.0.0.1:11434"],
  ["0.0.0.0:8080", "http://127.0.0.1:8080"],
  ["box.local", "http://box.local:11434"],
  ["box.local:1234", "http://box.local:1234"],
  ["http://box.local", "http://box.local"],
  ["https://models.example/", "https://models.example"],
  ["http://127.0.0.1:21434/", "http://127.0.0.1:21434"],
])("OLLAMA_HOST %s is reached at %s", (host, expected) => {
  expect(serverUrl(host)).toBe(expected);
});
