/**
 * Stands in for the desktop program `code` where there is none: takes the arguments that `@vscode/test-electron` passes and runs the suite in
 * the same workbench and extension host, in the browser. Bundled to out/test/code.mjs.
 */
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installBrowserEditor } from "../../scripts/tools/browserEditor.mjs";
import { provideChromium } from "../../scripts/tools/chromium.mjs";
import { stopAllOnSignal } from "../../scripts/shared/processes.mjs";
import { OUTPUT_VARIABLE, SUITE_VARIABLE } from "./extensionHostShim.js";
import { startWorkbench, type Workbench, type WorkbenchEnd } from "./workbench.js";

const FOLLOW_MILLISECONDS = 100;
const LIMIT_MILLISECONDS = Number(process.env["DOCWRIGHT_HOST_LIMIT_MS"] ?? 15 * 60_000);
const NO_VERDICT = 76;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: "string", multiple: true },
    extensionTestsPath: { type: "string" },
    "user-data-dir": { type: "string" },
    "extensions-dir": { type: "string" },
    "disable-extensions": { type: "boolean" },
  },
});

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const asPath = (value: string) => (value.startsWith("file:") ? fileURLToPath(value) : path.resolve(value));

async function main(): Promise<number> {
  const temporary = mkdtempSync(path.join(tmpdir(), "docwright-code-"));
  const outputFile = path.join(temporary, "output");
  writeFileSync(outputFile, "");
  const follow = follower(outputFile);
  const timer = setInterval(follow.forward, FOLLOW_MILLISECONDS);
  let workbench: Workbench | undefined;
  stopAllOnSignal(async () => workbench?.close());
  try {
    workbench = await launch(temporary, outputFile);
    const end = await Promise.race([workbench.ended, neverReady(workbench), limit()]);
    follow.forward();
    if (end.reason !== undefined) process.stderr.write(`code: ${end.reason}\n`);
    return exitCode(end, outputFile);
  } finally {
    clearInterval(timer);
    await workbench?.close();
    follow.forward();
    follow.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function launch(temporary: string, outputFile: string): Promise<Workbench> {
  const testsPath = text(values.extensionTestsPath);
  if (testsPath === undefined)
    throw new Error("--extensionTestsPath is missing: this program only runs tests");
  const developmentPaths = [values.extensionDevelopmentPath ?? []].flat();
  const folder = positionals.find((place) => statSync(place, { throwIfNoEntry: false })?.isDirectory());
  const isVerbose = process.env["DOCWRIGHT_HOST_VERBOSE"] !== undefined;
  return startWorkbench({
    editor: await installBrowserEditor(process.env["DOCWRIGHT_EDITOR_VERSION"]),
    browser: await provideChromium(),
    userDataFolder: text(values["user-data-dir"]) ?? path.join(temporary, "user-data"),
    extensionsFolder: text(values["extensions-dir"]) ?? path.join(temporary, "extensions"),
    developmentPaths: developmentPaths
      .map(text)
      .filter((place) => place !== undefined)
      .map(asPath),
    testsPath: fileURLToPath(new URL("extensionHostShim.cjs", import.meta.url)),
    disableExtensions: values["disable-extensions"] === true,
    env: { [OUTPUT_VARIABLE]: outputFile, [SUITE_VARIABLE]: asPath(testsPath) },
    ...(folder === undefined ? {} : { folder }),
    ...(isVerbose ? { onLog: (kind, line) => process.stderr.write(`[${kind}] ${line}\n`) } : {}),
  });
}

/** 0 only if the suite itself said that it passed. */
function exitCode(end: WorkbenchEnd, outputFile: string): number {
  const verdict = readVerdict(`${outputFile}.verdict`);
  if (end.exitCode !== 0) return end.exitCode;
  if (verdict === "passed") return 0;
  if (verdict === "failed") return 1;
  process.stderr.write("code: the extension host ended before the suite did\n");
  return NO_VERDICT;
}

function readVerdict(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Ends only if the workbench never comes up. */
function neverReady(workbench: Workbench): Promise<WorkbenchEnd> {
  return workbench.ready.then(
    () => new Promise<WorkbenchEnd>(() => undefined),
    (error: unknown) => ({ exitCode: 74, reason: `no workbench: ${String(error)}` }),
  );
}

function limit(): Promise<WorkbenchEnd> {
  return new Promise((resolve) => {
    const reason = `the suite did not end within ${LIMIT_MILLISECONDS / 60_000} min`;
    setTimeout(() => resolve({ exitCode: 75, reason }), LIMIT_MILLISECONDS).unref();
  });
}

function follower(file: string): { readonly forward: () => void; readonly close: () => void } {
  const descriptor = openSync(file, "r");
  const chunk = Buffer.alloc(65_536);
  return {
    forward: () => {
      for (;;) {
        const count = readSync(descriptor, chunk, 0, chunk.length, null);
        if (count === 0) return;
        process.stdout.write(Buffer.from(chunk.subarray(0, count)));
      }
    },
    close: () => closeSync(descriptor),
  };
}

// Explicitly, because a browser that does not close would keep the process.
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(
      `code: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(77);
  },
);
