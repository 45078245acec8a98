import { expect, test } from "vitest";
import { failureText } from "../../src/core/failureText";
import { english, translator } from "../../src/core/translate";

test("a table's translation takes its values where it wants them", () => {
  const t = translator({ "{0} of {1}": "{1} davon {0}" });
  expect(t("{0} of {1}", 2, "3 pages")).toBe("3 pages davon 2");
  expect(t("Read {0}", 2)).toBe("Read 2");
});

test("a value that looks like a place is left alone", () => {
  expect(english("{0} {1}", "{1}", "b")).toBe("{1} b");
});

test("failures speak the language that is given", () => {
  const t = translator({ "{0} does not exist.": "{0} gibt es nicht.", "Check the path.": "Pfad prüfen." });
  const failure = { kind: "not-found", path: "/a" } as const;
  expect(failureText(failure, t)).toEqual({ message: "/a gibt es nicht.", remedy: "Pfad prüfen." });
  expect(failureText(failure).message).toBe("/a does not exist.");
});
