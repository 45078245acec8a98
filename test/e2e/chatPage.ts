/** What a person finds in the chat, by the names that it has for assistive technology. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Frame, FrameLocator, Locator } from "playwright-core";
import { repositoryRoot } from "../../scripts/shared/repositoryRoot.mjs";
import type { Editor } from "../support/editor";
import { TEST_MODEL } from "../support/ollamaServer";

export interface ChatPage {
  readonly frame: FrameLocator;
  readonly input: Locator;
  readonly turns: Locator;
  readonly stop: Locator;
  open(): Promise<void>;
  ask(question: string): Promise<void>;
  /** The last turn when its answer has ended. */
  ended(milliseconds?: number): Promise<Locator>;
  /** Rules of axe-core that the page breaks, each with the elements. */
  violations(): Promise<readonly string[]>;
  /** What cannot be seen whole by scrolling up and down: texts, buttons and fields that reach beyond the page's sides. */
  cutOff(): Promise<readonly string[]>;
}

export function chatPage(editor: Editor): ChatPage {
  const frame = editor.webview();
  const input = frame.getByRole("textbox", { name: "Question" });
  const turns = frame.getByRole("article");
  return {
    ...{ frame, input, turns },
    stop: frame.getByRole("button", { name: "Stop" }),
    async open() {
      await editor.palette("Docwright: Open chat");
      await input.waitFor({ timeout: 60_000 });
    },
    async ask(question) {
      await input.fill(question);
      await input.press("Enter");
      await turns.last().getByRole("heading", { name: question }).waitFor();
    },
    async ended(milliseconds = 280_000) {
      const last = turns.last();
      await last.locator(".answer-facts").waitFor({ timeout: milliseconds });
      return last;
    },
    async violations() {
      const page = await pageOf(editor);
      const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
      await page.evaluate(readFileSync(axe, "utf8"));
      return page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: AxeInPage }).axe.run();
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
        );
      });
    },
    async cutOff() {
      const page = await pageOf(editor);
      return page.evaluate<readonly string[]>(cutOffInPage);
    },
  };
}

/** Runs in the page, whose types these tests do not know: what reaches beyond its sides, unless something around it scrolls sideways. */
const cutOffInPage = `(() => {
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX) && !element.matches("main, body");
  const isInScroller = ({ parentElement: parent }) => parent !== null && (scrolls(parent) || isInScroller(parent));
  return [...document.querySelectorAll("button, textarea, p, li, h2, h3, .setup-item")]
    .filter((element) => element.checkVisibility() && !isInScroller(element))
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < -1 || right > innerWidth + 1;
    })
    .map((element) => element.tagName + "." + element.className + ": " + element.textContent.slice(0, 40));
})()`;

/** The chat's own page among the frames of the workbench. */
async function pageOf(editor: Editor): Promise<Frame> {
  const pages = await Promise.all(
    editor.page.frames().map(async (each) => {
      const isChat = await each
        .locator(".composer")
        .count()
        .catch(() => 0);
      return isChat > 0 ? [each] : [];
    }),
  );
  const [page] = pages.flat();
  if (!page) throw new Error("there is no chat to look at");
  return page;
}

interface AxeInPage {
  run(): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly target: readonly string[] }[];
    }[];
  }>;
}

/** Settings for the small real model: one thread and short answers, the same at every run. */
export function realModelSettings(host: string): Readonly<Record<string, unknown>> {
  return {
    "docwright.ollama.host": host,
    "docwright.model": TEST_MODEL,
    "docwright.modelOptions": { temperature: 0, seed: 1, num_thread: 1, num_predict: 100 },
    "docwright.contextTokens": 2048,
    "workbench.reduceMotion": "on",
  };
}

export interface SampleFolders {
  /** A copy of the sample project. */
  readonly workspace: string;
  /** Points to an empty data folder, so that the embedded guide answers, and nothing that is indexed on this machine. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

export function sampleFolders(name: string): SampleFolders {
  const root = mkdtempSync(path.join(tmpdir(), `docwright-${name}-`));
  const workspace = path.join(root, "orders");
  cpSync(path.join(repositoryRoot, "test", "fixtures", "sample-project"), workspace, { recursive: true });
  return {
    workspace,
    env: { XDG_DATA_HOME: path.join(root, "data") },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}
