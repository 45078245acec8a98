/** The measures of the bench `questions` find what they are there to find. */
import { expect, test } from "vitest";
import { termsOf } from "../../../src/core/search/terms";
import * as bench from "../../eval/questions.mjs";

interface Measures {
  readonly sharedRuns: (shipped: readonly string[], heldOut: readonly string[]) => readonly string[];
  readonly wellAsked: (
    sections: readonly { anchor: string; questions: readonly string[] }[],
    headingOf: (anchor: string) => string | undefined,
    terms: (text: string) => readonly string[],
  ) => readonly unknown[];
}
const { sharedRuns, wellAsked } = bench as Measures;

test("a run of five words in both lists is found, however it is written", () => {
  const shipped = ["How do I change the port of my server?"];
  expect(sharedRuns(shipped, ["please CHANGE the port, of my app"])).toEqual(["change the port of my"]);
  expect(sharedRuns(shipped, ["change the port of an app"])).toEqual([]);
});

test("a section counts with three questions, two of them without the heading's words", () => {
  const count = (...questions: string[]) =>
    wellAsked([{ anchor: "a", questions }], () => "Graceful Shutdown", termsOf).length;
  expect(count("requests are cut off", "deploy kills calls", "shutdown takes long")).toBe(1);
  expect(count("requests are cut off", "a shutdown is rude", "graceful stop")).toBe(0);
  expect(count("requests are cut off", "deploy kills calls")).toBe(0);
});
