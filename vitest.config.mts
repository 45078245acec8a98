import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** As in esbuild.mjs: the one file of Vectra that we use, which its exports map hides. */
const alias = {
  "vectra/LocalIndex": fileURLToPath(new URL("node_modules/vectra/lib/LocalIndex.js", import.meta.url)),
};

/** One runner for two rings: `unit` is quick and parallel, `e2e` drives one real editor at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 30_000 },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.e2e.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          // An editor on a busy machine takes its time; the default is a second.
          expect: { poll: { timeout: 15_000 } },
          fileParallelism: false,
        },
      },
    ],
  },
});
