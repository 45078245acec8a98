/** What becomes of a proposal when the editor is closed or its extension host dies: nothing is lost, and nothing half is left behind. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { sampleFolders } from "./chatPage";
import { codePage } from "./codePage";
import { recordedModel, startRecordedOllama, type RecordedOllama } from "./recordedOllama";

const method = `@Transactional
public int deleteAll() {
    return this.jdbc.sql("delete from orders").update();
}`;
const answer = `\`\`\`java\n${method}\n\`\`\`\n`;
const longMethod = [
  "public void countDown() {",
  ...Array.from({ length: 1500 }, (_, line) => `    System.out.println("step ${1500 - line}");`),
  "}",
].join("\n");
const longAnswer = `\`\`\`java\n${longMethod}\n\`\`\`\n`;

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

const { lens, tab, line, fillInstruction } = codePage(() => editor);

/** Asks for code after the last member of the service. */
async function ask(words: string): Promise<void> {
  ollama.setAnswer(words);
  await editor.openFile("OrderService.java");
  await editor.goTo(original.split("\n").findLastIndex((each) => each === "    }") + 1, 6);
  await fillInstruction("delete all orders in a transaction");
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

test("an extension host that dies in the middle leaves no half class, no lost text, and a proposal to look at", async () => {
  await ask(longAnswer);
  // The preview follows what is written, so which step is in sight depends on the machine; the editor draws hard spaces.
  await line(/step\s\d+/).waitFor({ timeout: 90_000 });
  await editor.screenshot("recovery-writing");
  await tab("OrderService.java").filter({ hasNotText: "Pending" }).click();
  await editor.page.keyboard.press("Control+Home");
  await editor.page.keyboard.type("/* typed by hand */\n");
  await editor.page.waitForTimeout(2_500); // what has come is written every two seconds

  editor.killExtensionHost();
  const toast = editor.toast("OrderService.java was kept from the last time");
  await toast.waitFor({ timeout: 120_000 });
  await editor.screenshot("recovery-crashed");
  expect(onDisk()).toBe(original);
  await editor.page.locator(".tab.active.dirty", { hasText: "OrderService.java" }).waitFor();
  const text = await editor.editorText();
  expect(text).toContain("/* typed by hand */");
  expect(text).not.toContain("countDown");

  await toast.getByRole("button", { name: "Show" }).click();
  await lens("broken off").waitFor({ timeout: 60_000 });
  await line("public void countDown()").waitFor();
  await editor.screenshot("recovery-broken-off");
  await lens("Discard").click();
  await tab("Pending: OrderService.java").waitFor({ state: "detached" });
});

test("a new generation works after that", async () => {
  await editor.openFile("OrderService.java");
  await editor.page.keyboard.press("Control+s");
  await editor.page.locator(".tab.active:not(.dirty)", { hasText: "OrderService.java" }).waitFor();
  expect(onDisk()).toBe(`/* typed by hand */\n${original}`);
  await ask(answer);
  await lens("Accept").waitFor({ timeout: 90_000 });
  await acceptAndUndo();
});
