/** Two windows that index the same document at once: one works, the other waits, says so, and finds it done. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { markdown } from "../unit/indexing/smallDocuments";
import { sampleFolders } from "./chatPage";
import { startDocumentServer, type DocumentServer } from "./documentServer";
import { quickInput } from "./quickInput";

/** Embedding them takes the time that the other window needs to ask. */
const sections = 160;

const folders = sampleFolders("windows");
let site: DocumentServer;
let first: Editor;
let second: Editor;

beforeAll(async () => {
  site = await startDocumentServer({ "handbook.md": markdown("Handbook", 1, sections) });
  const options = { folder: folders.workspace, env: folders.env };
  first = await startEditor(options);
  second = await startEditor(options);
});

afterAll(async () => {
  await second.close();
  await first.close();
  site.close();
  folders.remove();
});

test("the second window waits for the first, says so, and has nothing left to do", async () => {
  const address = site.address("handbook.md");
  await quickInput(first).indexAddress(address);
  await first.toast("Embedding").waitFor({ timeout: 120_000 });
  await quickInput(second).indexAddress(address);
  await second.toast("Waiting for another window that indexes").waitFor({ timeout: 60_000 });
  await second.screenshot("windows-waiting");

  const indexed = /^\s*Indexed Handbook \(160 passages\): (\d+) documents? read, (\d+) unchanged/;
  await first.toast(indexed).waitFor({ timeout: 280_000 });
  await second.toast(indexed).waitFor({ timeout: 60_000 });
  expect(await first.toast(indexed).innerText()).toContain("1 document read, 0 unchanged");
  expect(await second.toast(indexed).innerText()).toContain("0 documents read, 1 unchanged");
  await second.screenshot("windows-done");
}, 600_000);

test("there is one document set for both", async () => {
  for (const editor of [first, second]) {
    await editor.palette("Docwright: Remove document set");
    await quickInput(editor).row(site.address("handbook.md")).waitFor({ timeout: 60_000 });
    expect(await editor.page.locator(".quick-input-list .monaco-list-row").count()).toBe(1);
    await editor.page.keyboard.press("Escape");
  }
});
