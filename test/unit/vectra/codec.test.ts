import { describe, expect, it } from "vitest";
import { float32Codec } from "../../../src/adapters/vectra/codec";

const data = {
  version: 1,
  metadata_config: { indexed: ["ordinal"] },
  items: [
    { id: "é:0", metadata: { ordinal: 0, document: "a.md" }, vector: [0.6, 0.8, 0], norm: 1 },
    { id: "é:1", metadata: { ordinal: 1, flag: true }, vector: [0, 0, -2], norm: 2, metadataFile: "x.dwvx" },
  ],
};

describe("the index file", () => {
  it("gives back what was written, numbers as 32-bit floats", () => {
    const read = float32Codec.deserializeIndex(float32Codec.serializeIndex(data));
    const items = read.items.map((item) => ({ ...item, vector: Array.from(item.vector) }));
    expect({ ...read, items }).toEqual({
      ...data,
      items: data.items.map((item) => ({ ...item, vector: item.vector.map(Math.fround) })),
    });
  });

  it("holds an index without items", () => {
    const empty = { version: 1, metadata_config: {}, items: [] };
    expect(float32Codec.deserializeIndex(float32Codec.serializeIndex(empty))).toEqual(empty);
  });

  it("is 4 bytes a number and little more", () => {
    const items = Array.from({ length: 100 }, (_, ordinal) => ({
      id: `set:${ordinal}`,
      metadata: { ordinal },
      vector: new Array<number>(384).fill(0.05),
      norm: 1,
    }));
    const { length } = float32Codec.serializeIndex({ version: 1, metadata_config: {}, items });
    expect(length).toBeGreaterThan(100 * 384 * 4);
    expect(length).toBeLessThan(100 * (384 * 4 + 80));
  });

  it("refuses vectors of different lengths", () => {
    const [first, second] = data.items;
    const items = [first, second && { ...second, vector: [1] }].filter((item) => item !== undefined);
    expect(() => float32Codec.serializeIndex({ ...data, items })).toThrow(
      "é:1 has 1 dimensions, the others 3",
    );
  });

  it.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, -1)],
    ["of another kind", (bytes: Buffer) => Buffer.concat([Buffer.from("{"), bytes.subarray(1)])],
    ["of a later format", (bytes: Buffer) => (bytes.writeUInt32LE(2, 4), bytes)],
    ["empty", () => Buffer.alloc(0)],
  ])("refuses a file that is %s", (_name, change) => {
    expect(() => float32Codec.deserializeIndex(change(float32Codec.serializeIndex(data)))).toThrow();
  });

  it("keeps catalogues and metadata as JSON", () => {
    const catalog = { version: 1, count: 1, uriToId: { a: "1" }, idToUri: { 1: "a" } };
    expect(float32Codec.deserializeCatalog(float32Codec.serializeCatalog(catalog))).toEqual(catalog);
    expect(float32Codec.deserializeMetadata(float32Codec.serializeMetadata({ a: 1 }))).toEqual({ a: 1 });
  });
});
