/** A package root for tests: the embedding thread bundled from the sources under test, the real model that `npm run build` put in place. */
import { mkdir, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { engineBundle } from "../../../scripts/shared/engineBundle.mjs";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";
import type { EmbeddingPoolProps } from "../../../src/adapters/embedding/pool";

/** Folder with `dist/embedWorker.cjs`, `dist/models` and `dist/ort`. */
export async function builtPackage(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "docwright-package-"));
  await mkdir(join(root, "dist"));
  await build({
    ...engineBundle,
    entryPoints: [join(repositoryRoot, "src/embedWorker.ts")],
    outfile: join(root, "dist/embedWorker.cjs"),
  });
  await symlink(join(repositoryRoot, "dist/models"), join(root, "dist/models"), "junction");
  await symlink(
    join(repositoryRoot, "node_modules/onnxruntime-web/dist"),
    join(root, "dist/ort"),
    "junction",
  );
  return root;
}

export async function builtThread(): Promise<Omit<EmbeddingPoolProps, "threads" | "idleAfter">> {
  const dist = join(await builtPackage(), "dist");
  return {
    workerPath: join(dist, "embedWorker.cjs"),
    model: "all-minilm-l6-v2",
    modelFolder: join(dist, "models/all-minilm-l6-v2"),
    runtimeFolder: join(dist, "ort"),
  };
}
