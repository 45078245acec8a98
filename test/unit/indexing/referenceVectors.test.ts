import { join } from "node:path";
import { expect, test } from "vitest";
import { createIndexing } from "../../../src/adapters/engine/indexing";
import { buildReferenceVectors, readReferenceVectors } from "../../../src/adapters/engine/referenceVectors";
import { createSets } from "../../../src/adapters/engine/sets";
import { passageHash } from "../../../src/adapters/store/vectorCache";
import { hashingEmbedder } from "./hashingEmbedder";
import { folderOf, markdown, temporaryFolder } from "./smallDocuments";

const never = new AbortController().signal;

test("vectors in the package spare those of their own documents, and of no others", async () => {
  const chosenEmbedder = hashingEmbedder(0);
  const embedder = await chosenEmbedder.get(never);
  const documents = await folderOf({ "known/a.md": markdown("A", 1), "other/b.md": markdown("B", 2) });
  const root = await temporaryFolder("package");
  const report = await buildReferenceVectors(
    {
      root,
      line: "spring-boot-3.2",
      documents: [join(documents, "known")],
      embedder,
      workFolder: await temporaryFolder("work"),
      onEmbedded: () => undefined,
    },
    never,
  );
  expect(report.embedded).toBe(report.passages);

  const store = await temporaryFolder("store");
  const sets = createSets({ packageRoot: root, defaultStore: store, chosenEmbedder });
  const indexing = createIndexing({ sets, defaultStore: store, packageRoot: root });
  const index = (path: string) =>
    indexing.index({ sources: [{ path, origin: path }] }, () => undefined, never);

  const known = await index(join(documents, "known"));
  expect(known).toMatchObject({ embedded: 0, packaged: report.passages, reused: report.passages });
  const other = await index(join(documents, "other"));
  expect(other).toMatchObject({ packaged: 0, reused: 0 });
  expect(other.embedded).toBeGreaterThan(0);

  // What the package holds of a text is that text's own vector, to the rounding of its bytes.
  const [set] = await sets.openAll(undefined, never);
  const packaged = await readReferenceVectors(root, embedder.identity);
  for (const { text } of set?.chunks ?? []) {
    const kept = packaged.get(passageHash(text));
    if (!kept) continue;
    const [own] = await embedder.embedDocuments([text], never);
    const cosine = kept.reduce((sum, value, at) => sum + value * (own?.[at] ?? 0), 0);
    expect(cosine).toBeGreaterThan(0.9995);
  }
  expect((await readReferenceVectors(root, { ...embedder.identity, model: "another" })).size).toBe(0);
});
