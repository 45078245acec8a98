// esbuild options for code that contains the engine: the product's own bundles, and those that benches and long tests make of its parts.
import path from "node:path";
import { repositoryRoot } from "./repositoryRoot.mjs";

const from = (/** @type {string} */ file) => path.join(repositoryRoot, file);
const empty = from("src/adapters/empty.ts");

/** @satisfies {import("esbuild").BuildOptions} */
export const engineBundle = {
  absWorkingDir: repositoryRoot,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  keepNames: true, // LlamaIndex writes constructor names into its nodes
  define: { "import.meta.url": "__importMetaUrl" },
  banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  logOverride: { "empty-import-meta": "silent" },
  // Vectra's root export pulls a model runtime and a tokenizer that we never call, and LlamaIndex's tokenizer carries 5 MB of tables for
  // OpenAI's models. Both have exports maps that hide the inner file, so the files are addressed by path.
  alias: {
    "vectra/LocalIndex": from("node_modules/vectra/lib/LocalIndex.js"),
    "@llamaindex/env/tokenizers": from("src/adapters/llamaindex/noTokenizer.ts"),
    "@huggingface/transformers": empty,
    "wink-bm25-text-search": empty,
    "wink-nlp": empty,
    "wink-eng-lite-web-model": empty,
    protobufjs: empty,
  },
};
