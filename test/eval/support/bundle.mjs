// Makes an importable module of parts of the source as they are now, for benches that look inside.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * @param {string} name Of the file made.
 * @param {Readonly<Record<string, readonly string[]>>} exports Names by module, without extension, below the repository.
 * @returns {Promise<string>} Path of the module; import it, or give it to a process of its own.
 */
export async function bundle(name, exports) {
  const entry = path.join(root, "out", "eval", `${name}.cjs`);
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
    target: "node20",
    format: "cjs",
    keepNames: true,
    // As in the product's own bundles (esbuild.mjs), whose comments say why.
    define: { "import.meta.url": "__importMetaUrl" },
    banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    logOverride: { "empty-import-meta": "silent" },
    alias: {
      "vectra/LocalIndex": path.join(root, "node_modules/vectra/lib/LocalIndex.js"),
      "@llamaindex/env/tokenizers": path.join(root, "src/adapters/llamaindex/noTokenizer.ts"),
      ...Object.fromEntries(
        [
          "@huggingface/transformers",
          "wink-bm25-text-search",
          "wink-nlp",
          "wink-eng-lite-web-model",
          "protobufjs",
        ].map((unused) => [unused, path.join(root, "src/adapters/empty.ts")]),
      ),
    },
    logLevel: "warning",
  });
  return entry;
}

/** @param {string} entry @returns {Promise<any>} */
export const load = (entry) => Promise.resolve(createRequire(import.meta.url)(entry));
