/** The commands around generating and chatting, through the palette as a person finds them: models, doctor, indexing, the menu. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/shared/repositoryRoot.mjs";
import { startEditor, type Editor } from "../support/editor";
import { sharedTestOllama, TEST_MODEL } from "../support/ollamaServer";
import { sampleFolders } from "./chatPage";
import { startDocumentServer, type DocumentServer } from "./documentServer";
import { quickInput } from "./quickInput";

const folders = sampleFolders("commands");
const handbook = readFileSync(
  path.join(repositoryRoot, "test", "fixtures", "documents", "section.md"),
  "utf8",
);
let site: DocumentServer;
let ollama: Awaited<ReturnType<typeof sharedTestOllama>>;
let editor: Editor;

beforeAll(async () => {
  ollama = await sharedTestOllama();
  site = await startDocumentServer({ "handbook.md": handbook });
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

const row = (text: string | RegExp) => quickInput(editor).row(text);
const title = (text: string) => quickInput(editor).title(text);
const index = (page: string) => quickInput(editor).indexAddress(site.address(page));

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

test("the doctor's verdicts come as a page to read", async () => {
  await editor.palette("Docwright: Doctor");
  await editor.page.locator(".tab.active", { hasText: "octor" }).waitFor({ timeout: 120_000 });
  const report = editor.webview();
  await report.getByRole("heading", { name: "Docwright doctor" }).waitFor({ timeout: 30_000 });
  expect(await report.getByRole("listitem").allInnerTexts()).toContainEqual(
    expect.stringContaining("a known section of each is found"),
  );
  await editor.screenshot("doctor");
});

test("an address is indexed, and its document set can be removed", async () => {
  await index("handbook.md");
  await editor.toast(/^\s*Indexed .*passage/).waitFor({ timeout: 120_000 });
  await editor.screenshot("indexed");
  await editor.palette("Docwright: Remove document set");
  await row(site.address("handbook.md")).click();
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

test("the connections since the window opened are listed, with what they were for", async () => {
  await editor.palette("View: Close All Editors");
  await editor.palette("Docwright: Show connections");
  await editor.page.locator(".tab.active", { hasText: "Connections" }).waitFor();
  const page = editor.webview();
  await page.getByRole("heading", { name: "Connections since this window opened" }).waitFor();
  await editor.screenshot("connections");
  const rows = await page.getByRole("row").allInnerTexts();
  const server = new URL(ollama.url).host;
  const documents = new URL(site.address("handbook.md")).host;
  const told = rows.slice(1).map((each) => each.split("\t").slice(0, 2).join(" "));
  expect(told.sort()).toEqual([`${documents} reference documents`, `${server} what the server has`].sort());
});
