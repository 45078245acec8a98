import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCalibrationFile } from "../../../src/core/calibration/calibrationModel";
import { createPredictor } from "../../../src/core/calibration/predict";
import { fitWordVectors } from "../../../src/core/calibration/report/meaning";
import { reportData } from "../../../src/core/calibration/report/reportData";
import { reportPage } from "../../../src/core/calibration/report/reportPage";

const text = readFileSync(join(import.meta.dirname, "../../../docs-index/calibration.json"), "utf8");
const shipped = parseCalibrationFile(text);
const fits = "fits" in shipped ? shipped.fits : [];

test("two fits are shipped, parameters only, and say what they were made for", () => {
  expect(fits.map(({ attributes }) => attributes)).toEqual(["full-32", "last-position"]);
  for (const { fittedFor, exemplars, prototypes } of fits) {
    expect(fittedFor).toMatchObject({ quantisation: "MLX 4-bit", what: "statements" });
    expect(exemplars).toBeUndefined();
    for (const { cases } of prototypes) expect(cases).toBeGreaterThanOrEqual(20);
  }
  expect(text).not.toMatch(/"(?:document|id)":/);
});

test("a clear yes and a clear no are told apart, and nonsense is refused", () => {
  const last = fits.find(({ attributes }) => attributes === "last-position");
  if (!last) throw new Error("no such fit");
  const predictor = createPredictor(last);
  const yes = predictor.predict([0.2, 0, 0.2, 0.09]);
  const no = predictor.predict([-0.35, 0.35, 0, 0.113]);
  expect(yes?.probability).toBeGreaterThan(0.7);
  expect(no?.probability).toBeLessThan(0.3);
  expect(predictor.predict([0.9, 0.5, -0.9, 0.01])?.verdict).toBe("cannot judge");
});

test("the page shows figures and holds every case, whatever its text", () => {
  const [, last] = fits;
  if (!last) throw new Error("no such fit");
  const cases = Array.from({ length: 40 }, (_, index) => ({
    id: `c${index}`,
    label: (index % 2) as 0 | 1,
    document: index === 3 ? "</script><b>bold" : `statement ${index}`,
    attributes: index % 2 === 1 ? [0.2, 0, 0.2, 0.09] : [-0.35, 0.35, 0, 0.113],
    group: index < 20 ? "one" : "two",
  }));
  const data = reportData(last, cases, 0.95);
  expect(data.all).toMatchObject({ cases: 40, auroc: 1 });
  expect(data.confusion).toEqual([
    [20, 0, 0],
    [0, 20, 0],
  ]);
  const page = reportPage(data);
  expect(page.match(/<\/script>/g)?.length).toBe(2);
  expect(page).not.toMatch(/https?:\/\//);
  for (const { id } of cases) expect(page).toContain(`"${id}"`);
});

test("words that keep the same company are near each other", () => {
  const documents = Array.from({ length: 30 }, (_, index) =>
    index % 2 === 0
      ? `the ${index % 4 === 0 ? "cat" : "kitten"} drinks milk and purrs`
      : `a ${index % 4 === 1 ? "server" : "broker"} answers requests over http`,
  );
  const { words, vectors } = fitWordVectors(documents);
  const vector = (word: string) => vectors[words.indexOf(word)] ?? [];
  const cosine = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0) / (Math.hypot(...a) * Math.hypot(...b));
  expect(cosine(vector("milk"), vector("purrs"))).toBeGreaterThan(0.9);
  expect(Math.abs(cosine(vector("milk"), vector("http")))).toBeLessThan(0.2);
});
