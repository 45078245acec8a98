import { expect, test } from "vitest";
import type { ChatTurn } from "../../../src/core/answer/answer";
import { planSummary, summaryMessages } from "../../../src/core/prompt/summary";

const words = (text: string) => text.split(" ").length;
const turns = (count: number, length: number): ChatTurn[] =>
  Array.from({ length: count }, (_, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    text: `${index} ${"word ".repeat(length - 2)}end`,
  }));

test("a chat that fits stays as it is", () => {
  expect(planSummary({ history: turns(4, 10), room: 400, tokensOf: words })).toBeUndefined();
  expect(planSummary({ history: [], room: 0, tokensOf: words })).toBeUndefined();
});

test("the older half gives way, at a question", () => {
  const history = turns(10, 92); // 100 tokens each, with what a template puts around it
  const plan = planSummary({ history, room: 600, tokensOf: words });
  expect(plan?.latest).toEqual(history.slice(8));
  expect(plan?.older).toEqual(history.slice(0, 8));
});

test("an earlier summary counts, too", () => {
  const history = turns(4, 92);
  expect(planSummary({ history, room: 450, tokensOf: words })).toBeUndefined();
  expect(
    planSummary({ history, summary: "word ".repeat(99), room: 450, tokensOf: words })?.older,
  ).toHaveLength(2);
});

test("one exchange that is longer than the room is summarised as well", () => {
  expect(planSummary({ history: turns(2, 5_000), room: 300, tokensOf: words })).toEqual({
    older: turns(2, 5_000),
    latest: [],
  });
});

test("the model is asked with all messages, each as far as there is room", () => {
  const [system, user] = summaryMessages(turns(20, 2_000), "They want a controller.", 1_000);
  expect(system?.content).toContain("at most 150 words");
  expect(user?.content).toContain("They want a controller.");
  for (let index = 0; index < 20; index++) expect(user?.content).toContain(`: ${index} word`);
  expect((user?.content ?? "").length).toBeLessThan(20 * 300);
});
