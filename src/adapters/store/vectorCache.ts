/**
 * Vectors of a run that is under way, so that a killed or cancelled run goes on where it was. A file of equal records, each the SHA-256
 * of a passage's text and its unit vector; a record that a kill cut off or that a power cut left empty is not taken for a vector.
 */
import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, rm, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { EmbeddingIdentity } from "../../core/embedder";
import { identityKey } from "../embedding/embeddingModels";
import { writeFailure } from "./atomicFile";
import { sha256 } from "./checksum";

export interface VectorCache {
  /** Vectors by {@link passageHash}. */
  load(): Promise<ReadonlyMap<string, Float32Array>>;
  append(entries: readonly { readonly hash: string; readonly vector: Float32Array }[]): Promise<void>;
  /** For a run that ended well. */
  discard(): Promise<void>;
}

/** What a vector is found again by; the vector space stands in the name of the file. */
export function passageHash(text: string): string {
  return sha256(text);
}

const hashBytes = 32;

export function createVectorCache(store: string, identity: EmbeddingIdentity): VectorCache {
  const name = createHash("sha256").update(identityKey(identity)).digest("hex").slice(0, 12);
  const path = join(store, `vectors-${name}.cache`);
  const recordBytes = hashBytes + identity.dimensions * 4;
  let appending: Promise<void> = Promise.resolve();

  return {
    async load() {
      const bytes = await readFile(path).catch(() => Buffer.alloc(0));
      const vectors = new Map<string, Float32Array>();
      for (let start = 0; start + recordBytes <= bytes.length; start += recordBytes) {
        const vector = new Float32Array(identity.dimensions);
        new Uint8Array(vector.buffer).set(bytes.subarray(start + hashBytes, start + recordBytes));
        if (isUnitVector(vector)) vectors.set(bytes.toString("hex", start, start + hashBytes), vector);
      }
      // Appending after half a record would shift all that follows.
      const rest = bytes.length % recordBytes;
      if (rest !== 0) await truncate(path, bytes.length - rest);
      return vectors;
    },
    async append(entries) {
      const records = Buffer.concat(
        entries.flatMap(({ hash, vector }) => [Buffer.from(hash, "hex"), Buffer.from(vector.slice().buffer)]),
      );
      // One after the other: two halves of records must never mix.
      const write = appending.then(async () => {
        await mkdir(dirname(path), { recursive: true });
        await appendFile(path, records);
      });
      appending = write.catch(() => undefined);
      await write.catch((error: unknown) => {
        throw writeFailure(error, path);
      });
    },
    async discard() {
      await rm(path, { force: true });
    },
  };
}

function isUnitVector(vector: Float32Array): boolean {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.abs(sum - 1) < 1e-3;
}
