/**
 * A step for whoever maintains the package, not a command of the product: embeds the official reference in its formats and versions and
 * keeps the vectors in `docs-index`. Arguments: the repository's root, a folder for work under way, then the documents.
 */
import { mkdir } from "node:fs/promises";
import { createChosenEmbedder } from "../adapters/embedding/chosenEmbedder";
import { buildReferenceVectors } from "../adapters/engine/referenceVectors";

async function main([root = ".", workFolder = ".", ...documents]: readonly string[]): Promise<void> {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  const chosen = createChosenEmbedder({ packageRoot: root });
  await mkdir(workFolder, { recursive: true });
  try {
    const { passages, texts, embedded } = await buildReferenceVectors(
      {
        root,
        line: "spring-boot-3.2",
        documents,
        workFolder,
        embedder: await chosen.get(controller.signal),
        onEmbedded: (done, total) => {
          if (done % 200 === 0) process.stderr.write(`reference: ${done} embedded, ${total} texts in all\n`);
        },
      },
      controller.signal,
    );
    process.stderr.write(
      `reference: ${passages} passages with ${texts} different texts, ${embedded} of them embedded now\n`,
    );
  } finally {
    await chosen.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
