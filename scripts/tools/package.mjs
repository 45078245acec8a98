// Packs the extension, once for the same inputs.
import { existsSync, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { mustRun } from "../shared/runCommand.mjs";
import { say } from "../shared/say.mjs";
import { buildInputs } from "./buildInputs.mjs";

/** @returns {Promise<string>} The .vsix of what dist/ is built from now. */
export async function providePackage() {
  const folder = path.join(repositoryRoot, "out", "package");
  const file = path.join(folder, `docwright-${buildInputs().slice(0, 12)}.vsix`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.unfinished-${process.pid}`;
  say("packing the extension");
  const vsce = path.join(repositoryRoot, "node_modules", "@vscode", "vsce", "vsce");
  await mustRun("pack the extension", process.execPath, [vsce, "package", "--out", unfinished], {
    cwd: repositoryRoot,
  });
  renameSync(unfinished, file);
  return file;
}
