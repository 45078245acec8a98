/** Drives the editor as a user does: the packed extension installed into a fresh editor, keys, palette, menus, webviews, screenshots. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { installBrowserEditor } from "../../scripts/tools/browserEditor.mjs";
import { provideChromium } from "../../scripts/tools/chromium.mjs";
import { runEditorCommand } from "../../scripts/tools/editorServer.mjs";
import { providePackage } from "../../scripts/tools/package.mjs";
import { repositoryRoot } from "../../scripts/shared/repositoryRoot.mjs";
import { descendantsOf } from "./processTree.js";
import { startWorkbench, type WorkbenchOptions } from "./workbench.js";

const COMMAND_MILLISECONDS = 30_000;
const SHOTS_FOLDER = path.join(repositoryRoot, "test", "shots");

export interface EditorOptions extends Pick<
  WorkbenchOptions,
  "folder" | "openFile" | "settings" | "env" | "workspaceTrust" | "viewport" | "onLog" | "connectsTo"
> {
  /** Of code-server; the newest when absent. */
  readonly version?: string;
  /** Keeps state over a restart: close with `keep`, start again with the same folder. A fresh one when absent. */
  readonly dataFolder?: string;
}

export interface Editor {
  readonly page: Page;
  /** Give it to the next start to restart the same editor. */
  readonly dataFolder: string;
  /** Runs a command by its title, as the palette shows it. Asks again until the command is there. */
  readonly palette: (title: string) => Promise<void>;
  /** Opens a file of the folder by its name. */
  readonly openFile: (name: string) => Promise<void>;
  /** The visible lines of the active text editor, with plain spaces. */
  readonly editorText: () => Promise<string>;
  /** Puts the caret at a line and column, both from 1. */
  readonly goTo: (line: number, column?: number) => Promise<void>;
  /** The document inside the webview that is visible now. */
  readonly webview: () => FrameLocator;
  readonly toast: (text: string | RegExp) => Locator;
  /** Saves a picture in test/shots and returns its path. */
  readonly screenshot: (name: string) => Promise<string>;
  /** Ends the extension host with SIGKILL, as a crash or the kernel would; the editor starts another. */
  readonly killExtensionHost: () => void;
  readonly close: (options?: { readonly keep?: boolean }) => Promise<void>;
}

export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), "docwright-editor-"));
  const folders = {
    userDataFolder: path.join(dataFolder, "user-data"),
    extensionsFolder: path.join(dataFolder, "extensions"),
  };
  const editor = await installBrowserEditor(options.version);
  if (options.dataFolder === undefined) {
    await runEditorCommand(editor, folders, ["--install-extension", await providePackage(), "--force"]);
  }
  const workbench = await startWorkbench({
    ...options,
    ...folders,
    editor,
    browser: await provideChromium(),
  });
  await workbench.ready;
  const { page } = workbench;

  const palette = async (title: string) => {
    await retry(COMMAND_MILLISECONDS, async () => {
      await page.keyboard.press("F1");
      const box = page.locator(".quick-input-widget input[type=text]");
      await box.waitFor({ state: "visible", timeout: 3000 });
      await box.fill(`>${title}`, { timeout: 3000 });
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
      try {
        await row.click({ timeout: 2000 });
      } catch (error) {
        // An open list does not learn of commands that are registered later.
        await page.keyboard.press("Escape");
        throw error;
      }
    });
  };

  return {
    page,
    dataFolder,
    palette,
    openFile: async (name) => {
      await retry(COMMAND_MILLISECONDS, async () => {
        await page.keyboard.press("Control+P");
        const box = page.locator(".quick-input-widget input[type=text]");
        await box.waitFor({ state: "visible", timeout: 3000 });
        await box.fill(name, { timeout: 3000 });
        const row = page
          .locator(".quick-input-list .monaco-list-row", { hasText: path.basename(name) })
          .first();
        try {
          await row.click({ timeout: 2000 });
        } catch (error) {
          await page.keyboard.press("Escape");
          throw error;
        }
      });
      await page.locator(".tab.active", { hasText: path.basename(name) }).waitFor();
      await page.locator(".editor-instance .view-lines").first().waitFor();
    },
    editorText: async () => {
      const lines = page.locator(".editor-group-container.active .editor-instance .view-lines").first();
      return (await lines.innerText()).replaceAll("\u00a0", " ");
    },
    goTo: async (line, column = 1) => {
      // What takes the focus late closes the box again.
      await retry(COMMAND_MILLISECONDS, async () => {
        await page.keyboard.press("Control+G");
        const box = page.locator(".quick-input-widget input[type=text]");
        await box.waitFor({ state: "visible", timeout: 3000 });
        await box.fill(`:${line}:${column}`, { timeout: 3000 });
        await box.press("Enter", { timeout: 3000 });
        await box.waitFor({ state: "hidden", timeout: 3000 });
      });
    },
    webview: () => page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame"),
    toast: (text) => page.locator(".notification-toast", { hasText: text }),
    screenshot: async (name) => {
      mkdirSync(SHOTS_FOLDER, { recursive: true });
      const file = path.join(SHOTS_FOLDER, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    killExtensionHost: () => {
      const found = descendantsOf(workbench.server.process.pid ?? 0).filter(({ command }) =>
        command.includes("--type=extensionHost"),
      );
      if (found.length === 0) throw new Error("no extension host runs");
      for (const { pid } of found) process.kill(pid, "SIGKILL");
    },
    close: async ({ keep = false } = {}) => {
      await workbench.close();
      if (!keep) rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** Repeats until it succeeds; the last failure is thrown when the time is up. */
async function retry(milliseconds: number, attempt: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}
