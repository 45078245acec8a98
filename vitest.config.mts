import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** As in esbuild.mjs: the one file of Vectra that we use, which its exports map hides. */
const alias = {
  "vectra/LocalIndex": fileURLToPath(new URL("node_modules/vectra/lib/LocalIndex.js", import.meta.url)),
};

/** An editor on a busy machine takes its time; what is polled for has a second by default. */
const withEditor = {
  testTimeout: 300_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 15_000 } },
  fileParallelism: false,
};

/** One runner for two rings (`unit` is quick and parallel, `e2e` drives one real editor at a time) and for the pictures of `npm run shots`. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 30_000 },
      },
      { test: { name: "e2e", include: ["test/e2e/**/*.e2e.test.ts"], ...withEditor } },
      // Run by a test of e2e, where there is no network.
      { test: { name: "inside", include: ["test/inside/**/*.inside.test.ts"], ...withEditor } },
      { test: { name: "shots", include: ["test/gallery/**/*.shots.ts"], ...withEditor } },
    ],
  },
});
