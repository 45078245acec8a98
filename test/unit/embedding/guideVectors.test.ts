/** The field guide's vectors in the repository belong to its texts. After a change: `node scripts/guideVectors.mjs --update-vectors`. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEmbeddingPool } from "../../../src/adapters/embedding/pool";
import { readGuide } from "../../../src/adapters/engine/embeddedGuide";
import { readCommittedVectors } from "../../../src/adapters/store/committedVectors";
import { passageHash } from "../../../src/adapters/store/vectorCache";
import type { Embedder } from "../../../src/core/embedder";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";
import { builtThread } from "./builtThread";

const never = new AbortController().signal;
const home = join(repositoryRoot, "docs-index", "spring-boot-3.2");
const sampleSize = 12;
let pool: Embedder;

beforeAll(async () => {
  pool = createEmbeddingPool(await builtThread());
}, 60_000);
afterAll(() => pool.close());

it(
  "keeps a vector of every passage of the guide, and a sample embeds to the same",
  { timeout: 120_000 },
  async () => {
    const { documents, passedOver } = await readGuide(home, never);
    expect(passedOver).toEqual([]);
    const texts = documents.flatMap(({ chunks }) => chunks.map(({ text }) => text));
    const kept = await readCommittedVectors(home, pool.identity);
    const without = texts.filter((text) => !kept.has(passageHash(text)));
    expect(without.map((text) => text.slice(0, 60))).toEqual([]);

    const step = texts.length / sampleSize;
    const sample = Array.from({ length: sampleSize }, (_, index) => texts[Math.floor(index * step)] ?? "");
    const vectors = await pool.embedDocuments(sample, never);
    vectors.forEach((vector, index) => {
      const other = kept.get(passageHash(sample[index] ?? ""));
      const cosine = vector.reduce((sum, value, at) => sum + value * (other?.[at] ?? 0), 0);
      expect(cosine).toBeGreaterThan(0.999);
    });
  },
);
