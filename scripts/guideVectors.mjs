// Makes dist/guide, the field guide's set, after the bundles are built. `node scripts/guideVectors.mjs --update-vectors` also renews the
// vectors that docs-index keeps.
import path from "node:path";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { runCommand } from "./shared/runCommand.mjs";

const bundle = path.join(repositoryRoot, "out", "guideVectors.cjs");
const { exitCode } = await runCommand(process.execPath, [bundle, repositoryRoot, ...process.argv.slice(2)], {
  cwd: repositoryRoot,
  output: "inherit",
});
process.exitCode = exitCode ?? 1;
