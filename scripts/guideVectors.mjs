// Makes dist/guide, the field guide's set, after the bundles are built. `node scripts/guideVectors.mjs --update-vectors` also renews the
// vectors that docs-index keeps.
import path from "node:path";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { runCommand, runMain } from "./shared/runCommand.mjs";

const bundle = path.join(repositoryRoot, "out", "guideVectors.cjs");
await runMain(async () => {
  const { exitCode } = await runCommand(
    process.execPath,
    [bundle, repositoryRoot, ...process.argv.slice(2)],
    {
      cwd: repositoryRoot,
      output: "inherit",
    },
  );
  return exitCode;
});
