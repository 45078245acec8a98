import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readFits } from "../../../src/adapters/calibration/fits";
import { openLabelFile } from "../../../src/adapters/calibration/labelFile";
import { createLabelling } from "../../../src/adapters/engine/labelling";
import { createRandom } from "../../../src/core/calibration/learn/random";
import { answerAttributes } from "../../../src/core/reask/answerAttributes";
import { corrected, readLabel, withLabel, type AnswerLabel } from "../../../src/core/reask/answerLabel";

const { signal } = new AbortController();

function label(id: string, change: Partial<AnswerLabel> = {}): AnswerLabel {
  return {
    id,
    label: 1,
    source: "decision",
    model: "smollm2:135m",
    kind: "code",
    promptVersion: "1",
    question: "a question",
    document: "an answer",
    attributes: [...answerAttributes({})],
    at: "2024-01-01T00:00:00.000Z",
    ...change,
  };
}

describe("one answer", () => {
  test.each([
    ["decision", "checks", 0],
    ["checks", "decision", 1],
    ["checks", "person", 0],
    ["person", "checks", 1],
    ["decision", "decision", 0],
  ] as const)("what %s said, then %s, is %i", (first, then, kept) => {
    const labels = withLabel([label("a", { source: first })], label("a", { source: then, label: 0 }));
    expect(labels.map((each) => each.label)).toEqual([kept]);
  });

  test("is corrected by the person, whoever spoke before", () => {
    const [first] = corrected([label("a", { source: "checks" })], "a", 0);
    expect(first).toMatchObject({ label: 0, source: "person" });
    expect(corrected([label("a"), label("b")], "a", undefined).map(({ id }) => id)).toEqual(["b"]);
  });

  test.each(["", "{", '{"id":"a"}', JSON.stringify({ ...label("a"), label: 2 })])(
    "%j is no label",
    (line) => {
      expect(readLabel(line)).toBeUndefined();
    },
  );
});

describe("on disk", () => {
  let store: string;
  beforeEach(() => {
    store = mkdtempSync(join(tmpdir(), "docwright-labels-"));
  });
  afterEach(() => rmSync(store, { recursive: true, force: true }));

  test("labels that come at once are all there, and nothing is there before the first", async () => {
    const file = openLabelFile(store);
    expect(existsSync(file.path)).toBe(false);
    await Promise.all(
      ["a", "b", "c"].map((id) => file.add(label(id, { document: "x".repeat(5_000) }), signal)),
    );
    await file.correct("b", undefined, signal);
    const kept = await openLabelFile(store).read(signal);
    expect(kept.map(({ id, document }) => `${id} ${document.length}`)).toEqual(["a 2000", "c 2000"]);
  });

  test("a calibration is made from them, and a corrected label changes it without asking a model", async () => {
    const random = createRandom(3);
    const file = openLabelFile(store);
    for (let index = 0; index < 120; index++) {
      const right = index % 2 === 0;
      const yes = (right ? -0.2 : -1.5) - random();
      const reask = {
        yes,
        no: -1,
        top: Math.max(yes, -1),
        second: Math.min(yes, -1),
        yesListed: true,
        noListed: true,
      };
      await file.add(
        label(`l${index}`, {
          label: right ? 1 : 0,
          question: `question ${index % 12}`,
          attributes: [...answerAttributes({ reask })],
        }),
        signal,
      );
    }
    const packageRoot = join(import.meta.dirname, "../../..");
    const labelling = createLabelling({
      defaultStore: store,
      fits: (abort) => readFits({ packageRoot, defaultStore: store }, abort),
    });
    expect(await labelling.calibrate({ model: "other", kind: "code" }, signal)).toMatchObject({ labels: 0 });
    const report = await labelling.calibrate({ model: "smollm2:135m", kind: "code" }, signal);
    expect(report).toMatchObject({ labels: 120, taskCases: 0 });
    const text = () => readFileSync(report.path ?? "", "utf8");
    const before = text();
    const reviewed = await labelling.labels(signal);
    const certainty = reviewed.map(({ probability = 1 }) => Math.abs(probability - 0.5));
    expect(certainty).toEqual([...certainty].sort((left, right) => left - right));
    expect(certainty.at(-1)).toBeGreaterThan(0.2);

    await labelling.correct("l0", 0, signal);
    await labelling.calibrate({ model: "smollm2:135m", kind: "code" }, signal);
    expect(text()).not.toBe(before);
  });
});
