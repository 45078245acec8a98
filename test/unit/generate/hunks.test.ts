import { describe, expect, test } from "vitest";
import { hunksOf } from "../../../src/core/generate/hunks";
import { compareByLine } from "../../../src/vscode/pending/lineDiff";
import { applyEdits, type TextEdit } from "../../../src/core/generate/textEdit";

const text = "one\ntwo\nthree\nfour\nfive\nsix\n";

/** Each hunk as old lines ⇒ new lines. */
function check(before: string, edits: readonly TextEdit[], expected: readonly string[]) {
  const hunks = hunksOf(before, edits, compareByLine);
  expect(hunks.map(({ start, end, text: after }) => `${before.slice(start, end)}⇒${after}`)).toEqual(
    expected,
  );
  expect(applyEdits(before, hunks)).toBe(applyEdits(before, edits));
}

describe("hunks", () => {
  test("an inserted line is a hunk without old lines", () =>
    check(text, [{ start: 3, end: 3, text: "\nnew" }], ["⇒new\n"]));

  test("one replacement that keeps lines in between is two hunks", () =>
    check(
      text,
      [{ start: 0, end: text.length, text: "ONE\ntwo\nthree\nfour\nFIVE\nsix\n" }],
      ["one\n⇒ONE\n", "five\n⇒FIVE\n"],
    ));

  test("changes with one line between them are one hunk", () =>
    check(text, [{ start: 0, end: 13, text: "ONE\ntwo\nTHREE" }], ["one\ntwo\nthree\n⇒ONE\ntwo\nTHREE\n"]));

  test("edits on one line are one hunk", () =>
    check(
      text,
      [
        { start: 0, end: 1, text: "O" },
        { start: 2, end: 3, text: "E" },
      ],
      ["one\n⇒OnE\n"],
    ));

  test("an empty file becomes the proposal", () =>
    check("", [{ start: 0, end: 0, text: "a\nb\n" }], ["⇒a\nb\n"]));

  test("a last line without its end stays without", () => {
    check("a\nb", [{ start: 3, end: 3, text: "\nc" }], ["⇒\nc"]);
    check("a\nb", [{ start: 2, end: 3, text: "B" }], ["\nb⇒\nB"]);
    check("a\nb\nc", [{ start: 1, end: 5, text: "" }], ["\nb\nc⇒"]);
  });

  test("an edit that changes nothing is no hunk", () => check(text, [{ start: 0, end: 3, text: "one" }], []));

  test("what is wholly different in a large file is compared within the time that a person waits", () => {
    const lines = (mark: string) =>
      Array.from({ length: 20_000 }, (_, index) => `${mark}${index}`).join("\n");
    // Processor time, because other tests and servers share the machine.
    const started = process.cpuUsage();
    const hunks = hunksOf(
      lines("a"),
      [{ start: 0, end: lines("a").length, text: lines("b") }],
      compareByLine,
    );
    expect(hunks).toHaveLength(1);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(3_000);
  });
});

/** Random edits over random texts, with a fixed seed. */
test("hunks together do what the edits do", () => {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const words = ["a\n", "b\n", "c", "\n", "}\n", "  d\n"];
  const some = (count: number) => Array.from({ length: count }, () => words[next(words.length)]).join("");
  for (let round = 0; round < 2_000; round++) {
    const before = some(next(12));
    const cuts = Array.from({ length: 4 }, () => next(before.length + 1)).sort((left, right) => left - right);
    const [first = 0, second = 0, third = 0, fourth = 0] = cuts;
    const edits = [{ start: first, end: second, text: some(next(4)) }];
    if (third > second) edits.push({ start: third, end: fourth, text: some(next(4)) });
    const hunks = hunksOf(before, edits, compareByLine);
    expect(applyEdits(before, hunks), JSON.stringify({ before, edits, hunks })).toBe(
      applyEdits(before, edits),
    );
    hunks.slice(1).forEach((hunk, index) => expect(hunk.start).toBeGreaterThan(hunks[index]?.end ?? 0));
  }
});
