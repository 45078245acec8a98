// Builds one bundle per target. `--watch` keeps building, `--tests` adds the host test suite, `--meta` writes bundle sizes.
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";
import { engineBundle } from "./scripts/shared/engineBundle.mjs";
import { bundledNotices, noticesText } from "./scripts/tools/notices.mjs";
import { bomText } from "./scripts/tools/sbom.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const flags = new Set(process.argv.slice(2));
const from = (...parts) => join(root, ...parts);

/** @type {import("esbuild").BuildOptions} */
const node = {
  ...engineBundle,
  minify: true,
  sourcemap: flags.has("--watch") ? "inline" : false,
  logLevel: "info",
  legalComments: "none",
};

/** @type {import("esbuild").BuildOptions[]} */
const targets = [
  {
    ...node,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.cjs",
    external: ["vscode"],
    target: "node22",
  },
  { ...node, entryPoints: ["src/placing.ts"], outfile: "dist/placing.cjs", target: "node22" },
  { ...node, entryPoints: ["src/obtaining.ts"], outfile: "dist/obtaining.cjs", target: "node22" },
  { ...node, entryPoints: ["src/worker.ts"], outfile: "dist/worker.cjs" },
  { ...node, entryPoints: ["src/embedWorker.ts"], outfile: "dist/embedWorker.cjs" },
  {
    ...node,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.cjs",
    banner: { js: `#!/usr/bin/env node\n${node.banner?.js ?? ""}` },
  },
  { ...node, entryPoints: ["src/cli/guideVectors.ts"], outfile: "out/guideVectors.cjs" }, // runs once, after this
  { ...node, entryPoints: ["src/cli/referenceVectors.ts"], outfile: "out/referenceVectors.cjs" },
  {
    absWorkingDir: root,
    entryPoints: ["src/webview/main.ts"],
    outfile: "dist/webview/main.js",
    bundle: true,
    platform: "browser",
    target: "chrome128",
    format: "iife",
    minify: true,
    logLevel: "info",
    legalComments: "none",
  },
];
if (flags.has("--tests")) {
  targets.push({
    ...node,
    entryPoints: ["test/host/index.ts"],
    outfile: "out/test/host/index.cjs",
    external: ["vscode", "mocha"],
    target: "node22",
    minify: false,
  });
}

/** VS Code's icon font for the chat (icons CC-BY-4.0, code MIT), with its licences. */
async function copyIcons() {
  const source = from("node_modules/@vscode/codicons");
  const target = from("dist/webview");
  await mkdir(target, { recursive: true });
  const files = ["dist/codicon.css", "dist/codicon.ttf"].map((file) => [file, file.slice("dist/".length)]);
  const licences = ["LICENSE", "LICENSE-CODE"].map((file) => [file, `codicons-${file}.txt`]);
  await Promise.all(
    [...files, ...licences].map(([file, name]) => cp(join(source, file), join(target, name))),
  );
}

/** ONNX Runtime loads its WebAssembly from disk at run time, so the files travel beside the bundles. */
async function copyRuntimeFiles() {
  const source = from("node_modules/onnxruntime-web/dist");
  const target = from("dist/ort");
  await mkdir(target, { recursive: true });
  const wanted = (await readdir(source)).filter((name) => /^ort-wasm-simd-threaded\.(wasm|mjs)$/.test(name));
  await Promise.all(wanted.map((name) => cp(join(source, name), join(target, name))));
}

await copyRuntimeFiles();
await copyIcons();
if (flags.has("--watch")) {
  const contexts = await Promise.all(targets.map((target) => context(target)));
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  const results = await Promise.all(targets.map((target) => build({ ...target, metafile: true })));
  const packaged = results.flatMap(({ metafile }) =>
    Object.keys(metafile.outputs).some((file) => file.startsWith("dist/")) ? [metafile] : [],
  );
  const notices = bundledNotices(packaged);
  await writeFile(from("dist", "THIRD-PARTY-NOTICES.txt"), noticesText(notices));
  await writeFile(from("dist", "sbom.cdx.json"), bomText(notices));
  if (flags.has("--meta")) {
    await mkdir(from("out"), { recursive: true });
    await Promise.all(
      results.map((result, index) =>
        writeFile(from("out", `meta-${index}.json`), JSON.stringify(result.metafile)),
      ),
    );
  }
}
