/**
 * Vectors that are kept in the repository: `vectors.json` names the vector space and the passages by the hash of their text, `vectors.bin`
 * holds one row of signed bytes a passage. A row is its vector over the largest of its numbers, in 127 steps; brought to length 1 again it
 * stays within 1e-4 of the cosine, at a quarter of the size.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { EmbeddingIdentity } from "../../core/embedder";
import { identityKey } from "../embedding/embeddingModels";
import { toUnitVector } from "../embedding/unitVector";
import { writeFileAtomically } from "./atomicFile";

const schema = z.object({
  identity: z.object({
    model: z.string(),
    dimensions: z.number().int().positive(),
    queryPrefix: z.string(),
    documentPrefix: z.string(),
  }),
  hashes: z.array(z.string()),
});

const steps = 127;

/** Vectors by the hash of their passage; none when there are no files or they are of another vector space. */
export async function readCommittedVectors(
  folder: string,
  identity: EmbeddingIdentity,
): Promise<ReadonlyMap<string, Float32Array>> {
  const [text, rows] = await Promise.all([
    readFile(join(folder, "vectors.json"), "utf8").catch(() => undefined),
    readFile(join(folder, "vectors.bin")).catch(() => undefined),
  ]);
  if (text === undefined || rows === undefined) return new Map();
  const list = schema.parse(JSON.parse(text));
  const { dimensions } = list.identity;
  if (identityKey(list.identity) !== identityKey(identity)) return new Map();
  if (rows.length !== list.hashes.length * dimensions) {
    throw new Error(`${join(folder, "vectors.bin")} does not fit vectors.json; make both again`);
  }
  return new Map(
    list.hashes.map((hash, row) => {
      const bytes = new Int8Array(rows.subarray(row * dimensions, (row + 1) * dimensions));
      return [hash, toUnitVector(Float32Array.from(bytes))];
    }),
  );
}

/** Replaces both files; the order of the passages is kept, so that a change is small. */
export async function writeCommittedVectors(
  folder: string,
  identity: EmbeddingIdentity,
  vectors: ReadonlyMap<string, Float32Array>,
): Promise<void> {
  const rows = Buffer.concat(
    [...vectors.values()].map((vector) => {
      const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return Buffer.from(Int8Array.from(vector, (value) => Math.round((value / largest) * steps)).buffer);
    }),
  );
  const list = { identity, hashes: [...vectors.keys()] };
  await mkdir(folder, { recursive: true });
  await writeFileAtomically(join(folder, "vectors.bin"), rows);
  await writeFileAtomically(join(folder, "vectors.json"), `${JSON.stringify(list, undefined, 1)}\n`);
}
