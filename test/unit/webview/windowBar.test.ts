// @vitest-environment jsdom
import { expect, test } from "vitest";
import { windowBar } from "../../../src/webview/view/windowBar";

test("the window's use is a figure and a list, the bar is decoration", () => {
  const bar = windowBar({
    ...{ total: 1_000, rules: 100, passages: 400, history: 0, code: 100, question: 50, answer: 250 },
  });
  expect(bar.querySelector("summary")?.textContent).toBe("Window: 90 % of 1000 tokens");
  expect([...bar.querySelectorAll("li")].map(({ textContent }) => textContent)).toEqual([
    "Rules and project: 100 tokens (10 %)",
    "Passages: 400 tokens (40 %)",
    "Code and files: 100 tokens (10 %)",
    "Question: 50 tokens (5 %)",
    "Room for the answer: 250 tokens (25 %)",
    "Free: 100 tokens",
  ]);
  expect(bar.querySelector(".window-bar")?.getAttribute("aria-hidden")).toBe("true");
});
