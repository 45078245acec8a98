// Makes an importable module of parts of the source as they are now, for benches that look inside.
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * @param {string} name Of the file made.
 * @param {Readonly<Record<string, readonly string[]>>} exports Names by module, without extension, below the repository.
 * @returns {Promise<string>} Path of the module; import it, or give it to a process of its own.
 */
export async function bundle(name, exports) {
  const entry = path.join(root, "out", "eval", `${name}.mjs`);
  await build({
    absWorkingDir: root,
    stdin: {
      contents: Object.entries(exports)
        .map(([module, names]) => `export { ${names.join(", ")} } from "./${module}";`)
        .join("\n"),
      resolveDir: root,
      loader: "ts",
    },
    outfile: entry,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: {
      "vectra/LocalIndex": path.join(root, "node_modules/vectra/lib/LocalIndex.js"),
      "@llamaindex/env/tokenizers": path.join(root, "src/adapters/llamaindex/noTokenizer.ts"),
    },
    logLevel: "warning",
  });
  return entry;
}

/** @param {string} entry @returns {Promise<any>} */
export const load = (entry) => import(pathToFileURL(entry).href);
