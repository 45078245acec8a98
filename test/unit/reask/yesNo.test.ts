import { describe, expect, test } from "vitest";
import { documentMessages, namedLabel, questionOf, reaskMessages } from "../../../src/core/reask/question";
import {
  lastPositionAttributes,
  rawYes,
  readYesNo,
  spelling,
  yesNoFromSamples,
} from "../../../src/core/reask/yesNo";

test.each([
  ["Yes", "yes"],
  [" yes", "yes"],
  ["YES", "yes"],
  ["▁No", "no"],
  ["no.", "no"],
  ["Not", undefined],
  ["Y", undefined],
])("%j is %s", (token, word) => {
  expect(spelling(token)).toBe(word);
});

describe("the first token's odds", () => {
  const listed = [
    { token: "No", logprob: Math.log(0.1) },
    { token: "Yes", logprob: Math.log(0.4) },
    { token: "The", logprob: Math.log(0.2) },
    { token: " yes", logprob: Math.log(0.1) },
  ];

  test("all spellings are summed", () => {
    const read = readYesNo(listed);
    expect(Math.exp(read?.yes ?? 0)).toBeCloseTo(0.5);
    expect(Math.exp(read?.no ?? 0)).toBeCloseTo(0.1);
    expect(Math.exp(read?.top ?? 0)).toBeCloseTo(0.4);
    expect(Math.exp(read?.second ?? 0)).toBeCloseTo(0.2);
    expect(read && rawYes(read)).toBeCloseTo(5 / 6);
  });

  test("a constant added to all changes no attribute", () => {
    const shifted = listed.map(({ token, logprob }) => ({ token, logprob: logprob + 7 }));
    const [left, right] = [readYesNo(listed), readYesNo(shifted)];
    if (!left || !right) throw new Error("no odds");
    lastPositionAttributes(right).forEach((value, index) =>
      expect(value).toBeCloseTo(lastPositionAttributes(left)[index] ?? 9, 12),
    );
  });

  test("what is not listed is at most the least that is", () => {
    const read = readYesNo(listed.slice(1));
    expect(read).toMatchObject({ noListed: false, no: Math.log(0.1) });
    expect(readYesNo([])).toBeUndefined();
  });
});

test("samples stand for odds where the server gives none", () => {
  const read = yesNoFromSamples(["Yes", "yes", "No", "Yes", "Perhaps"]);
  expect(rawYes(read)).toBeCloseTo(3.5 / 5);
  expect(read.top).toBe(read.yes);
});

test("a re-ask starts with the very messages of the answer", () => {
  const messages = [
    { role: "system", content: "rules" },
    { role: "user", content: "write it" },
  ] as const;
  const asked = reaskMessages({ messages, answer: "done", kind: "code" });
  expect(asked.slice(0, 2)).toEqual(messages);
  expect(asked[2]).toEqual({ role: "assistant", content: "done" });
  expect(asked[3]?.content).toMatch(/Yes or No/);
  expect(questionOf("own", "Is it polite?")).toBe("Is it polite? Answer with one word, Yes or No.");
});

test("documents of a batch share their beginning", () => {
  const [first] = documentMessages({ prompt: "Read this.", document: "A", trailing: "Is it good?" });
  expect(first?.content).toBe("Read this.\n\nA\n\nIs it good?");
});

test.each([
  ["The label is: neutral.", "neutral"],
  ["POSITIVE", "positive"],
  ["very positive", "very positive"],
  ["none", undefined],
])("%j names %s", (text, label) => {
  expect(namedLabel(text, ["positive", "very positive", "neutral"])).toBe(label);
});
