// Renews docs-index/spring-boot-3.2/reference, the vectors of the official reference that the package carries. Needed after a change of
// readers, chunker or embedding model; `npm run bench -- warm` says by its hit rate when it is. Takes minutes and goes on where it was stopped.
import { existsSync } from "node:fs";
import path from "node:path";
import { ensureCacheFolder } from "./shared/cacheFolder.mjs";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { runCommand, runMain } from "./shared/runCommand.mjs";

const docs = path.resolve(repositoryRoot, "..", "shared", "docs");
const documents = ["3.2.1", "3.2.12"]
  .flatMap((version) =>
    ["html", "htmlsingle", "adoc", "spring-boot-reference.pdf"].map((format) =>
      path.join(docs, version, format),
    ),
  )
  .filter((document) => existsSync(document));

await runMain(async () => {
  const { build } = await import("./build.mjs");
  await build({ ifStale: true });
  const bundle = path.join(repositoryRoot, "out", "referenceVectors.cjs");
  const work = path.join(ensureCacheFolder(), "bench");
  const { exitCode } = await runCommand(process.execPath, [bundle, repositoryRoot, work, ...documents], {
    cwd: repositoryRoot,
    output: "inherit",
  });
  return exitCode;
});
