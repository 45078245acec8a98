// Runs the host suite in the real editor, through the launch that @vscode/test-electron does.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import {
  canRunBrowserEditor,
  installBrowserEditor,
  NEWEST_EDITOR,
  OLDEST_EDITOR,
} from "../tools/browserEditor.mjs";
import { bundleHostTests } from "../tools/testBundles.mjs";

const FIXTURES = path.join(repositoryRoot, "test", "fixtures");

/** The editors that the suite runs in: where npm has none, the desktop VS Code that test-electron fetches. */
export const HOST_EDITORS = canRunBrowserEditor() ? [OLDEST_EDITOR, NEWEST_EDITOR] : ["desktop"];

/**
 * @param {string} editorVersion One of HOST_EDITORS.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [ownSuite] Runs this in the place of the host tests.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runHostTests(editorVersion, env, ownSuite) {
  if (editorVersion !== "desktop") await installBrowserEditor(editorVersion);
  const { runTests } = await import("@vscode/test-electron");
  const { suite, launcher } = await bundleHostTests();
  const temporary = mkdtempSync(path.join(tmpdir(), "docwright-host-"));
  try {
    const workspace = path.join(temporary, "sample-project");
    cpSync(path.join(FIXTURES, "sample-project"), workspace, { recursive: true });
    // Of its own, because test-electron's lies in the clone and keeps what an earlier run left; and the oldest editor reads no extension at
    // all when the folder around it is not there. In it an extension that does nothing, to measure ours by.
    const extensions = path.join(temporary, "extensions");
    cpSync(path.join(FIXTURES, "empty-extension"), path.join(extensions, "docwright-test.empty-1.0.0"), {
      recursive: true,
    });
    const results = path.join(temporary, "results.json");
    const failure = await runTests({
      ...(editorVersion === "desktop" ? {} : { vscodeExecutablePath: launcher }),
      extensionDevelopmentPath: repositoryRoot,
      extensionTestsPath: ownSuite ?? suite,
      launchArgs: [
        workspace,
        `--user-data-dir=${path.join(temporary, "user-data")}`,
        `--extensions-dir=${extensions}`,
      ],
      extensionTestsEnv: { ...env, DOCWRIGHT_HOST_RESULTS: results, DOCWRIGHT_EDITOR_VERSION: editorVersion },
    }).then(
      () => undefined,
      (/** @type {unknown} */ error) => error,
    );
    if (!existsSync(results)) throw failure ?? new Error("the suite left no result");
    /** @type {{ passed: number, failed: number }} */
    const counts = JSON.parse(readFileSync(results, "utf8"));
    // The editor failed after its tests had passed.
    if (failure && counts.failed === 0) counts.failed++;
    return counts;
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
