import { describe, expect, test } from "vitest";
import { createTokenCalibration, estimateTokens } from "../../../src/core/prompt/tokenEstimate";
import { chooseWindow, promptBudget } from "../../../src/core/prompt/window";

const budget = promptBudget(undefined);

describe("the window in tokens", () => {
  test.each([
    ["the smallest step that holds it", 1_000, { contextTokens: 32_768 }, undefined, 4_096],
    ["the next step", 5_000, { contextTokens: 32_768 }, undefined, 8_192],
    ["never more than the model's own", 9_000, { contextTokens: 8_192 }, undefined, 8_192],
    ["a model that does not tell", 9_000, {}, undefined, 4_096],
    [
      "a loaded one that is large enough stays",
      1_000,
      { contextTokens: 32_768, loadedContextTokens: 16_384 },
      undefined,
      16_384,
    ],
    [
      "a loaded one that is too small goes",
      5_000,
      { contextTokens: 32_768, loadedContextTokens: 4_096 },
      undefined,
      8_192,
    ],
    ["what the person chose", 1_000, { contextTokens: 32_768, loadedContextTokens: 8_192 }, 16_000, 16_000],
    ["what the person chose, within the model's own", 1_000, { contextTokens: 8_192 }, 16_000, 8_192],
  ] as const)("%s", (_name, wanted, details, chosen, expected) => {
    const window = chooseWindow(wanted, budget, details, chosen);
    expect(window.contextTokens).toBe(expected);
    expect(window.answerTokens).toBeGreaterThan(0);
    expect(window.answerTokens).toBeLessThanOrEqual(expected / 3);
  });
});

describe("the estimate", () => {
  const code = "public class OrderService {\n    private final JdbcClient jdbcClient;\n}\n";
  test("learns a model's vocabulary and stays on the safe side", () => {
    const calibration = createTokenCalibration();
    const plain = estimateTokens(code);
    const before = calibration.count("m", code);
    expect(before).toBeGreaterThan(plain);
    calibration.learn("m", 1_000, 800);
    const after = calibration.count("m", code);
    expect(after).toBeLessThan(before);
    expect(after).toBeGreaterThan(plain * 0.8);
    expect(calibration.count("other", code)).toBe(before);
  });
  test("a higher ratio counts at once, a lower one slowly", () => {
    const calibration = createTokenCalibration();
    calibration.learn("m", 1_000, 900);
    const first = calibration.count("m", code);
    calibration.learn("m", 1_000, 700);
    expect(calibration.count("m", code)).toBeGreaterThan(first * 0.9);
    calibration.learn("m", 1_000, 1_300);
    expect(calibration.count("m", code)).toBeGreaterThan(first * 1.3);
  });
  test("counts that cannot be of the vocabulary are passed over", () => {
    const calibration = createTokenCalibration();
    const before = calibration.count("m", code);
    calibration.learn("m", 1_000, 12);
    calibration.learn("m", 1_000, 9_000);
    calibration.learn("m", 0, 100);
    expect(calibration.count("m", code)).toBe(before);
  });
  test("a refusal makes it a quarter larger", () => {
    const calibration = createTokenCalibration();
    const before = calibration.count("m", code);
    calibration.refused("m");
    expect(calibration.count("m", code) / before).toBeGreaterThan(1.2);
  });
});
