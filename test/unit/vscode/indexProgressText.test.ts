import { expect, test } from "vitest";
import type { IndexReport } from "../../../src/core/engine";
import { progressText, reportText } from "../../../src/vscode/documents/indexProgressText";

test.each([
  [
    {
      phase: "embedding",
      documents: 1,
      documentsTotal: 1,
      passages: 640,
      passagesTotal: 3200,
      perSecond: 8.25,
      secondsLeft: 310,
    },
    "Embedding: 1 of 1 document, 640 of 3200 passages, 8.3 per second, 5 min left",
  ],
  [
    { phase: "waiting", documents: 0, documentsTotal: 0, passages: 0, passagesTotal: 0 },
    "Waiting for another window that indexes",
  ],
  [
    { phase: "reading", documents: 3, documentsTotal: 24, passages: 0, passagesTotal: 0, label: "web.html" },
    "Reading: 3 of 24 documents, web.html",
  ],
] as const)("progress %#", (progress, expected) => expect(progressText(progress)).toBe(expected));

const report: IndexReport = {
  sets: [
    {
      id: "a",
      name: "Reference",
      origin: "/d/reference.pdf",
      springBootVersion: "3.2.1",
      documents: 1,
      passages: 100,
      embedded: 100,
      bytes: 1,
      indexedAt: "",
      state: "ready",
    },
  ],
  read: 1,
  unchanged: 0,
  passedOver: [],
  embedded: 100,
  reused: 0,
  packaged: 0,
  timings: { read: 1, embed: 1, store: 1, check: 1 },
  check: { asked: 30, byVectors: 29, byWords: 30 },
};

test("a whole index says what it proved", () => {
  expect(reportText(report)).toEqual({
    text: "Indexed Reference (Spring Boot 3.2.1, 100 passages): 1 document read, 0 unchanged. Of 30 passages asked for, 29 found by vectors and 30 by words.",
    whole: true,
  });
});

test("partial success says so", () => {
  const [set] = report.sets;
  const partial = {
    ...report,
    sets: set
      ? [{ ...set, embedded: 60, state: "partial" as const, reason: "40 passages have no vector" }]
      : [],
    passedOver: [{ path: "/d/logo.png", why: "no document" }],
  };
  const { text, whole } = reportText(partial);
  expect(whole).toBe(false);
  expect(text).toContain("Reference is partial: 40 passages have no vector.");
  expect(text).toContain("Passed over: 1 file;");
});
