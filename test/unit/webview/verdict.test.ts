// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { AnswerConfidence } from "../../../src/core/reask/confidence";
import { verdictView } from "../../../src/webview/view/verdict";

const confidence: AnswerConfidence = {
  mark: "unsure",
  rawYes: 0.7,
  method: "log-probabilities",
  attributes: [0.1, null],
  probability: 0.61,
  interval: [0.4, 0.83],
  moved: [
    { attribute: "yes - no", change: 0.5 },
    { attribute: "errors found", change: -1.25 },
  ],
  exemplars: [{ label: "wrong", document: "<b>like it</b>" }],
  milliseconds: 5,
};

test("the mark is quiet, and what it rests on is behind it", () => {
  const copied: string[] = [];
  const judged: boolean[] = [];
  const view = verdictView(confidence, {
    copy: (text) => void copied.push(text),
    judge: (right) => void judged.push(right),
  }) as HTMLDetailsElement;
  expect(view.open).toBe(false);
  expect(view.querySelector("summary")?.textContent).toBe(" Unsure (61 %)");
  expect([...view.querySelectorAll("p")].map(({ textContent }) => textContent)).toEqual([
    "Of a hundred answers like this about 61 are right (between 40 and 83).",
    "Speaks for it: yes - no (0.50)",
    "Speaks against it: errors found (-1.25)",
    "Nearest cases with a known answer:",
  ]);
  expect(view.querySelector("li")?.textContent).toBe("wrong: <b>like it</b>");
  const [right, wrong, copy] = view.querySelectorAll("button");
  copy?.click();
  wrong?.click();
  expect(judged).toEqual([false]);
  expect([right, wrong].map((thumb) => thumb?.getAttribute("aria-pressed"))).toEqual(["false", "true"]);
  expect(copied).toEqual(['{"attributes":[0.1,null]}']);
});

test("in the mode Re-ask it is open; without a calibration it shows no number as a probability", () => {
  const hidden = new Set(["probability", "interval"]);
  const plain = Object.fromEntries(Object.entries(confidence).filter(([key]) => !hidden.has(key))) as Omit<
    typeof confidence,
    "probability" | "interval"
  >;
  const view = verdictView(
    { ...plain, mark: "uncalibrated", moved: [], exemplars: [], open: true },
    { copy: () => undefined, judge: () => undefined },
  );
  expect((view as HTMLDetailsElement).open).toBe(true);
  expect(view.querySelector("summary")?.textContent).toBe(" Uncalibrated for this model");
  expect(view.textContent).toMatch(/What that is worth is not known/);
});
