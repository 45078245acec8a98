import { expect, test } from "vitest";
import { buildWordIndex, searchWords, type Field } from "../../../src/core/search/bm25";

const indexOf = (entries: readonly { fields: readonly Field[] }[]) =>
  buildWordIndex(entries, ({ fields }) => fields);
const entry = (text: string, weight = 1) => ({ fields: [{ terms: text.split(" "), weight }] });
const query = (...terms: string[]) => terms.map((term) => ({ term, weight: 1 }));

// Three entries of 3, 2 and 1 terms (mean 2), k1 = 1.2, b = 0.75. "pool" stands in the first two: idf = ln(1 + 1.5 / 2.5) = ln 1.6.
// First entry, twice, length 3: norm = 1 - 0.75 + 0.75 * 3 / 2 = 1.375; 2 * 2.2 / (2 + 1.2 * 1.375) = 4.4 / 3.65.
// Second entry, once, length 2: norm = 1; 1 * 2.2 / (1 + 1.2) = 1.
test("scores as computed by hand from the formula", () => {
  const index = indexOf([entry("pool pool size"), entry("pool thread"), entry("banner")]);
  const hits = searchWords([index], query("pool"), 10);
  expect(hits.map(({ position }) => position)).toEqual([0, 1]);
  expect(hits[0]?.score).toBeCloseTo(Math.log(1.6) * (4.4 / 3.65), 6);
  expect(hits[1]?.score).toBeCloseTo(Math.log(1.6), 6);
});

// The heading counts twice: frequency 2 + 1 = 3 and length 2 * 1 + 2 = 4, the only entry: idf = ln(1 + 0.5 / 1.5), norm = 1.
test("counts a field as often as its weight says", () => {
  const index = indexOf([
    {
      fields: [
        { terms: ["pool"], weight: 2 },
        { terms: ["pool", "size"], weight: 1 },
      ],
    },
  ]);
  const [hit] = searchWords([index], query("pool"), 1);
  expect(hit?.score).toBeCloseTo(Math.log(1 + 0.5 / 1.5) * ((3 * 2.2) / (3 + 1.2)), 6);
});

test("several indexes rank as one that holds all their entries", () => {
  const texts = ["pool pool size", "pool thread", "banner", "thread pool size queue", "queue"];
  const whole = searchWords([indexOf(texts.map((text) => entry(text)))], query("pool", "queue"), 10);
  const parts = searchWords(
    [texts.slice(0, 2), texts.slice(2)].map((part) => indexOf(part.map((text) => entry(text)))),
    query("pool", "queue"),
    10,
  );
  expect(parts.map(({ index, position }) => (index === 0 ? 0 : 2) + position)).toEqual(
    whole.map(({ position }) => position),
  );
  parts.forEach(({ score }, rank) => expect(score).toBeCloseTo(whole[rank]?.score ?? NaN, 6));
});

test("returns the best few in order, whatever their number", () => {
  const texts = Array.from({ length: 200 }, (_, at) => `pool ${"filler ".repeat((at * 37) % 200)}`.trim());
  const index = indexOf(texts.map((text) => entry(text)));
  const all = searchWords([index], query("pool"), 1_000);
  expect(all).toHaveLength(200);
  expect(searchWords([index], query("pool"), 7)).toEqual(all.slice(0, 7));
  expect(searchWords([index], query("pool"), 0)).toEqual([]);
});

test("an entry without a term of the query is never a hit", () => {
  const index = indexOf([entry("banner"), entry("")]);
  expect(searchWords([index], query("pool"), 5)).toEqual([]);
  expect(searchWords([], query("pool"), 5)).toEqual([]);
});
