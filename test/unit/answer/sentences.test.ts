import { expect, test } from "vitest";
import { answerUnits } from "../../../src/core/answer/sentences";

interface Case {
  readonly name: string;
  readonly answer: string;
  readonly units: readonly string[];
}

const cases: readonly Case[] = [
  { name: "two sentences", answer: "First one. Second one.", units: ["First one.", "Second one."] },
  {
    name: "a sentence over two lines",
    answer: "It starts here\nand ends here. Next.",
    units: ["It starts here\nand ends here.", "Next."],
  },
  {
    name: "abbreviations do not end it",
    answer: "Use a file, e.g. Dockerfile. Done.",
    units: ["Use a file, e.g. Dockerfile.", "Done."],
  },
  {
    name: "names with dots do not end it",
    answer: "Set server.port in application.properties to 8081.",
    units: ["Set server.port in application.properties to 8081."],
  },
  {
    name: "list items without their marks",
    answer: "- One thing.\n- Another thing\n  that goes on.\n1. Third.",
    units: ["One thing.", "Another thing\n  that goes on.", "Third."],
  },
  {
    name: "headings and rules are none",
    answer: "# Title\n\nText here.\n\n---\n\n## More",
    units: ["Text here."],
  },
  {
    name: "code is one unit",
    answer: "Like this:\n\n```java\nint a = 1;\n\nint b = 2.0;\n```\n\nDone.",
    units: ["Like this:", "```java\nint a = 1;\n\nint b = 2.0;\n```", "Done."],
  },
  { name: "code without an end", answer: "```java\nint a;\n", units: ["```java\nint a;"] },
  {
    name: "a table's rows, its line of dashes not",
    answer: "| a | b |\n|---|---|\n| Use this | for that |",
    units: ["a | b |", "Use this | for that |"],
  },
  { name: "nothing", answer: "\n \n", units: [] },
];

test.each(cases)("$name", ({ answer, units }) => {
  expect(answerUnits(answer).map(({ start, end }) => answer.slice(start, end))).toEqual(units);
});
