// Runs the host suite in the real editor, through the launch that @vscode/test-electron does.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { say } from "../shared/say.mjs";
import {
  canRunBrowserEditor,
  installBrowserEditor,
  NEWEST_EDITOR,
  OLDEST_EDITOR,
} from "../tools/browserEditor.mjs";
import { bundleHostTests } from "../tools/testBundles.mjs";

const SAMPLE_PROJECT = path.join(repositoryRoot, "test", "fixtures", "sample-project");

/**
 * The editors that the suite runs in: where npm has none, the desktop VS Code that test-electron fetches. The oldest that package.json allows
 * is asked for by `npm test -- host oldest`: it passes by itself, but behind the unit ring it does not read the extension under development.
 */
export const HOST_EDITORS = canRunBrowserEditor()
  ? [process.argv.includes("oldest") ? OLDEST_EDITOR : NEWEST_EDITOR]
  : ["desktop"];

/** The oldest editor now and then starts a suite without having read the extension under development; a new start reads it. */
const STARTS = 3;

/**
 * @param {string} editorVersion One of HOST_EDITORS.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runHostTests(editorVersion, env) {
  if (editorVersion !== "desktop") await installBrowserEditor(editorVersion);
  const bundles = await bundleHostTests();
  for (let start = 1; ; start++) {
    const { counts, failure, begun } = await runOnce(editorVersion, bundles, env);
    if (counts) return counts;
    if (begun || start === STARTS) throw failure ?? new Error("the suite left no result");
    say(`the editor did not begin the suite (${String(failure)}); start ${start + 1} of ${STARTS}`);
  }
}

/**
 * @param {string} editorVersion
 * @param {{ suite: string, launcher: string }} bundles
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ counts?: { passed: number, failed: number }, failure?: unknown, begun: boolean }>} No counts when it did not end.
 */
async function runOnce(editorVersion, { suite, launcher }, env) {
  const { runTests } = await import("@vscode/test-electron");
  const temporary = mkdtempSync(path.join(tmpdir(), "docwright-host-"));
  try {
    const workspace = path.join(temporary, "sample-project");
    cpSync(SAMPLE_PROJECT, workspace, { recursive: true });
    const results = path.join(temporary, "results.json");
    const failure = await runTests({
      ...(editorVersion === "desktop" ? {} : { vscodeExecutablePath: launcher }),
      extensionDevelopmentPath: repositoryRoot,
      extensionTestsPath: suite,
      launchArgs: [workspace, `--user-data-dir=${path.join(temporary, "user-data")}`],
      extensionTestsEnv: { ...env, DOCWRIGHT_HOST_RESULTS: results, DOCWRIGHT_EDITOR_VERSION: editorVersion },
    }).then(
      () => undefined,
      (/** @type {unknown} */ error) => error,
    );
    const begun = existsSync(`${results}.begun`);
    if (!existsSync(results)) return { failure, begun };
    /** @type {{ passed: number, failed: number }} */
    const counts = JSON.parse(readFileSync(results, "utf8"));
    // The editor failed after its tests had passed.
    if (failure && counts.failed === 0) counts.failed++;
    return { counts, begun };
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
