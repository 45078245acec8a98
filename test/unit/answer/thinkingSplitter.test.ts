import { expect, test } from "vitest";
import { createThinkingSplitter } from "../../../src/core/answer/thinkingSplitter";

function split(text: string, size: number) {
  const splitter = createThinkingSplitter();
  const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
  const parts = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  const of = (type: string) => parts.map((part) => (part.type === type ? part.text : "")).join("");
  return { thinking: of("thinking"), text: of("token") };
}

const cases = [
  ["no thoughts", "An answer.", { thinking: "", text: "An answer." }],
  [
    "thoughts first",
    "<think>\nhm, < b\n</think>\n\nAn answer.",
    { thinking: "\nhm, < b\n", text: "An answer." },
  ],
  ["blanks before the tag", "\n <think>hm</think>Yes", { thinking: "hm", text: "Yes" }],
  ["a tag inside of the answer is text", "Use <think>.", { thinking: "", text: "Use <think>." }],
  ["thoughts without an end", "<think>hm </thin", { thinking: "hm </thin", text: "" }],
  ["only the beginning of a tag", "<thi", { thinking: "", text: "<thi" }],
  ["another tag", "<thing>x</thing>", { thinking: "", text: "<thing>x</thing>" }],
] as const;

for (const size of [1, 3, 7, 100]) {
  test.each(cases)(`%s, in pieces of ${size}`, (_name, text, expected) => {
    expect(split(text, size)).toEqual(expected);
  });
}
