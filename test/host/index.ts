/** Runs every `*.test.ts` of this folder with mocha inside the editor's extension host. */
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";
import { extensions } from "vscode";

/** The bundle lies in out/test/host. */
const SOURCE_FOLDER = path.resolve(__dirname, "..", "..", "..", "test", "host");
const SUFFIX = ".test.ts";
const TEST_MILLISECONDS = 60_000;
const EXTENSION = "docwright.docwright";
const EXTENSION_MILLISECONDS = 30_000;

export async function run(): Promise<void> {
  await extensionIsKnown();
  const mocha = new Mocha({ ui: "bdd", timeout: TEST_MILLISECONDS, color: false, forbidOnly: true });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  const wanted = process.env["DOCWRIGHT_HOST_FILTER"] ?? "";
  const files = readdirSync(SOURCE_FOLDER).filter((name) => name.endsWith(SUFFIX) && name.includes(wanted));
  for (const file of files) {
    // esbuild bundles every file that this pattern matches.
    await import(`./${file.slice(0, -SUFFIX.length)}.test.ts`);
  }
  const { passed, failed } = await new Promise<{ passed: number; failed: number }>((resolve) => {
    const runner = mocha.run(() => {
      const stats = runner.stats;
      resolve({ passed: stats?.passes ?? 0, failed: (stats?.failures ?? 1) + (stats?.pending ?? 0) });
    });
  });
  const resultFile = process.env["DOCWRIGHT_HOST_RESULTS"];
  if (resultFile !== undefined) writeFileSync(resultFile, JSON.stringify({ passed, failed }));
  if (failed > 0 || passed === 0) throw new Error(`${failed} of ${passed + failed} host tests failed`);
}

/** On a busy machine the workbench starts the suite before it has read the extension under development. */
async function extensionIsKnown(): Promise<void> {
  const deadline = Date.now() + EXTENSION_MILLISECONDS;
  while (extensions.getExtension(EXTENSION) === undefined) {
    if (Date.now() > deadline) throw new Error(`the editor does not know ${EXTENSION}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
