import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalIndex } from "vectra/LocalIndex";
import { describe, expect, it } from "vitest";
import { float32Codec } from "../../../src/adapters/vectra/codec";
import { PassageIndex } from "../../../src/adapters/vectra/passageIndex";
import { unitVectors } from "./randomVectors";

const dimensions = 384;

async function filled(vectors: readonly Float32Array[]): Promise<PassageIndex> {
  const index = new PassageIndex(await mkdtemp(join(tmpdir(), "docwright-index-")));
  await index.createIndex();
  await index.beginUpdate();
  index.addToUpdate(
    vectors.map((vector, ordinal) => ({
      id: `set:${ordinal}`,
      vector,
      metadata: { ordinal, document: "a.md" },
    })),
  );
  await index.endUpdate();
  return index;
}

describe("an index of passages", () => {
  it("gives an unmodified LocalIndex with our codec the same first ten", async () => {
    const { folderPath } = await filled(unitVectors(700, dimensions));
    const stock = new LocalIndex(folderPath, undefined, undefined, float32Codec);
    const own = new PassageIndex(folderPath);
    for (const query of unitVectors(20, dimensions, 5)) {
      const expected = await stock.queryItems(Array.from(query), "", 10);
      const found = await own.queryItems(Array.from(query), "", 10);
      expect(expected).toHaveLength(10);
      expect(found.map(({ item }) => item.id)).toEqual(expected.map(({ item }) => item.id));
      // Ours adds up in single precision.
      found.forEach(({ score }, at) => {
        expect(score).toBeCloseTo(expected[at]?.score ?? 0, 6);
      });
      expect(found[0]?.item.metadata).toEqual(expected[0]?.item.metadata);
    }
  });

  it("takes what an unmodified LocalIndex adds to it", async () => {
    const { folderPath } = await filled(unitVectors(3, dimensions));
    const [added] = unitVectors(1, dimensions, 9);
    if (!added) throw new Error("one vector was asked for");
    const stock = new LocalIndex(folderPath, undefined, undefined, float32Codec);
    await stock.insertItem({ id: "set:3", vector: Array.from(added), metadata: { ordinal: 3 } });
    const [best] = await new PassageIndex(folderPath).queryItems(Array.from(added), "", 1);
    expect(best?.item.id).toBe("set:3");
    expect(best?.score).toBeCloseTo(1, 6);
  });

  it("puts the earlier of two equal passages first, and finds all when fewer are there than asked for", async () => {
    const [one, other] = unitVectors(2, dimensions);
    if (!one || !other) throw new Error("two vectors were asked for");
    const index = await filled([other, one, one]);
    const found = await index.queryItems(Array.from(one), "", 10);
    expect(found.map(({ item }) => item.metadata.ordinal)).toEqual([1, 2, 0]);
    expect(await index.queryItems(Array.from(one), "", 0)).toEqual([]);
  });

  it.each([
    ["zero", new Float32Array(dimensions)],
    ["not a number", new Float32Array(dimensions).fill(Number.NaN)],
    ["endless", new Float32Array(dimensions).fill(Number.POSITIVE_INFINITY)],
  ])("refuses a vector that is %s", async (_name, vector) => {
    await expect(filled([vector])).rejects.toMatchObject({ failure: { kind: "embedder-failed" } });
  });

  it("refuses an id that is taken", async () => {
    const index = await filled(unitVectors(2, dimensions));
    const [vector] = unitVectors(1, dimensions);
    if (!vector) throw new Error("one vector was asked for");
    await index.beginUpdate();
    const again = { id: "set:1", vector, metadata: { ordinal: 1, document: "a.md" } };
    expect(() => index.addToUpdate([again])).toThrow("set:1 exists already");
  });
});
