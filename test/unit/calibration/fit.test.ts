import { describe, expect, test } from "vitest";
import { attributeSetOfLength } from "../../../src/core/calibration/attributes";
import { parseCalibrationFile, withoutExemplars } from "../../../src/core/calibration/calibrationModel";
import { fitCalibration } from "../../../src/core/calibration/fit";
import { auroc } from "../../../src/core/calibration/figures/ranking";
import { readCase, type LabelledCase } from "../../../src/core/calibration/labelledCase";
import { readLabelNames } from "../../../src/core/calibration/labelNames";
import { createRandom } from "../../../src/core/calibration/learn/random";
import { createPredictor } from "../../../src/core/calibration/predict";

/** Cases of topics that differ in how the signal is shifted, with one attribute that tells nothing. */
function topic(group: string, shift: number, count: number, seed: number): LabelledCase[] {
  const random = createRandom(seed);
  const noise = () => random() + random() + random() + random() - 2;
  return Array.from({ length: count }, (_, index) => {
    const label = random() < 0.5 ? 1 : 0;
    const signal = (label === 1 ? 0.8 : -0.8) + shift + noise();
    return {
      id: `${group}-${index}`,
      label,
      document: `case ${index} of ${group}`,
      attributes: [signal, noise(), signal - 0.3 * noise()],
      group,
    };
  });
}

const training = [topic("a", 0, 220, 1), topic("b", 0.4, 200, 2), topic("c", -0.4, 240, 3)].flat();
const request = {
  attributes: attributeSetOfLength(3),
  fittedFor: { generator: "m", quantisation: "q", promptVersion: "1", what: "statements" },
  labels: ["no", "yes"],
} as const;

function fit(cases: readonly LabelledCase[]) {
  const result = fitCalibration({ ...request, cases });
  if (result.kind === "refused") throw new Error(result.why);
  return result.model;
}

const model = fit(training);
const predictor = createPredictor(model);

describe("a fit of three topics", () => {
  test("tells right from wrong on a fourth", () => {
    const unseen = topic("d", 0.2, 300, 4);
    const predictions = unseen.map(({ attributes }) => predictor.predict(attributes)?.probability ?? 0);
    expect(
      auroc(
        unseen.map(({ label }) => label),
        predictions,
      ),
    ).toBeGreaterThan(0.85);
  });

  test("is the same for the same cases", () => {
    expect(fit(training)).toEqual(model);
  });

  test("survives its file", () => {
    expect(parseCalibrationFile(JSON.stringify(model))).toEqual({ fits: [model] });
  });

  test("is passed on without a case in it", () => {
    const text = JSON.stringify(withoutExemplars(model));
    for (const { id, document } of training) expect(text.includes(id) || text.includes(document)).toBe(false);
    const row = [0.7, 0.1, 0.6];
    const passedOn = createPredictor(withoutExemplars(model)).predict(row);
    expect(passedOn?.probability).toBe(predictor.predict(row)?.probability);
    expect(passedOn?.exemplars).toEqual([]);
    expect(passedOn?.similarity).toBeGreaterThan(0.5);
  });

  test("has an interval around each probability", () => {
    for (const { attributes } of topic("e", 0, 100, 5)) {
      const { probability = -1, interval } = predictor.predict(attributes) ?? {};
      expect(interval?.low).toBeLessThanOrEqual(probability);
      expect(interval?.high).toBeGreaterThanOrEqual(probability);
    }
  });

  test("shows the nearest labelled cases, nearest first", () => {
    const [first] = training;
    const near = predictor.predict(first?.attributes ?? [], { exemplars: 4 })?.exemplars ?? [];
    expect(near[0]).toMatchObject({ case: { id: "a-0" }, distance: 0 });
    expect(near.length).toBe(4);
    const distances = near.map(({ distance }) => distance);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
  });

  test("names the attributes that moved a case", () => {
    const [strongest, ...others] = predictor.contributions([1.8, 0, 1.8]);
    expect(["attribute 1", "attribute 3"]).toContain(strongest?.attribute);
    expect(others.at(-1)?.attribute).toBe("attribute 2");
    expect(strongest?.change).toBeGreaterThan(0.3);
  });

  test("a corrected label changes it without another attribute", () => {
    const corrected = training.map((each, index) =>
      index < 150 ? { ...each, label: each.label === 1 ? (0 as const) : (1 as const) } : each,
    );
    expect(fit(corrected).topics).not.toEqual(model.topics);
  });
});

describe("out of support", () => {
  test.each([
    ["far away", [9, 0, 9]],
    ["against the correlation", [2.5, 0, -2.5]],
  ])("%s: cannot judge, and little is claimed", (_, row) => {
    const prediction = predictor.predict(row);
    expect(prediction?.verdict).toBe("cannot judge");
    expect(prediction?.interval).toEqual({ low: 0, high: 1 });
  });

  test("few cases of a new topic are refused", () => {
    const unseen = topic("f", 0.1, 300, 6);
    const refused = unseen.filter(
      ({ attributes }) => predictor.predict(attributes)?.verdict === "cannot judge",
    );
    expect(refused.length / unseen.length).toBeLessThan(0.1);
  });

  test("a row of another set has no prediction", () => {
    expect(predictor.predict([1, 2])).toBeUndefined();
  });

  test("a value that is not known stands at the mean", () => {
    expect(predictor.predict([1.2, null, 1.1])?.verdict).not.toBe("cannot judge");
  });
});

test.each([
  ["one label only", training.map((each) => ({ ...each, label: 1 as const })), /at least 20 of each/],
  [
    "rows of two lengths",
    [...training, { ...topic("x", 0, 1, 9)[0], attributes: [1] } as LabelledCase],
    /1 of 661/,
  ],
])("%s is refused", (_, cases, why) => {
  expect(fitCalibration({ ...request, cases })).toEqual({
    kind: "refused",
    why: expect.stringMatching(why) as string,
  });
});

test.each([
  ["{", "it is not JSON"],
  ["[1]", "it is not a JSON object"],
  ['{"attributes":[1]}', "it has no id"],
  ['{"id":"1"}', "it has no attributes"],
  ['{"id":"1","attributes":[1,"2"]}', "an attribute is not a number"],
])("line %s is malformed", (line, why) => {
  expect(readCase(line)).toEqual({ kind: "malformed", why });
});

test("labels other than 0 and 1 are no labels", () => {
  expect(readCase('{"id":1,"label":-1,"document":"d","attributes":[0]}')).toEqual({
    kind: "case",
    value: { id: "1", document: "d", attributes: [0] },
  });
});

test.each([
  ['{"label":0,"name":"Wrong"}\n{"label":1,"name":"Right"}\n', ["Wrong", "Right"]],
  ['{"0":"false","1":"true"}', ["false", "true"]],
  ["", ["0", "1"]],
])("labels are named by %s", (content, names) => {
  expect(readLabelNames(content)).toEqual(names);
});
