/** A real Ollama behind a proxy that demands a token: what the person is told, where the token is given, and where it is not to be found. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { sharedTestOllama, TEST_MODEL } from "../support/ollamaServer";
import { startTokenProxy, type TokenProxy } from "../support/tokenProxy";
import { sampleFolders } from "./chatPage";
import { codePage } from "./codePage";
import { quickInput } from "./quickInput";

const secret = "s3cret-of-a-test";
const folders = sampleFolders("token");
let ollama: Awaited<ReturnType<typeof sharedTestOllama>>;
let proxy: TokenProxy;
let editor: Editor;

beforeAll(async () => {
  ollama = await sharedTestOllama();
  proxy = await startTokenProxy(ollama.url, secret);
  editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings: { "docwright.ollama.host": proxy.url, "docwright.model": TEST_MODEL },
  });
}, 600_000);

afterAll(async () => {
  await editor.close();
  await proxy.close();
  await ollama.stop();
  folders.remove();
}, 60_000);

const { lens, tab, fillInstruction } = codePage(() => editor);
const passwordBox = () => editor.page.locator(".quick-input-widget input[type=password]");

async function ask(): Promise<void> {
  await editor.openFile("OrderService.java");
  await fillInstruction("a method that counts the orders");
  await editor.page.keyboard.press("Enter");
}

test("a server that wants a token is named so, and the token is asked for from there", async () => {
  await ask();
  const told = editor.toast("asks for a token, and none is kept for it (status 401)");
  await told.waitFor({ timeout: 60_000 });
  await editor.screenshot("token-wanted");
  await told.getByRole("button", { name: "Set token…" }).click();
  await passwordBox().waitFor();
  await passwordBox().fill("two words");
  await editor.page
    .locator(".quick-input-message", { hasText: "neither as a token nor as a header" })
    .waitFor();
  await passwordBox().fill(secret);
  await editor.screenshot("token-box");
  await editor.page.keyboard.press("Enter");
  await editor.toast(`sent to ${proxy.url} alone`).waitFor();
  expect(proxy.passed).toEqual([]);
});

test("with it code is generated", async () => {
  await ask();
  await tab("Pending: OrderService.java").waitFor({ timeout: 60_000 });
  await lens(/Accept|Discard/).waitFor({ timeout: 120_000 });
  expect(proxy.passed).toContain("/api/chat");
});

test("it is in no log, no settings and no file of the extension", async () => {
  await editor.palette("Docwright: Doctor");
  await editor.page.locator(".tab", { hasText: "Doctor" }).first().waitFor({ timeout: 60_000 });
  await editor.palette("Docwright: Show connections");
  await editor.page
    .locator(".tab", { hasText: /onnections/ })
    .first()
    .waitFor({ timeout: 60_000 });
  expect(await editor.page.locator("body").innerText()).not.toContain(secret);
  await editor.palette("Docwright: Copy diagnostics");
  await editor.toast("The diagnostics are in the clipboard").waitFor({ timeout: 60_000 });
  const copied = String(await editor.page.evaluate("navigator.clipboard.readText()"));
  expect(copied).toContain("- Docwright ");
  expect(copied).toContain(TEST_MODEL);
  expect(copied).not.toContain(secret);
  const files = readdirSync(editor.dataFolder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.includes(path.join(editor.dataFolder, "extensions")),
  );
  expect(files.map(({ name }) => name)).toContainEqual(expect.stringMatching(/docwright.*\.log$/i));
  const holding = files
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter((file) => readFileSync(file).includes(secret));
  expect(holding).toEqual([]);
});

test("it can be taken away again", async () => {
  await editor.palette("Docwright: Set token of the Ollama server");
  await quickInput(editor).row("Remove the token").click();
  await editor.toast(`${proxy.url} gets it no more`).waitFor();
  const before = proxy.passed.length;
  await editor.palette("Docwright: Discard all");
  await tab("Pending: OrderService.java").waitFor({ state: "detached" });
  await ask();
  await editor.toast("none is kept for it").waitFor({ timeout: 60_000 });
  expect(proxy.passed).toHaveLength(before);
});
