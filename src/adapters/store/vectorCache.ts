/**
 * Vectors of a run that is under way, so that a killed or cancelled run goes on where it was. A file of equal records, each the SHA-256
 * of a passage's text, its unit vector, and a checksum of the two; a record that a kill cut off, that a power cut left empty or in which a bit
 * has flipped is not taken for a vector: its passage is embedded again.
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
const checkBytes = 4;

/** @param plain Records without a checksum: the repository's own files, which git guards. */
export function createVectorCache(
  store: string,
  identity: EmbeddingIdentity,
  { plain = false }: { readonly plain?: boolean } = {},
): VectorCache {
  const name = createHash("sha256").update(identityKey(identity)).digest("hex").slice(0, 12);
  const path = join(store, plain ? `vectors-${name}.cache` : `vectors-${name}.checked.cache`);
  const vectorEnd = hashBytes + identity.dimensions * 4;
  const checkOf = (content: Uint8Array): Buffer =>
    plain ? Buffer.alloc(0) : createHash("sha256").update(content).digest().subarray(0, checkBytes);
  const recordBytes = vectorEnd + (plain ? 0 : checkBytes);
  let appending: Promise<void> = Promise.resolve();

  return {
    async load() {
      const bytes = await readFile(path).catch(() => Buffer.alloc(0));
      const vectors = new Map<string, Float32Array>();
      for (let start = 0; start + recordBytes <= bytes.length; start += recordBytes) {
        const content = bytes.subarray(start, start + vectorEnd);
        if (!checkOf(content).equals(bytes.subarray(start + vectorEnd, start + recordBytes))) continue;
        const vector = new Float32Array(identity.dimensions);
        new Uint8Array(vector.buffer).set(content.subarray(hashBytes));
        if (isUnitVector(vector)) vectors.set(content.toString("hex", 0, hashBytes), vector);
      }
      // Appending after half a record would shift all that follows.
      const rest = bytes.length % recordBytes;
      if (rest !== 0) await truncate(path, bytes.length - rest);
      return vectors;
    },
    async append(entries) {
      const records = Buffer.concat(
        entries.flatMap(({ hash, vector }) => {
          const content = Buffer.concat([Buffer.from(hash, "hex"), Buffer.from(vector.slice().buffer)]);
          return [content, checkOf(content)];
        }),
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
