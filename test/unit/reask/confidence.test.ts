import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCalibrationFile, type CalibrationModel } from "../../../src/core/calibration/calibrationModel";
import { answerAttributes } from "../../../src/core/reask/answerAttributes";
import { chooseFit, judgeAnswer } from "../../../src/core/reask/confidence";
import { confidenceLine } from "../../../src/core/reask/confidenceLine";

const file = parseCalibrationFile(
  readFileSync(join(import.meta.dirname, "../../../docs-index/calibration.json"), "utf8"),
);
const shipped = "fits" in file ? file.fits : [];
const yesNo = { yes: -0.05, no: -9, top: -0.05, second: -9, yesListed: true, noListed: true };
const row = answerAttributes({ reask: yesNo });
const asked = { yesNo, method: "log-probabilities", attributes: row, milliseconds: 12.4 } as const;
const lastPosition = shipped.find(({ attributes }) => attributes === "last-position");
if (!lastPosition) throw new Error("the package ships no fit of the last position");
const mine = (what: string): CalibrationModel => ({
  ...lastPosition,
  fittedFor: { generator: "smollm2:135m", quantisation: "", promptVersion: "1", what },
});

test.each([
  ["mixtral:8x7b", "explanation", /MLX 4-bit Mixtral, statements/],
  ["library/Mixtral", "statement", /Mixtral/],
] as const)("the shipped fit is provisional for %s, %s", (model, kind, words) => {
  expect(chooseFit({ own: [], shipped }, { model, kind, row })).toMatchObject({
    fit: { attributes: "last-position" },
    provisional: expect.stringMatching(words) as string,
  });
});

test.each([
  ["mixtral", "code"],
  ["qwen2.5-coder:7b", "explanation"],
] as const)("for %s, %s there is none", (model, kind) => {
  expect(chooseFit({ own: [], shipped }, { model, kind, row })).toBeUndefined();
});

test("one's own fit is for its model and its kind of answer alone", () => {
  const fits = { own: [mine("code")], shipped };
  expect(chooseFit(fits, { model: "smollm2:135m", kind: "code", row })).toEqual({ fit: mine("code") });
  expect(chooseFit(fits, { model: "smollm2:135m", kind: "explanation", row })).toBeUndefined();
  expect(chooseFit(fits, { model: "other", kind: "code", row })).toBeUndefined();
});

test("without a fit nothing is claimed", () => {
  const confidence = judgeAnswer(asked, undefined, { threshold: 0.9 });
  expect(confidence).toMatchObject({ mark: "uncalibrated", moved: [], exemplars: [], milliseconds: 12 });
  expect(confidence.probability).toBeUndefined();
  expect(confidenceLine(confidence)).toMatch(/uncalibrated.*means nothing/);
});

test("with a fit the mark comes with a probability and its interval", () => {
  const confidence = judgeAnswer(asked, { fit: mine("code") }, { threshold: 0.6, open: true });
  expect(confidence.mark).not.toBe("uncalibrated");
  expect(confidence.open).toBe(true);
  const { probability = 0, interval = [1, 0] } = confidence;
  expect(interval[0]).toBeLessThanOrEqual(probability);
  expect(interval[1]).toBeGreaterThanOrEqual(probability);
  expect(confidence.moved.length).toBeGreaterThan(0);
  expect(confidenceLine(confidence)).toMatch(/between \d+ % and \d+ %/);
});
