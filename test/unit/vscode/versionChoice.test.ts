import { expect, test } from "vitest";
import type { DocumentSet } from "../../../src/core/document/documentSet";
import {
  indexedVersions,
  isIndexed,
  nearestVersion,
  versionProblem,
} from "../../../src/vscode/versionChoice";

const set = (springBootVersion?: string): DocumentSet => ({
  id: springBootVersion ?? "x",
  name: "",
  origin: "",
  documents: 1,
  passages: 1,
  embedded: 1,
  bytes: 1,
  indexedAt: "",
  state: "ready",
  ...(springBootVersion !== undefined && { springBootVersion }),
});

test("versions of all sets, newest first, each once", () => {
  expect(indexedVersions([set("3.2"), set("3.10.1"), set(), set("3.2"), set("3.3.1")])).toEqual([
    "3.10.1",
    "3.3.1",
    "3.2",
  ]);
});

test.each([
  ["3.2.5", ["3.2.1", "3.3.0", "2.7.18"], "3.2.1"],
  ["3.4.0", ["3.2.1", "3.3.5"], "3.3.5"],
  ["4.0.1", ["3.2", "2.7.18"], "3.2"],
  ["3.2.5-SNAPSHOT", ["3.2.9", "3.2.4"], "3.2.4"],
  ["3.2.5", [], undefined],
])("nearest to %s among %j is %s", (version, indexed, nearest) => {
  expect(nearestVersion(version, indexed)).toBe(nearest);
});

test("a line stands for its patch releases, a patch release for itself alone", () => {
  expect(isIndexed("3.2.7", ["3.2"])).toBe(true);
  expect(isIndexed("3.2.7", ["3.2.1"])).toBe(false);
});

test.each([
  ["3.2.12", true],
  [" 3.2 ", true],
  ["3.3.0-SNAPSHOT", true],
  ["2.2.0.RELEASE", true],
  ["3", false],
  ["latest", false],
  ["", false],
])("%j is a version: %s", (typed, good) => {
  expect(versionProblem(typed) === undefined).toBe(good);
});
