import { describe, expect, test } from "vitest";
import { attributeSet, attributeSetOfLength } from "../../../src/core/calibration/attributes";
import { agreement, apiSymbols } from "../../../src/core/reask/agreement";
import { answerAttributes } from "../../../src/core/reask/answerAttributes";
import { tokenFigures, type AnswerToken } from "../../../src/core/reask/answerTokens";
import { projected } from "../../../src/core/reask/projection";

const even = [
  { token: "x", logprob: Math.log(0.5) },
  { token: "y", logprob: Math.log(0.5) },
];
const token = (text: string, logprob: number): AnswerToken => ({ token: text, logprob, alternatives: even });

test("what was not measured is null", () => {
  expect(answerAttributes({})).toEqual(new Array(22).fill(null));
});

test("the documented positions", () => {
  const row = answerAttributes({
    tokens: [token("``", -1), token("`java\n", -1), token("foo", -2), token("(", -4), token("\n```", -1)],
    passageScores: [0.9, 0.6],
    findings: { errors: 0, all: 1 },
    samples: ["@Bean Foo foo()", "@Bean Foo bar()"],
    embeddings: { question: [1, 0], answer: [0, -1] },
  });
  expect(row).toHaveLength(22);
  expect(row.slice(0, 4)).toEqual([null, null, null, null]);
  const measured = [-0.18, -0.4, Math.LN2, -0.3, -0.2, 0.5, 0.9, 0.3, 0, Math.LN2];
  row.slice(4, 14).forEach((value, index) => expect(value).toBeCloseTo(measured[index] ?? NaN, 12));
  expect(row.slice(14).map((value) => Math.abs(value ?? 0))).toEqual(new Array(8).fill(1));
});

test("the set of that length reads the row, and names each of its numbers", () => {
  const set = attributeSet(attributeSetOfLength(22));
  expect(set?.name).toBe("answer-22");
  expect(set?.inputs).toHaveLength(22);
  expect(new Set(set?.inputs).size).toBe(22);
  expect(set?.read(answerAttributes({ passageScores: [1] }))?.slice(9, 12)).toEqual([undefined, 1, 1]);
});

describe("tokens", () => {
  test("of code stand between fences, and keywords are no identifiers", () => {
    const tokens = ["Here", ":\n", "```", "java\n", "class", " Shop", " {}\n", "```\n", "Done"].map(
      (text, index) => token(text, -index),
    );
    expect(tokenFigures(tokens)).toMatchObject({ mean: -4, least: -8, code: -5, identifiers: -5 });
  });

  test("of a fence that was never closed are code", () => {
    expect(tokenFigures([token("```\n", 0), token("x", -3)])).toMatchObject({ code: -3, identifiers: -3 });
  });

  test("that are none tell nothing", () => {
    expect(tokenFigures([])).toEqual({});
    expect(tokenFigures([token("prose", -1)])).not.toHaveProperty("code");
  });
});

test("symbols of an API, and how far samples share them", () => {
  expect([...apiSymbols("@Bean RestClient client() { spring.data.redis.host }")]).toEqual([
    "@Bean",
    "RestClient",
    "client",
    "spring.data.redis.host",
  ]);
  expect(agreement(["one"])).toBeUndefined();
  expect(agreement(["@Bean a()", "@Bean a()", "@Bean b()"])).toBeCloseTo((1 + 1 / 3 + 1 / 3) / 3);
});

test("a projection is the same each time, and keeps what is near apart from what is far", () => {
  const vector = (angle: number) => Array.from({ length: 384 }, (_, index) => Math.cos(index + angle) / 14);
  const distance = (left: readonly number[], right: readonly number[]) =>
    Math.hypot(...left.map((value, index) => value - (right[index] ?? 0)));
  expect(projected(vector(0))).toEqual(projected(vector(0)));
  const near = distance(projected(vector(0)), projected(vector(0.05)));
  expect(near).toBeLessThan(distance(projected(vector(0)), projected(vector(2))));
});
