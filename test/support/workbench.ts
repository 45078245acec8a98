/** Starts VS Code's real workbench: the editor's server and its page in Chromium, without a window. For tests alone. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import type { BrowserEditor } from "../../scripts/tools/browserEditor.mjs";
import { startEditorServer, writeSettings, type EditorServer } from "../../scripts/tools/editorServer.mjs";

/** One origin for every run, whatever the port, so that a kept browser profile keeps its state; localhost is a secure context. */
const HOST = "code.localhost";

const READY_MILLISECONDS = 90_000;
const CLOSE_MILLISECONDS = 8_000;

export interface WorkbenchOptions {
  readonly editor: BrowserEditor;
  /** The browser program. */
  readonly browser: string;
  /** Two runs must not share it. Settings, state and the browser's profile live here. */
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
  /** A folder or a .code-workspace file; an empty window when absent. */
  readonly folder?: string;
  readonly openFile?: string;
  /** Written once, for the user and for the machine; a later start with the same folder keeps what the user changed. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Extensions under development; they make the workbench a test run, which hides toasts. */
  readonly developmentPaths?: readonly string[];
  readonly testsPath?: string;
  readonly disableExtensions?: boolean;
  readonly workspaceTrust?: boolean;
  /** A file that gets a line for every connect of the editor's server and of all that it starts; see strace. */
  readonly connectsTo?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly onLog?: (kind: string, text: string) => void;
}

/** Why a workbench ended: the exit code that it gave itself, or what happened to it. */
export interface WorkbenchEnd {
  readonly exitCode: number;
  readonly reason?: string;
}

export interface Workbench {
  readonly page: Page;
  readonly server: EditorServer;
  /** Resolves when the status bar is there; contributed commands follow a few seconds later. */
  readonly ready: Promise<void>;
  readonly ended: Promise<WorkbenchEnd>;
  readonly close: () => Promise<void>;
}

export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const isTestRun = (options.developmentPaths ?? []).length > 0 || options.testsPath !== undefined;
  mkdirSync(options.userDataFolder, { recursive: true });
  if (!existsSync(path.join(options.userDataFolder, "User", "settings.json"))) {
    writeSettings(options.userDataFolder, { "window.confirmBeforeClose": "never", ...options.settings });
  }
  const server = await startEditorServer(options.editor, {
    userDataFolder: options.userDataFolder,
    extensionsFolder: options.extensionsFolder,
    env: options.env ?? {},
    ...(options.connectsTo !== undefined && { connectsTo: options.connectsTo }),
    args: [
      "--without-connection-token",
      ...(options.workspaceTrust === true ? [] : ["--disable-workspace-trust"]),
      // A built workbench honours development paths only with this; it hides toasts, so it is for test runs alone.
      ...(isTestRun ? ["--enable-smoke-test-driver"] : []),
    ],
  });
  let context: BrowserContext | undefined;
  const close = async () => {
    const closed = context?.close().catch(() => undefined);
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, CLOSE_MILLISECONDS).unref())]);
    await server.stop();
  };
  try {
    context = await startBrowser(options, server.port);
    const page = context.pages()[0] ?? (await context.newPage());
    const ended = watchEnd(page, server);
    await page.exposeFunction("codeAutomationLog", (kind: string, texts: readonly unknown[]) =>
      options.onLog?.(kind, texts.map(String).join(" ")),
    );
    await provideSecretKey(page, options.userDataFolder);
    await page.goto(address(options), { waitUntil: "commit" });
    const ready = page
      .waitForSelector(".monaco-workbench .part.statusbar", { timeout: READY_MILLISECONDS })
      .then(() => undefined);
    ready.catch(() => undefined); // Whoever waits for it is told; nobody has to.
    return { page, server, ready, ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function startBrowser(options: WorkbenchOptions, port: number): Promise<BrowserContext> {
  return chromium.launchPersistentContext(path.join(options.userDataFolder, "browser"), {
    executablePath: options.browser,
    headless: true,
    viewport: options.viewport ?? { width: 1400, height: 900 },
    locale: "en-US",
    permissions: ["clipboard-read", "clipboard-write"],
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // The page reaches its own server and nothing else.
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
    ],
  });
}

function watchEnd(page: Page, server: EditorServer): Promise<WorkbenchEnd> {
  return new Promise((resolve) => {
    server.process.once("exit", (code) =>
      resolve({ exitCode: 70, reason: `VS Code's server ended (${String(code)})` }),
    );
    page.on("crash", () => resolve({ exitCode: 71, reason: "the workbench's page crashed" }));
    page.on("close", () => resolve({ exitCode: 72, reason: "the workbench's page was closed" }));
    page
      .exposeFunction("codeAutomationExit", (exitCode: number) => resolve({ exitCode }))
      .catch((error: unknown) => resolve({ exitCode: 73, reason: String(error) }));
  });
}

/** The plain server has no route for the key that secrets are encrypted with in the browser; it is kept with the profile. */
async function provideSecretKey(page: Page, userDataFolder: string): Promise<void> {
  const file = path.join(userDataFolder, "secret-key-half");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32));
  await page.route(
    (url) => url.pathname === "/mint-key",
    (route) =>
      route.fulfill({ status: 200, contentType: "application/octet-stream", body: readFileSync(file) }),
  );
}

function address(options: WorkbenchOptions): string {
  const payload = [
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
    ...(options.disableExtensions === true ? [["disableExtensions", "true"]] : []),
    ...(options.developmentPaths ?? []).map((folder) => ["extensionDevelopmentPath", remoteUri(folder)]),
    ...(options.testsPath === undefined ? [] : [["extensionTestsPath", remoteUri(options.testsPath)]]),
    ...(options.openFile === undefined ? [] : [["openFile", remoteUri(options.openFile)]]),
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (options.folder === undefined) query.set("ew", "true");
  else {
    query.set(
      options.folder.endsWith(".code-workspace") ? "workspace" : "folder",
      path.resolve(options.folder),
    );
  }
  return `http://${HOST}/?${query.toString()}`;
}

function remoteUri(file: string): string {
  return `vscode-remote://${HOST}${encodeURI(path.resolve(file)).replace(/[?#]/g, encodeURIComponent)}`;
}
