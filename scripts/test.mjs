// npm test: installs and builds what is missing, runs every ring, stops what it started and closes with `N passed, N failed`.
// `npm test -- unit`, `-- host`, `-- e2e` or `-- types lint format` run only these; a further word filters their files.
import { runMain } from "./shared/runCommand.mjs";
import { duration, say } from "./shared/say.mjs";
import { preflight } from "./tools/preflight.mjs";

const RINGS = ["types", "lint", "format", "unit", "host", "e2e"];

const words = process.argv.slice(2);
const chosen = RINGS.filter((ring) => words.includes(ring));
const rings = new Set(chosen.length > 0 ? chosen : RINGS);
const filters = words.filter((word) => !RINGS.includes(word));
const needsEditor = rings.has("host") || rings.has("e2e");
// The unit tests of the adapter speak with a real server, too.
const needsModel = needsEditor || rings.has("unit");

/**
 * What the tests with a model find: DOCWRIGHT_TEST_OLLAMA, a server's address, and DOCWRIGHT_TEST_MODEL.
 * @type {NodeJS.ProcessEnv}
 */
const testEnvironment = {};

await runMain(async () => {
  const started = Date.now();
  const { planOllama } = await import("./tools/ollama.mjs");
  const { smallestModel } = await import("./tools/ladder.mjs");
  const { wheelFolder } = await import("./tools/modelFile.mjs");
  const ollama = needsModel ? await planOllama({ useRunning: false }) : undefined;
  const isReady = await preflight({
    chromium: needsEditor,
    gradle: rings.has("unit"),
    ...(ollama ? { ollama, wheelFolder: wheelFolder(smallestModel()) } : {}),
  });
  if (!isReady) return 2;
  const { provideDependencies } = await import("./tools/dependencies.mjs");
  await provideDependencies();
  const results = await runRings(ollama);
  return summary(results, Date.now() - started);
});

/**
 * @param {import("./tools/ollama.mjs").OllamaPlan | undefined} ollama
 * @returns {Promise<import("./rings/ring.mjs").RingResult[]>}
 */
async function runRings(ollama) {
  const { measured } = await import("./rings/ring.mjs");
  const { CHECKS } = await import("./rings/checks.mjs");
  const { runVitest } = await import("./rings/vitestRing.mjs");
  const results = [];
  for (const [name, check] of Object.entries(CHECKS)) {
    if (!rings.has(name)) continue;
    results.push(
      await measured(name, async () =>
        (await check()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
      ),
    );
  }
  if (!ollama) return results;

  const { build } = await import("./build.mjs");
  const built = await measured("build", async () => {
    await build({ ifStale: true });
    return { passed: 0, failed: 0 };
  });
  if (built.failed > 0) results.push(built);
  const tools = await measured("tools", async () => {
    await provideTestTools(ollama);
    return { passed: 0, failed: 0 };
  });
  if (tools.failed > 0) results.push(tools);
  if (rings.has("unit")) {
    results.push(await measured("unit", () => runVitest("unit", testEnvironment, filters)));
  }
  if (rings.has("host")) {
    const { HOST_EDITORS, runHostTests } = await import("./rings/hostRing.mjs");
    const hostEnvironment = { ...testEnvironment, DOCWRIGHT_HOST_FILTER: filters[0] ?? "" };
    for (const editor of HOST_EDITORS) {
      results.push(await measured(`host (${editor})`, () => runHostTests(editor, hostEnvironment)));
    }
  }
  const { canRunBrowserEditor } = await import("./tools/browserEditor.mjs");
  // The tests of the user interface drive the browser editor, which there is on Linux; elsewhere they are not registered.
  if (rings.has("e2e") && canRunBrowserEditor()) {
    results.push(await measured("e2e", () => runVitest("e2e", testEnvironment, filters)));
  }
  return results;
}

/** @param {import("./tools/ollama.mjs").OllamaPlan} plan */
async function provideTestTools(plan) {
  if (plan.kind === "running") throw new Error("the tests do not use a running server");
  const { smallestModel } = await import("./tools/ladder.mjs");
  const { hasModel, installedModels } = await import("./tools/models.mjs");
  const { importModel } = await import("./tools/modelFile.mjs");
  const { provideProgram } = await import("./tools/ollama.mjs");
  const { startServer } = await import("./tools/ollamaServer.mjs");
  // Side by side, because one waits for the network while the other compiles.
  const [program] = await Promise.all([provideProgram(plan), providePrograms()]);
  const server = await startServer({ program, ownModels: true });
  const model = smallestModel();
  if (!hasModel(await installedModels(server.url), model.name)) await importModel(server.url, model);
  testEnvironment["DOCWRIGHT_TEST_OLLAMA"] = server.url;
  testEnvironment["DOCWRIGHT_TEST_MODEL"] = model.name;
}

/** One after the other: Debian's packages are installed one at a time. */
async function providePrograms() {
  if (rings.has("unit")) await (await import("./tools/gradle.mjs")).provideGradle();
  if (needsEditor) await provideEditors();
}

async function provideEditors() {
  const { canRunBrowserEditor, installBrowserEditor } = await import("./tools/browserEditor.mjs");
  if (!canRunBrowserEditor()) return;
  const { provideChromium } = await import("./tools/chromium.mjs");
  const { HOST_EDITORS } = await import("./rings/hostRing.mjs");
  await provideChromium();
  for (const version of HOST_EDITORS) await installBrowserEditor(version);
}

/**
 * @param {readonly import("./rings/ring.mjs").RingResult[]} results
 * @param {number} milliseconds
 * @returns {number} The exit code.
 */
function summary(results, milliseconds) {
  for (const { name, passed, failed, milliseconds: took } of results) {
    say(
      `${name.padEnd(16)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${duration(took)}`,
    );
  }
  say(`all in ${duration(milliseconds)}`);
  const passed = results.reduce((sum, ring) => sum + ring.passed, 0);
  const failed = results.reduce((sum, ring) => sum + ring.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
