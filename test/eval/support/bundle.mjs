// Makes an importable module of parts of the source as they are now, for benches that look inside.
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import { engineBundle } from "../../../scripts/shared/engineBundle.mjs";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";

export const root = repositoryRoot;

/**
 * @param {string} name Of the file made.
 * @param {Readonly<Record<string, readonly string[]>>} exports Names by module, without extension, below the repository.
 * @returns {Promise<string>} Path of the module; import it, or give it to a process of its own.
 */
export async function bundle(name, exports) {
  const entry = path.join(root, "out", "eval", `${name}.cjs`);
  await build({
    ...engineBundle,
    stdin: {
      contents: Object.entries(exports)
        .map(([module, names]) => `export { ${names.join(", ")} } from "./${module}";`)
        .join("\n"),
      resolveDir: root,
      loader: "ts",
    },
    outfile: entry,
    logLevel: "warning",
  });
  return entry;
}

/** @param {string} entry @returns {Promise<any>} */
export const load = (entry) => Promise.resolve(createRequire(import.meta.url)(entry));
