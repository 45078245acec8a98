// Bundles the host suite and its launcher.
import { chmodSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { mustRun } from "../shared/runCommand.mjs";

/**
 * @typedef {object} HostBundles
 * @property {string} suite What the editor loads as the test suite.
 * @property {string} launcher Takes the place of the desktop program `code`.
 */

/** @returns {Promise<HostBundles>} */
export async function bundleHostTests() {
  // Loaded here, because nothing is installed yet when the scripts start.
  const { build } = await import("esbuild");
  const folder = path.join(repositoryRoot, "out", "test");
  const launcher = path.join(folder, "code.mjs");
  const common = { absWorkingDir: repositoryRoot, bundle: true, platform: /** @type {const} */ ("node") };
  await build({
    ...common,
    entryPoints: ["test/support/codeLauncher.ts"],
    outfile: launcher,
    format: "esm",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    packages: "external",
    // They run from where they are: the bundle lies as deep as the source.
    external: ["../../scripts/*"],
  });
  chmodSync(launcher, 0o755);
  await build({
    ...common,
    entryPoints: ["test/support/extensionHostShim.ts"],
    outfile: path.join(folder, "extensionHostShim.cjs"),
    format: "cjs",
    target: "node22",
  });
  await mustRun("bundle the host tests", process.execPath, ["esbuild.mjs", "--tests"], {
    cwd: repositoryRoot,
  });
  return { suite: path.join(folder, "host", "index.cjs"), launcher };
}
