import { expect, test } from "vitest";
import { sectionLines } from "../../../src/core/changes/setSections";

test.each<[string, readonly string[], readonly string[]]>([
  ["a sentence a line", ["Pour. Wait! Drink?"], ["Pour.", "Wait!", "Drink?"]],
  [
    "no end within a name",
    ["Use e.g. a kettle.port here. Then stop."],
    ["Use e.g. a kettle.port here.", "Then stop."],
  ],
  ["quotes keep their mark", ["> **Tip:** Pour. Wait."], ["> **Tip:** Pour.", "> Wait."]],
  [
    "code as it is",
    ["Look:\n\n```java\na(); b. c\n\n\nd();\n```"],
    ["Look:", "", "```java", "a(); b. c", "", "", "d();", "```"],
  ],
  [
    "a table that was cut is one",
    ["| a | b |\n| --- | --- |\n| 1. x | 2 |", "| a | b |\n| --- | --- |\n| 3 | 4 |"],
    ["| a | b |", "| --- | --- |", "| 1. x | 2 |", "| 3 | 4 |"],
  ],
])("%s", (_name, bodies, lines) => {
  expect(sectionLines(bodies)).toEqual(lines);
});
