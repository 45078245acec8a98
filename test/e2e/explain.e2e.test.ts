/** "Explain with reference docs" through the context menu, with a real Ollama and the small model. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { startTestOllama, TEST_MODEL } from "../support/ollamaServer";
import { chatPage, sampleFolders } from "./chatPage";

const folders = sampleFolders("explain");
let ollama: { readonly url: string; readonly stop: () => Promise<void> };
let editor: Editor;

beforeAll(async () => {
  const given = process.env["DOCWRIGHT_TEST_OLLAMA"];
  ollama = given === undefined ? await startTestOllama() : { url: given, stop: () => Promise.resolve() };
  editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings: {
      "docwright.ollama.host": ollama.url,
      "docwright.model": TEST_MODEL,
      "docwright.modelOptions": { temperature: 0, seed: 1, num_thread: 1, num_predict: 100 },
      "docwright.contextTokens": 2048,
      "workbench.reduceMotion": "on",
    },
  });
});

afterAll(async () => {
  await editor.close();
  await ollama.stop();
  folders.remove();
});

test("a selection is explained in the sidebar, with the passages of the project's version", async () => {
  const { page } = editor;
  await editor.openFile("OrderService.java");
  const line = page.locator(".view-line", { hasText: "@Transactional" }).first();
  const menuItem = page.locator(".monaco-menu .action-item", { hasText: "Explain with reference docs" });
  await expect
    .poll(
      async () => {
        await page.keyboard.press("Escape");
        await line.click({ clickCount: 3 });
        await line.click({ button: "right", position: { x: 60, y: 8 } });
        await menuItem.waitFor({ timeout: 2_000 }).catch(() => undefined);
        return menuItem.isVisible();
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  await menuItem.click();

  const chat = chatPage(editor);
  const turn = chat.turns.last();
  await turn.getByRole("heading", { level: 2, name: /^Explain OrderService\.java:\d+/ }).waitFor({
    timeout: 60_000,
  });
  await turn.locator(".chip", { hasText: "OrderService.java" }).waitFor();
  await editor.screenshot("explain-started");
  const text = turn.locator(".answer-text");
  await expect.poll(async () => (await text.innerText()).length, { timeout: 280_000 }).toBeGreaterThan(0);
  await chat.ended();
  expect(await turn.locator(".source").count()).toBeGreaterThan(0);
  expect(await turn.locator(".answer-facts").innerText()).toContain("Spring Boot 3.2");
  await editor.screenshot("explain-answer");
});
