/** "Explain with reference docs" through the context menu, with a real Ollama and the small model. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { sharedTestOllama } from "../support/ollamaServer";
import { chatPage, realModelSettings, sampleFolders } from "./chatPage";

const folders = sampleFolders("explain");
let ollama: Awaited<ReturnType<typeof sharedTestOllama>>;
let editor: Editor;

beforeAll(async () => {
  ollama = await sharedTestOllama();
  editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings: {
      ...realModelSettings(ollama.url),
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
