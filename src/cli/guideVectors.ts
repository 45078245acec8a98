/**
 * A step of the build, not a command of the product: makes `dist/guide` from `docs-index`. With `--update-vectors` the vectors in the
 * repository are brought up to date; commit them with the texts that changed.
 */
import { buildEmbeddedGuide } from "../adapters/engine/embeddedGuide";
import { createChosenEmbedder } from "../adapters/embedding/chosenEmbedder";

async function main([root = process.cwd(), ...flags]: readonly string[]): Promise<void> {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  const chosen = createChosenEmbedder({ packageRoot: root });
  try {
    const { documents, passages, embedded, proof } = await buildEmbeddedGuide(
      {
        root,
        embedder: await chosen.get(controller.signal),
        updateVectors: flags.includes("--update-vectors"),
        onEmbedded: (texts) => {
          if (texts % 40 === 0) process.stderr.write(`field guide: ${texts} texts embedded\n`);
        },
      },
      controller.signal,
    );
    process.stderr.write(
      `field guide: ${documents} documents, ${passages} passages, ${embedded} texts embedded; of ${proof.asked} passages ` +
        `${proof.byVectors} found by vectors and ${proof.byWords} by words\n`,
    );
  } finally {
    await chosen.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
