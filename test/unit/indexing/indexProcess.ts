/** A process of its own that indexes, for tests that kill it: `<package root> <store> <path> [fake|slow]`; each new phase is a line of its output. */
import { createIndexing } from "../../../src/adapters/engine/indexing";
import { createSets } from "../../../src/adapters/engine/sets";
import { hashingEmbedder } from "./hashingEmbedder";

async function main([packageRoot = "", store = "", path = "", fake]: readonly string[]): Promise<void> {
  const sets = createSets({
    packageRoot,
    defaultStore: store,
    ...(fake && { chosenEmbedder: hashingEmbedder(fake === "slow" ? 500 : 10) }),
  });
  const indexing = createIndexing({ sets, defaultStore: store });
  let phase = "";
  await indexing.index(
    { sources: [{ path, origin: path }], store },
    (progress) => {
      if (progress.phase !== phase) process.stdout.write(`${progress.phase}\n`);
      phase = progress.phase;
    },
    new AbortController().signal,
  );
  process.stdout.write("done\n");
  await sets.close();
}

void main(process.argv.slice(2));
