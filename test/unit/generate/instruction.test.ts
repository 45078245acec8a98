import { expect, test } from "vitest";
import {
  instructionOf,
  rememberedInstructions,
  rememberInstruction,
} from "../../../src/core/generate/instruction";

test.each([
  ["// a REST controller\n  // for orders", "a REST controller\nfor orders"],
  ["/* one bean */", "one bean"],
  ["/**\n * Returns all orders.\n *\n * Sorted.\n */", "Returns all orders.\nSorted."],
  ["# the port of the server", "the port of the server"],
  ["<!-- add the actuator -->", "add the actuator"],
  ["// TODO: retry three times", "retry three times"],
  ["// first\r\n// second", "first\nsecond"],
])("%j is the instruction %j", (selection, instruction) => {
  expect(instructionOf(selection)).toBe(instruction);
});

test.each([
  "",
  "   \n",
  "int a = 1; // a number",
  "// a comment\nint a = 1;",
  "/* one */ int a; /* two */",
  "//////",
  "#[derive]",
  "<!-- one --><dependency/>",
])("%j is no instruction", (selection) => {
  expect(instructionOf(selection)).toBeUndefined();
});

test("the history keeps the newest first, each once, and not too many", () => {
  const many = Array.from({ length: rememberedInstructions + 5 }, (_, index) => `instruction ${index}`);
  const history = many.reduce<readonly string[]>(rememberInstruction, []);
  expect(history).toHaveLength(rememberedInstructions);
  expect(history[0]).toBe(many.at(-1));
  expect(rememberInstruction(["a", "b"], " b ")).toEqual(["b", "a"]);
  expect(rememberInstruction(["a"], "  ")).toEqual(["a"]);
});
