// node scripts/dotKernel.mjs: makes src/core/search/dotKernel.ts from dotKernel.wat. A unit test says when this has to be run again.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import wabt from "wabt";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { isMain, runMain } from "./shared/runCommand.mjs";

const folder = path.join(repositoryRoot, "src", "core", "search");

/** @returns {Promise<string>} The text of dotKernel.ts. */
export async function kernelModule() {
  const { parseWat } = await wabt();
  const module = parseWat("dotKernel.wat", readFileSync(path.join(folder, "dotKernel.wat"), "utf8"), {
    simd: true,
  });
  module.validate();
  const { buffer } = module.toBinary({});
  module.destroy();
  return [
    "/** Made by scripts/dotKernel.mjs from dotKernel.wat: its WebAssembly, base64. */",
    "export const dotKernel =",
    `  "${Buffer.from(buffer).toString("base64")}";`,
    "",
  ].join("\n");
}

async function main() {
  writeFileSync(path.join(folder, "dotKernel.ts"), await kernelModule());
}

if (isMain(import.meta.url)) await runMain(main);
