import { expect, test } from "vitest";
import { supportingWords } from "../../../src/core/answer/supportingWords";

const section = `# Graceful shutdown

All four embedded web servers support graceful shutdown. The grace period is set with \`spring.lifecycle.timeout-per-shutdown-phase\`.

- Tomcat stops accepting requests at the network layer.
- Undertow answers 503 (Service Unavailable) at once.
`;
const found = (sentence: string) => {
  const range = supportingWords(sentence, section);
  return range && section.slice(range.start, range.end);
};

test.each([
  [
    "How long it waits is set with `spring.lifecycle.timeout-per-shutdown-phase`.",
    "The grace period is set with `spring.lifecycle.timeout-per-shutdown-phase`.",
  ],
  ["Undertow immediately answers with 503.", "- Undertow answers 503 (Service Unavailable) at once."],
  [
    "Every one of the four embedded servers supports it.",
    "All four embedded web servers support graceful shutdown.",
  ],
])("%s", (sentence, words) => {
  expect(found(sentence)).toBe(words);
});

test("what the text says nothing of is not found", () => {
  expect(found("Bananas are yellow and sweet.")).toBeUndefined();
  expect(supportingWords("Anything at all.", "")).toBeUndefined();
});
