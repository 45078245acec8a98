/** What becomes of a proposal when the editor is closed: nothing is lost, and nothing half is left behind. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { sampleFolders } from "./chatPage";
import { recordedModel, startRecordedOllama, type RecordedOllama } from "./recordedOllama";

const method = `@Transactional
public int deleteAll() {
    return this.jdbc.sql("delete from orders").update();
}`;
const answer = `\`\`\`java\n${method}\n\`\`\`\n`;

const folders = sampleFolders("recovery");
const service = path.join(
  folders.workspace,
  ...["src", "main", "java", "com", "example", "orders", "OrderService.java"],
);
const onDisk = () => readFileSync(service, "utf8");
const original = onDisk();
let ollama: RecordedOllama;
let editor: Editor;

const options = () => ({
  folder: folders.workspace,
  env: folders.env,
  settings: {
    "docwright.ollama.host": ollama.url,
    "docwright.model": recordedModel,
    "workbench.reduceMotion": "on",
    "files.autoSave": "off", // on by default in the browser
  },
});

beforeAll(async () => {
  ollama = await startRecordedOllama();
  editor = await startEditor(options());
});

afterAll(async () => {
  await editor.close();
  await ollama.close();
  folders.remove();
});

const lens = (text: string) => editor.page.locator(".codelens-decoration a", { hasText: text });
const tab = (name: string) => editor.page.locator(".tab", { hasText: name });
const line = (text: string) => editor.page.locator(".view-line", { hasText: text }).first();

/** Asks for code after the last member of the service. */
async function ask(words: string): Promise<void> {
  ollama.setAnswer(words);
  await editor.openFile("OrderService.java");
  await editor.goTo(original.split("\n").findLastIndex((each) => each === "    }") + 1, 6);
  await editor.palette("Docwright: Generate with docs");
  await editor.page.locator(".quick-input-title", { hasText: "Generate with docs" }).waitFor();
  await editor.page
    .locator(".quick-input-widget input[type=text]")
    .fill("delete all orders in a transaction");
  await editor.page.keyboard.press("Enter");
}

async function acceptAndUndo(): Promise<void> {
  await line("public int deleteAll()").click();
  await editor.page.keyboard.press("Control+Enter");
  await tab("Pending: OrderService.java").waitFor({ state: "detached" });
  await line("public int deleteAll()").waitFor();
  await editor.page.keyboard.press("Control+z");
  await editor.page.locator(".tab.active:not(.dirty)", { hasText: "OrderService.java" }).waitFor();
}

test("a proposal that nobody decided about is offered again after a restart, and can be accepted then", async () => {
  await ask(answer);
  await lens("Accept").waitFor({ timeout: 90_000 });
  await editor.close({ keep: true });
  expect(onDisk()).toBe(original);

  editor = await startEditor({ ...options(), dataFolder: editor.dataFolder });
  const toast = editor.toast(
    "A pending change for src/main/java/com/example/orders/OrderService.java was kept",
  );
  await toast.waitFor({ timeout: 90_000 });
  await editor.screenshot("recovery-offered");
  await toast.getByRole("button", { name: "Show" }).click();
  await lens("Accept").waitFor({ timeout: 60_000 });
  await acceptAndUndo();
  expect(onDisk()).toBe(original);
});
