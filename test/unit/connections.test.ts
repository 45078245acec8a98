import { expect, test } from "vitest";
import { createConnectionLog, ollamaPurpose } from "../../src/core/connections";

test("counts by host and purpose, the last first, and keeps no path", () => {
  let seconds = 0;
  const log = createConnectionLog(() => new Date(1_000 * seconds++));
  log.note("http://127.0.0.1:11434/api/chat", "answers");
  log.note("https://docs.example/secret?token=1", "reference documents");
  log.note("http://127.0.0.1:11434/api/chat", "answers");
  log.note("where mvn is configured to", "the project's dependencies");
  log.note("http://[::1]/api/tags", "what the server has");
  expect(log.list()).toEqual([
    { host: "[::1]:80", purpose: "what the server has", count: 1, last: "1970-01-01T00:00:04.000Z" },
    {
      ...{ host: "where mvn is configured to", purpose: "the project's dependencies" },
      ...{ count: 1, last: "1970-01-01T00:00:03.000Z" },
    },
    { host: "127.0.0.1:11434", purpose: "answers", count: 2, last: "1970-01-01T00:00:02.000Z" },
    { host: "docs.example:443", purpose: "reference documents", count: 1, last: "1970-01-01T00:00:01.000Z" },
  ]);
});

test("stays small", () => {
  const log = createConnectionLog();
  for (let each = 0; each < 2_000; each++) log.note(`http://h${each}/`, "pages");
  expect(log.list().length).toBe(500);
  expect(log.list()[0]?.host).toBe("h1999:80");
});

test.each([
  ["/api/chat", /answers/],
  ["/api/embed", /embeddings/],
  ["/api/pull", /pulling/],
  ["/api/tags", /what the server has/],
])("%s", (path, purpose) => {
  expect(ollamaPurpose(path)).toMatch(purpose);
});
