import { expect, test } from "vitest";
import type { LineOrigin } from "../../../src/core/answer/lineOrigins";
import {
  keptOrigins,
  mostAccepted,
  withAccepted,
  type AcceptedChange,
  type AcceptedFile,
} from "../../../src/vscode/history/acceptedChange";

const documents: LineOrigin = { kind: "documents", passages: [0], unknown: [] };
const model: LineOrigin = { kind: "model", passages: [], unknown: ["magic"] };

const file = (change: Partial<AcceptedFile>): AcceptedFile => ({
  uri: "file:///a",
  texts: [],
  origins: [],
  ...change,
});
const entry = (id: string, files: readonly AcceptedFile[] = []): AcceptedChange => ({
  ...{ id, at: "2026-01-01T00:00:00.000Z", instruction: id, passages: [], files },
});

test("the latest is first, and the oldest beyond the bound go", () => {
  let entries: readonly AcceptedChange[] = [];
  for (let index = 0; index <= mostAccepted; index++) entries = withAccepted(entries, entry(`e${index}`));
  expect(entries).toHaveLength(mostAccepted);
  expect(entries[0]?.id).toBe(`e${mostAccepted}`);
  expect(entries.some(({ id }) => id === "e0")).toBe(false);
});

test("hunks of one answer that are accepted one by one are one entry", () => {
  const first = entry("e", [file({ texts: ["one();"], origins: [["one();", documents]] })]);
  const second = entry("e", [
    file({ texts: ["two();"], origins: [["two();", model]] }),
    file({ uri: "file:///b", texts: ["b"] }),
  ]);
  const [merged, ...others] = withAccepted([first, entry("older")], second);
  expect(others.map(({ id }) => id)).toEqual(["older"]);
  expect(merged?.files).toEqual([
    file({
      texts: ["one();", "two();"],
      origins: [
        ["one();", documents],
        ["two();", model],
      ],
    }),
    file({ uri: "file:///b", texts: ["b"] }),
  ]);
});

const accepted = file({
  texts: ["\n    @Transactional\n    void a() {\n    }\n"],
  origins: [
    ["@Transactional", documents],
    ["void a() {", model],
  ],
});

test("lines that are still there are found where they are now, in their own block", () => {
  const lines = [
    "class A {",
    "  @Transactional",
    "  void b() {",
    "  }",
    "",
    "  @Transactional",
    "  void a() {",
    "  }",
    "}",
  ];
  expect([...keptOrigins(lines, accepted)]).toEqual([
    [5, documents],
    [6, model],
  ]);
});

test("of a block that was edited, only lines that cannot be mistaken keep their mark", () => {
  const lines = ["@Transactional", "void b() {", "}", "@Transactional", "void a() {", "  edited();", "}"];
  expect([...keptOrigins(lines, accepted)]).toEqual([[4, model]]);
});

test("a file that has none of it has no marks", () => {
  expect([...keptOrigins(["class A {", "}"], accepted)]).toEqual([]);
});
