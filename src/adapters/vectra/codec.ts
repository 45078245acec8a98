/**
 * The file format of a Vectra index of ours: numbers as 32-bit floats, everything else as JSON. A tenth of the time and a fifth of the
 * size of Vectra's own JSON. Give `float32Codec` to an unmodified `LocalIndex` to open our indexes.
 *
 * | bytes | content |
 * |---|---|
 * | 4 | `DWVX` |
 * | 4 | format, little-endian like all numbers here |
 * | 4 | dimensions of a vector |
 * | 4 | items |
 * | 4 | length of the JSON in bytes |
 * | n | JSON: `version`, `metadata_config`, and `items` with all but the numbers; blanks up to a multiple of eight bytes |
 * | 8 × items | norms, 64-bit |
 * | 4 × items × dimensions | vectors, 32-bit |
 */
import type { IndexCodec, IndexData, IndexItem } from "vectra";
import { createRows } from "../../core/search/dotProducts";

const magic = "DWVX";
const format = 1;
const headerLength = 20;

interface Header {
  readonly version: number;
  readonly metadata_config: IndexData["metadata_config"];
  readonly items: readonly Omit<IndexItem, "vector" | "norm">[];
}

export const float32Codec: IndexCodec = {
  extension: ".dwvx",
  serializeIndex: encodeIndex,
  deserializeIndex: decodeIndex,
  serializeCatalog: toJson,
  deserializeCatalog: (buffer) => fromJson(buffer) as ReturnType<IndexCodec["deserializeCatalog"]>,
  serializeMetadata: toJson,
  deserializeMetadata: (buffer) => fromJson(buffer) as ReturnType<IndexCodec["deserializeMetadata"]>,
};

function encodeIndex({ version, metadata_config, items }: IndexData): Buffer {
  const dimensions = items[0]?.vector.length ?? 0;
  const header: Header = {
    version,
    metadata_config,
    items: items.map(({ id, metadata, metadataFile }) => ({
      id,
      metadata,
      ...(metadataFile !== undefined && { metadataFile }),
    })),
  };
  const json = Buffer.from(JSON.stringify(header));
  const numbers = alignedAfter(headerLength + json.length);
  const buffer = Buffer.alloc(numbers + items.length * (8 + 4 * dimensions), " ", "latin1");
  buffer.write(magic, "latin1");
  buffer.writeUInt32LE(format, 4);
  buffer.writeUInt32LE(dimensions, 8);
  buffer.writeUInt32LE(items.length, 12);
  buffer.writeUInt32LE(json.length, 16);
  json.copy(buffer, headerLength);
  let position = numbers;
  for (const { norm } of items) position = buffer.writeDoubleLE(norm, position);
  for (const { id, vector } of items) {
    if (vector.length !== dimensions) {
      throw new Error(`vector ${id} has ${vector.length} dimensions, the others ${dimensions}`);
    }
    position += Buffer.from(Float32Array.from(vector).buffer).copy(buffer, position);
  }
  return buffer;
}

function decodeIndex(buffer: Buffer): IndexData {
  if (buffer.length < headerLength || buffer.toString("latin1", 0, 4) !== magic) {
    throw new Error("not an index of vectors");
  }
  if (buffer.readUInt32LE(4) !== format) throw new Error(`unknown format ${buffer.readUInt32LE(4)}`);
  const dimensions = buffer.readUInt32LE(8);
  const count = buffer.readUInt32LE(12);
  const jsonLength = buffer.readUInt32LE(16);
  const numbers = alignedAfter(headerLength + jsonLength);
  if (buffer.length !== numbers + count * (8 + 4 * dimensions)) throw new Error("the index is cut off");
  const header = JSON.parse(buffer.toString("utf8", headerLength, headerLength + jsonLength)) as Header;
  if (header.items.length !== count) throw new Error("the index contradicts itself");
  const matrix = readMatrix(buffer.subarray(numbers + count * 8), count, dimensions);
  return {
    version: header.version,
    metadata_config: header.metadata_config,
    // Spelt out: an item made by spreading has a hidden class of its own, 200 bytes each.
    items: header.items.map(({ id, metadata, metadataFile }, index) => ({
      id,
      metadata,
      ...(metadataFile !== undefined && { metadataFile }),
      norm: buffer.readDoubleLE(numbers + index * 8),
      // A view on the one matrix: Vectra only reads vectors by position and length, which a Float32Array has as well.
      vector: matrix.subarray(index * dimensions, (index + 1) * dimensions) as unknown as number[],
    })),
  };
}

/** A copy where the search wants it, which does not keep the whole file in memory. Every platform of VS Code is little-endian. */
function readMatrix(bytes: Buffer, count: number, dimensions: number): Float32Array {
  const { values } = createRows(count, dimensions);
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength).set(bytes);
  return values;
}

const alignedAfter = (length: number) => Math.ceil(length / 8) * 8;

function toJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function fromJson(buffer: Buffer): unknown {
  return JSON.parse(buffer.toString("utf8"));
}
