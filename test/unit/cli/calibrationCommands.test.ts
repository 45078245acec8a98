import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseInvocation } from "../../../src/cli/arguments";
import { commands } from "../../../src/cli/commands";
import { failureOf } from "../../../src/core/failure";
import { createRandom } from "../../../src/core/calibration/learn/random";
import { fakeContext } from "./fakeContext";

let folder = "";
const never = new AbortController().signal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-calibration-"));
  for (const [name, seed] of [
    ["one", 1],
    ["two", 2],
    ["three", 3],
  ] as const)
    await writeFile(join(folder, `${name}.jsonl`), cases(name, seed));
  await writeFile(
    join(folder, "label_display_names.jsonl"),
    '{"label":0,"name":"wrong"}\n{"label":1,"name":"right"}\n',
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function cases(name: string, seed: number): string {
  const random = createRandom(seed);
  return Array.from({ length: 90 }, (_, index) => {
    const label = random() < 0.5 ? 1 : 0;
    const attributes = Array.from({ length: 4 }, () => (label - 0.5 + random()) / 10);
    return `${JSON.stringify({ id: `${name}${index}`, label, document: `${name} ${index}`, attributes })}\n`;
  }).join("");
}

async function run(...words: string[]) {
  const { context, said } = fakeContext({}, { directory: folder });
  const invocation = parseInvocation(words, commands);
  if (invocation.kind !== "run") throw new Error("no command");
  const code = await commands[invocation.command]?.run(invocation.parsed, context, never);
  return { code, said: said() };
}

const failureFor = async (...words: string[]) =>
  run(...words).then(
    () => undefined,
    (error: unknown) => failureOf(error),
  );

test("a calibration is made from files and judges each line, the bad ones too", async () => {
  const made = await run(
    "calibrate",
    "--train",
    "one.jsonl",
    "two.jsonl",
    "--calibration",
    "three.jsonl",
    "--out",
    "m.json",
    "--generator",
    "some model",
  );
  expect(made.code).toBe(0);
  const model = JSON.parse(await readFile(join(folder, "m.json"), "utf8")) as Record<string, unknown>;
  expect(model).toMatchObject({
    attributes: "last-position",
    labels: ["wrong", "right"],
    fittedFor: { generator: "some model" },
    groups: [{ cases: 90 }, { cases: 90 }, { cases: 90 }],
  });
  const input = [
    '{"id":"x","document":"","attributes":[0.1,0.1,0.1,0.1]}',
    "not JSON",
    "",
    '{"id":"short","attributes":[1]}',
    '{"id":"y","document":"","attributes":[-0.04,0,-0.02,0]}',
  ].join("\n");
  await writeFile(join(folder, "e.jsonl"), input);
  const predicted = await run("predict", "--model", "m.json", "--input", "e.jsonl", "--out", "p.jsonl");
  expect(predicted.said[0]).toMatch(/line 2 cannot be judged: it is not JSON/);
  const lines = (await readFile(join(folder, "p.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Prediction);
  expect(lines.map(({ id }) => id)).toEqual(["x", "line 2", "short", "y"]);
  for (const { probability, probabilities, interval, exemplars } of lines) {
    expect(probabilities["1"]).toBe(probability);
    expect(probabilities["0"]).toBeCloseTo(1 - probability, 12);
    expect(interval[0]).toBeLessThanOrEqual(interval[1]);
    expect(exemplars.length === 3 || probability === 0.5).toBe(true);
  }
  expect(lines[0]?.probability).toBeGreaterThan(0.7);
  expect(lines[3]?.probability).toBeLessThan(0.5);
  expect(lines[2]?.verdict).toBe("cannot judge");
});

interface Prediction {
  readonly id: string;
  readonly probability: number;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly interval: readonly [number, number];
  readonly verdict: string;
  readonly exemplars: readonly unknown[];
}

test.each([
  [["calibrate", "--train", "one.jsonl", "--calibration", "two.jsonl"], /needs --out/],
  [["calibrate", "--train", "one.jsonl", "--out", "m2.json"], /needs --calibration/],
  [
    [
      "calibrate",
      "--train",
      "one.jsonl",
      "--calibration",
      "two.jsonl",
      "--out",
      "m2.json",
      "--attributes",
      "x",
    ],
    /knows full-32/,
  ],
  [
    [
      "calibrate",
      "--train",
      "one.jsonl",
      "--calibration",
      "two.jsonl",
      "--out",
      "m2.json",
      "--attributes",
      "given-3",
    ],
    /180 of 180 cases/,
  ],
  [["predict", "--model", "one.jsonl", "--input", "two.jsonl", "--out", "p2.jsonl"], /is no calibration/],
])("%j is refused", async (words, sentence) => {
  expect(await failureFor(...words)).toEqual({
    kind: "bad-argument",
    what: expect.stringMatching(sentence) as string,
  });
});

test("a file that is not there is named", async () => {
  expect(
    await failureFor("calibrate", "--train", "gone.jsonl", "--calibration", "two.jsonl", "--out", "m2.json"),
  ).toEqual({ kind: "not-found", path: join(folder, "gone.jsonl") });
});
