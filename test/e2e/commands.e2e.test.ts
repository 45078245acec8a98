/** The commands around generating and chatting, through the palette as a person finds them: models, doctor, indexing, the menu. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/shared/repositoryRoot.mjs";
import { startEditor, type Editor } from "../support/editor";
import { startTestOllama, TEST_MODEL } from "../support/ollamaServer";
import { sampleFolders } from "./chatPage";

const folders = sampleFolders("commands");
const handbook = readFileSync(path.join(repositoryRoot, "test", "fixtures", "documents", "section.md"));
let ollama: { readonly url: string; readonly stop: () => Promise<void> };
let editor: Editor;

/** A company's own server with one page, and a page that is not there. */
const site = createServer((request, response) => {
  const isThere = request.url === "/handbook.md";
  response.writeHead(isThere ? 200 : 404, { "content-type": "text/markdown" });
  response.end(isThere ? handbook : "no such page");
});

beforeAll(async () => {
  const given = process.env["DOCWRIGHT_TEST_OLLAMA"];
  ollama = given === undefined ? await startTestOllama() : { url: given, stop: () => Promise.resolve() };
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings: {
      "docwright.ollama.host": ollama.url,
      "docwright.model": TEST_MODEL,
      "workbench.reduceMotion": "on",
    },
  });
});

afterAll(async () => {
  await editor.close();
  await ollama.stop();
  site.close();
  folders.remove();
});

const address = (page: string) => `http://127.0.0.1:${(site.address() as AddressInfo).port}/${page}`;
const row = (text: string | RegExp) =>
  editor.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
const title = (text: string) => editor.page.locator(".quick-input-title", { hasText: text });
const box = () => editor.page.locator(".quick-input-widget input[type=text]");

async function index(page: string): Promise<void> {
  await editor.palette("Docwright: Index reference docs");
  await row("An address…").click();
  await box().fill(address(page));
  await editor.page.keyboard.press("Enter");
  for (const step of ["2 of 3", "3 of 3"]) {
    await title(step).waitFor();
    await editor.page.keyboard.press("Enter");
  }
}

test("the status bar's item leads to everything", async () => {
  await editor.openFile("OrderService.java");
  const item = editor.page.locator(".statusbar-item", { hasText: "Boot 3.2.12" });
  await item.waitFor({ timeout: 60_000 });
  await item.click();
  await row("Doctor").waitFor();
  await editor.screenshot("menu");
  await editor.page.keyboard.press("Escape");
});

test("the model picker tells what the server has and what could be pulled", async () => {
  await editor.palette("Docwright: Choose model");
  await title("Choose model").waitFor({ timeout: 60_000 });
  await row(TEST_MODEL).waitFor();
  expect(await row(TEST_MODEL).innerText()).toContain("in use");
  expect(await row("mixtral").innerText()).toMatch(/to download.*needs about/s);
  await editor.screenshot("model-picker");
  await editor.page.keyboard.press("Escape");
});

test("the doctor's verdicts come as a document", async () => {
  await editor.palette("Docwright: Doctor");
  await editor.page.locator(".tab.active", { hasText: "octor" }).waitFor({ timeout: 120_000 });
  await expect.poll(() => editor.editorText(), { timeout: 30_000 }).toContain("Docwright doctor");
  await editor.screenshot("doctor");
});

test("an address is indexed, and its document set can be removed", async () => {
  await index("handbook.md");
  await editor.toast(/^\s*Indexed .*passage/).waitFor({ timeout: 120_000 });
  await editor.screenshot("indexed");
  await editor.palette("Docwright: Remove document set");
  await row(address("handbook.md")).click();
  await editor.page.locator(".monaco-dialog-box .monaco-button", { hasText: "Remove" }).click();
  await editor.palette("Docwright: Remove document set");
  await editor.toast("Only the embedded field guide is indexed").waitFor({ timeout: 30_000 });
});

test("an address that holds nothing is told of once, with what to do", async () => {
  await index("missing.md");
  const toast = editor.toast("could not be downloaded");
  await toast.waitFor({ timeout: 60_000 });
  expect(await toast.count()).toBe(1);
  await editor.screenshot("download-failed");
});
