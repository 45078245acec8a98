/** Bundles the embedding thread from the sources under test, as esbuild.mjs does, and names the real model that `npm run build` put in place. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { EmbeddingPoolProps } from "../../../src/adapters/embedding/pool";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export async function builtThread(): Promise<Omit<EmbeddingPoolProps, "threads" | "idleAfter">> {
  const workerPath = join(await mkdtemp(join(tmpdir(), "docwright-thread-")), "embedWorker.cjs");
  await build({
    entryPoints: [join(root, "src/embedWorker.ts")],
    outfile: workerPath,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    define: { "import.meta.url": "__importMetaUrl" },
    banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    logLevel: "error",
  });
  return {
    workerPath,
    model: "all-minilm-l6-v2",
    modelFolder: join(root, "dist/models/all-minilm-l6-v2"),
    runtimeFolder: join(root, "node_modules/onnxruntime-web/dist"),
  };
}
