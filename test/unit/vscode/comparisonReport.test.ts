import { expect, test } from "vitest";
import type { Passage } from "../../../src/core/search/passage";
import {
  comparisonMarkdown,
  comparisonTitle,
  type ReportedComparison,
  type ReportedSide,
} from "../../../src/vscode/compare/comparisonReport";

const passage: Passage = {
  ...{ id: "p", setId: "s", document: "Reference", text: "Graceful shutdown.", score: 1, foundBy: [] },
  ...{ headingPath: ["Web", "Graceful [Shutdown]"], version: "3.2.1", page: 245 },
  officialUrl: "https://docs.example/web",
};
const side = (change: Partial<ReportedSide>): ReportedSide => ({
  ...{ withDocuments: false, answer: "answer", loaded: false, passages: [] },
  timings: { retrieval: 0, firstToken: 1_200, total: 12_340, promptTokens: 300, answerTokens: 80 },
  ...change,
});
const comparison = (change: Partial<ReportedComparison> = {}): ReportedComparison => ({
  instruction: "shut down gracefully",
  model: "mixtral",
  without: side({
    loaded: true,
    answer: "bare words",
    findings: [
      {
        ...{ rule: "unknown-property", level: "error", path: "a", line: 3, column: 1 },
        message: "There is no such property.",
      },
    ],
  }),
  with: side({ withDocuments: true, passages: [passage], answer: "grounded words", findings: [] }),
  ...change,
});

test("the title says times, passages and findings of each", () => {
  expect(comparisonTitle(comparison())).toBe(
    "Without docs: 12.3 s, 1 finding ↔ With docs: 12.3 s, 1 passage, no findings",
  );
});

test("the summary has the figures side by side, what was found, the passages with their pages, and both answers", () => {
  const text = comparisonMarkdown(comparison());
  for (const part of [
    "| time | 12.3 s | 12.3 s |",
    "| until the first word | 1.2 s | 1.2 s |",
    "| tokens read | 300 | 300 |",
    "| findings | 1 finding | no findings |",
    "The model was loaded before the answer without docs; its times include that.",
    "- line 3, error: There is no such property. (`unknown-property`)",
    "1. [Web › Graceful \\[Shutdown\\]](https://docs.example/web) (Reference, 3.2.1, 245)",
    "bare words",
    "grounded words",
  ]) {
    expect(text).toContain(part);
  }
});

test("what could not be judged is said once, and is no finding", () => {
  const unchecked = (withDocuments: boolean): ReportedSide => ({
    ...{ withDocuments, answer: "", loaded: false, passages: [] },
    why: "there is no JDK",
  });
  const text = comparisonMarkdown(comparison({ without: unchecked(false), with: unchecked(true) }));
  expect(text.match(/Not checked: there is no JDK/g)).toHaveLength(1);
  expect(text).toContain("| findings | not checked | not checked |");
});
