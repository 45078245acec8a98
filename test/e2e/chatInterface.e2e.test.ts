/**
 * What the chat shows of an answer and what its buttons do, over an answer whose words are known; passages, citations and everything else are
 * the real ones.
 */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { writeSettings } from "../../scripts/tools/editorServer.mjs";
import { startEditor, type Editor } from "../support/editor";
import { chatPage, sampleFolders, type ChatPage } from "./chatPage";
import { codePage } from "./codePage";
import { recordedModel, startRecordedOllama, type RecordedOllama } from "./recordedOllama";

const answer = `## Shutting down

Set \`server.shutdown\` to \`graceful\` so that the web server refuses new requests and lets running ones end. How long it waits is \
\`spring.lifecycle.timeout-per-shutdown-phase\`, 30s by default.

\`\`\`yaml
server:
  shutdown: graceful
\`\`\`

Teapots are round and blue [1].

Bananas are yellow. See [the page](https://docs.example/shutdown) <img src=x onerror=alert(1)> ![x](https://evil.example/x.png)

\`\`\`java
int answer() {
    return 42;
}
\`\`\`
`;

const themes = [
  ["dark", "Default Dark Modern", "vscode-dark"],
  ["light", "Default Light Modern", "vscode-light"],
  ["high-contrast", "Default High Contrast", "vscode-high-contrast:not(.vscode-high-contrast-light)"],
  ["high-contrast-light", "Default High Contrast Light", "vscode-high-contrast-light"],
] as const;
const size = { width: 1400, height: 900 };

const folders = sampleFolders("chat-interface");
let ollama: RecordedOllama;
let editor: Editor;
let chat: ChatPage;

const settings = () => ({
  "docwright.ollama.host": ollama.url,
  "docwright.model": recordedModel,
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.reduceMotion": "on",
  "editor.hover.delay": 10_000, // a hover of the resting mouse would take the Escape
});

beforeAll(async () => {
  ollama = await startRecordedOllama();
  ollama.setAnswer(answer);
  editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings: settings(),
  });
  chat = chatPage(editor);
  await chat.open();
  await chat.ask("How do I let requests finish when the server stops?");
  await chat.ended();
});

afterAll(async () => {
  await editor.close();
  await ollama.close();
  folders.remove();
});

test("a sentence that a passage supports carries its number, one that none supports does not", async () => {
  const supported = chat.frame.locator("p", { hasText: "refuses new requests" });
  await supported.getByRole("button", { name: /^Source 1: .*Graceful Shutdown/ }).waitFor();
  const other = chat.frame.locator("p", { hasText: "Bananas are yellow" });
  expect(await other.getByRole("button").count()).toBe(0);
  const cited = chat.frame.locator(".cited .source").first();
  expect(await cited.innerText()).toContain("Graceful Shutdown");
});

test("a sentence that the model hangs on a passage that does not hold it is marked, not numbered", async () => {
  const claimed = chat.frame.locator("p", { hasText: "Teapots are round" });
  const mark = claimed.getByRole("button", { name: /does not hold this sentence/ });
  const told = chat.frame.getByRole("tooltip").getByText("it does not hold the sentence");
  // An answer that has just ended is drawn once more, and the focus goes with what it stood on.
  await vi.waitFor(
    async () => {
      await mark.blur();
      await mark.focus();
      await told.waitFor({ timeout: 2_000 });
    },
    { timeout: 30_000 },
  );
  await editor.screenshot("chat-doubtful");
  await editor.page.keyboard.press("Escape");
  expect(await claimed.getByRole("button", { name: /^Source/ }).count()).toBe(0);
});

test("hovering or focusing a number shows the passage; Escape hides it", async () => {
  const mark = chat.frame.locator(".citation").first();
  const passage = chat.frame.getByRole("tooltip");
  await mark.hover();
  await passage.getByText("server.shutdown", { exact: false }).first().waitFor();
  await editor.screenshot("chat-citation");
  await editor.page.mouse.move(900, 600);
  await passage.waitFor({ state: "hidden" });
  await mark.focus();
  await passage.waitFor();
  await editor.page.keyboard.press("Escape");
  await passage.waitFor({ state: "hidden" });
});

test("a number opens the passage in its section, with a way to the official page at its anchor", async () => {
  await chat.frame.locator(".citation").first().click();
  await editor.page.locator(".tab.active", { hasText: "Graceful Shutdown.md" }).waitFor();
  await expect
    .poll(async () => (await editor.editorText()).replaceAll("\n", ""))
    .toContain("#web.graceful-shutdown");
  await editor.page.locator(".editor-instance .cdr[class*=ced-]").first().waitFor();
  await editor.page
    .locator(".codelens-decoration", { hasText: /official\spage\s\(docs\.spring\.io\)/ })
    .waitFor();
  await editor.screenshot("chat-citation-opened");
});

test("a link asks first and shows its host", async () => {
  await chat.frame.getByRole("link", { name: "the page" }).click();
  const dialog = editor.page.locator(".monaco-dialog-box");
  await dialog.getByText("docs.example", { exact: false }).first().waitFor();
  await editor.screenshot("chat-link");
  await editor.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

test("raw HTML stays text, images stay away", async () => {
  const turn = chat.turns.last();
  await turn.getByText("<img src=x onerror=alert(1)>", { exact: false }).waitFor();
  await turn.getByText("(image: x)").waitFor();
  expect(await turn.locator("img").count()).toBe(0);
});

test("Copy copies a block as it was written", async () => {
  await chat.frame
    .locator(".code-block", { hasText: "return 42" })
    .getByRole("button", { name: "Copy" })
    .click();
  await chat.frame.getByText("Copied").waitFor();
  const copied: unknown = await editor.page.evaluate("navigator.clipboard.readText()");
  expect(copied).toBe("int answer() {\n    return 42;\n}");
});

test("Insert puts a block at the caret, indented, and one undo takes it back", async () => {
  await editor.openFile("OrderService.java");
  const before = await editor.editorText();
  expect(before).toContain("private final JdbcClient jdbc;");
  await editor.goTo(15, 200);
  await editor.page.keyboard.press("Enter");
  // the page keeps lines in an order of its own
  const lines = async () => (await editor.editorText()).split("\n").sort();
  await expect.poll(lines).toContain("    ");
  const prepared = await lines();
  await chat.frame
    .locator(".code-block", { hasText: "return 42" })
    .getByRole("button", { name: "Insert" })
    .click();
  await expect.poll(() => editor.editorText()).toContain("    int answer() {\n        return 42;\n    }");
  await editor.page.keyboard.press("Control+z");
  await expect.poll(lines).toEqual(prepared);
});

test("Apply proposes a block as a pending change of the file in sight", async () => {
  await editor.openFile("OrderService.java");
  await editor.goTo(15, 200);
  await chat.frame
    .locator(".code-block", { hasText: "return 42" })
    .getByRole("button", { name: "Apply" })
    .click();
  await editor.page.locator(".tab.active", { hasText: "Pending: OrderService.java" }).waitFor();
  const line = editor.page.locator(".view-line", { hasText: "int answer()" }).first();
  await line.waitFor();
  await codePage(() => editor).acceptCompiling();
  await editor.screenshot("chat-apply");
  await line.click();
  await editor.page.keyboard.press("Escape");
  await editor.page.locator(".tab", { hasText: "Pending:" }).waitFor({ state: "detached" });
});

test("by keys alone: from the input to the first source and back into the conversation", async () => {
  await chat.input.focus();
  await chat.turns.last().focus();
  const names: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await editor.page.keyboard.press("Tab");
    const name = (await chat.frame.locator(":focus").first().getAttribute("class")) ?? "";
    names.push(name);
    if (name === "source-title") break;
  }
  expect(names).toContain("citation");
  expect(names.at(-1)).toBe("source-title");
});

test("a server that is gone is told in one message, with what mends it", async () => {
  await ollama.close();
  await chat.ask("Are you there?");
  const turn = chat.turns.last();
  // whether Ollama is installed on this machine makes the difference
  await turn.getByText(new RegExp(`server answers at ${ollama.url}`)).waitFor();
  await turn.getByRole("button", { name: /Start Ollama|Get Ollama/ }).waitFor();
  await turn.getByRole("button", { name: "Open settings" }).waitFor();
  await editor.screenshot("chat-error");
});

test("Try again answers in the same place when the server is back", async () => {
  const count = await chat.turns.count();
  ollama = await startRecordedOllama({ port: Number(new URL(ollama.url).port) });
  ollama.setAnswer(answer);
  await chat.turns.last().getByRole("button", { name: "Try again" }).click();
  await chat.turns.last().getByText("Bananas are yellow", { exact: false }).waitFor();
  expect(await chat.turns.count()).toBe(count);
});

describe.each(themes)("%s", (name, theme, kind) => {
  test("breaks no rule of axe-core", async () => {
    writeSettings(path.join(editor.dataFolder, "user-data"), {
      ...settings(),
      "workbench.colorTheme": theme,
    });
    await chat.frame.locator(`body.${kind}`).waitFor({ state: "attached" });
    expect(await chat.violations()).toEqual([]);
    await chat.turns.first().scrollIntoViewIfNeeded();
    await editor.screenshot(`chat-${name}`);
  });

  test("loses nothing at 200 %", async () => {
    // Twice as large on the same screen leaves half the room.
    await editor.page.setViewportSize({ width: size.width / 2, height: size.height / 2 });
    try {
      await editor.screenshot(`chat-${name}-200`);
      expect(await chat.cutOff()).toEqual([]);
      for (const part of [chat.input, chat.frame.getByRole("button", { name: "Send" })]) {
        const box = await part.boundingBox();
        expect((box?.y ?? size.height) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height / 2);
      }
    } finally {
      await editor.page.setViewportSize(size);
    }
  });
});
