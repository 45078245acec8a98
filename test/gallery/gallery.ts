/** Takes the state that is in sight in every theme; for `npm run shots`. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { TestContext } from "vitest";
import { writeSettings } from "../../scripts/tools/editorServer.mjs";
import { repositoryRoot } from "../../scripts/shared/repositoryRoot.mjs";
import { chatPage, sampleFolders, type ChatPage } from "../e2e/chatPage";
import { quickInput, type QuickInput } from "../e2e/quickInput";
import {
  recordedModel,
  startRecordedOllama,
  type RecordedOllama,
  type RecordedOllamaOptions,
} from "../e2e/recordedOllama";
import { startEditor, type Editor } from "../support/editor";

export interface Gallery {
  readonly editor: Editor;
  readonly chat: ChatPage;
  readonly quick: QuickInput;
  /** A copy of the sample project. */
  readonly workspace: string;
  readonly ollama: () => RecordedOllama;
  /** Pictures of what is in sight, at 100 and 200 %. @param reveal Brings into sight what the smaller window has moved out of it. */
  show(name: string, reveal?: () => Promise<void>): Promise<void>;
  /** Changes settings beside the theme. */
  configure(settings: Readonly<Record<string, unknown>>): void;
  /** What was in sight when a state could not be reached, for `afterEach`: into out/shots. */
  failed(context: TestContext): Promise<void>;
  stopOllama(): Promise<void>;
  /** At the address where it was. */
  restartOllama(): Promise<void>;
  close(): Promise<void>;
}

const folder = path.join(repositoryRoot, "test", "shots", "gallery");

/** Name of the picture, the theme, and the class by which the workbench shows that it has it. */
const themes = [
  ["dark", "Default Dark Modern", "vs-dark"],
  ["light", "Default Light Modern", "vs"],
  ["contrast", "Default High Contrast", "hc-black"],
  ["contrast-light", "Default High Contrast Light", "hc-light"],
] as const;

const size = { width: 1400, height: 900 };
/** Milliseconds in which colours fade and a page inside of the window follows. */
const settling = 600;

export async function startGallery(
  name: string,
  { models = [] }: Pick<RecordedOllamaOptions, "models"> = {},
): Promise<Gallery> {
  const folders = sampleFolders(`shots-${name}`);
  let ollama = await startRecordedOllama({ models });
  let settings: Readonly<Record<string, unknown>> = {
    "docwright.ollama.host": ollama.url,
    "docwright.model": recordedModel,
    "docwright.checks": "check",
    "workbench.reduceMotion": "on",
    "files.autoSave": "off",
    "workbench.colorTheme": themes[0][1],
  };
  const editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings,
    viewport: size,
  });
  const { page } = editor;
  const write = () => writeSettings(path.join(editor.dataFolder, "user-data"), settings);
  // Twice as large on the same screen leaves half the room.
  const zoomTo = (factor: number) =>
    page.setViewportSize({ width: size.width / factor, height: size.height / factor });
  const picture = async (file: string) => {
    await page.waitForTimeout(settling);
    await page.screenshot({ path: path.join(folder, `${file}.png`) });
  };
  mkdirSync(folder, { recursive: true });

  return {
    editor,
    chat: chatPage(editor),
    quick: quickInput(editor),
    workspace: folders.workspace,
    ollama: () => ollama,
    async show(state, reveal = () => Promise.resolve()) {
      for (const [short, theme, shownBy] of themes) {
        settings = { ...settings, "workbench.colorTheme": theme };
        write();
        await page.locator(`.monaco-workbench.${shownBy}`).waitFor();
        await picture(`${name}-${state}.${short}`);
        await zoomTo(2);
        await reveal();
        await picture(`${name}-${state}.${short}.200`);
        await zoomTo(1);
      }
    },
    configure(more) {
      settings = { ...settings, ...more };
      write();
    },
    async failed({ task }) {
      if (task.result?.state !== "fail") return;
      const file = `${name}-${task.name.replace(/\W+/g, "-")}.png`;
      await page.screenshot({ path: path.join(repositoryRoot, "out", "shots", file) });
    },
    stopOllama: () => ollama.close(),
    async restartOllama() {
      ollama = await startRecordedOllama({ port: Number(new URL(ollama.url).port), models });
    },
    async close() {
      await editor.close();
      await ollama.close().catch(() => undefined);
      folders.remove();
    },
  };
}
