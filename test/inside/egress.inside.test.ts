/** Run by `test/e2e/egress.e2e.test.ts`, where there is no network but the loopback. The server and its small model are real. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chatPage, realModelSettings, sampleFolders } from "../e2e/chatPage";
import { codePage } from "../e2e/codePage";
import { startDocumentServer, type DocumentServer } from "../e2e/documentServer";
import { quickInput } from "../e2e/quickInput";
import { startEditor, type Editor } from "../support/editor";
import { startTestOllama, type TestOllama } from "../support/ollamaServer";
import { markdown } from "../unit/indexing/smallDocuments";

const folders = sampleFolders("egress");
const folder = mkdtempSync(path.join(tmpdir(), "docwright-egress-"));
const connects = path.join(folder, "connects.txt");
let ollama: TestOllama;
let site: DocumentServer;
let editor: Editor;

beforeAll(async () => {
  ollama = await startTestOllama();
  site = await startDocumentServer({ "handbook.md": markdown("Company handbook", 3, 3) });
  editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings: { ...realModelSettings(ollama.url), "docwright.confidence": "full", "files.autoSave": "off" },
    connectsTo: connects,
  });
});

afterAll(async () => {
  await editor.close();
  await ollama.stop();
  site.close();
  folders.remove();
  rmSync(folder, { recursive: true, force: true });
});

test("there is no network", async () => {
  expect(Object.keys(networkInterfaces())).toEqual(["lo"]);
  await expect(fetch("http://192.0.2.1/")).rejects.toThrow();
});

test("indexing, chat, asking again and generating work", async () => {
  await quickInput(editor).indexAddress(site.address("handbook.md"));
  await editor.toast("Company handbook").waitFor({ timeout: 120_000 });
  const chat = chatPage(editor);
  await chat.open();
  await chat.ask("How do I make the server shut down gracefully?");
  const turn = await chat.ended();
  expect(await turn.locator(".source").count()).toBeGreaterThan(0);
  // The verdict of the second question.
  await turn
    .getByText(/right|sure|judge|calibrated/i)
    .last()
    .waitFor({ timeout: 120_000 });
  const { tab, fillInstruction } = codePage(() => editor);
  await editor.openFile("OrderService.java");
  await fillInstruction("a method that counts the orders");
  await editor.page.keyboard.press("Enter");
  await tab("Pending: OrderService.java").or(editor.toast("no code")).first().waitFor({ timeout: 240_000 });
}, 600_000);

/** `127.0.0.1:11434` of strace's lines about internet addresses; connects to other programs' sockets are no network. */
function connected(): ReadonlySet<string> {
  const lines = readFileSync(connects, "utf8").split("\n");
  const found = lines.flatMap((line) => {
    const port = /sin6?_port=htons\((\d+)\)/.exec(line)?.[1];
    const address = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line);
    return port === undefined || !address ? [] : [`${address[1] ?? `[${address[2] ?? ""}]`}:${port}`];
  });
  return new Set(found);
}

test("every recorded connect is in the ledger, and the ledger names no other", async () => {
  await editor.palette("View: Close All Editors");
  await editor.palette("View: Toggle Primary Side Bar Visibility"); // the chat is a page too
  await editor.palette("Docwright: Show connections");
  const page = editor.webview();
  await page.getByRole("heading", { name: "Connections since this window opened" }).waitFor();
  const rows = await page.getByRole("row").allInnerTexts();
  const told = new Set(rows.slice(1).map((row) => (row.split("\t")[0] ?? "").trim()));
  const [server, documents] = [ollama.url, site.address("handbook.md")].map(
    (address) => new URL(address).host,
  );
  expect([...told].sort()).toEqual([server, documents].sort());
  expect([...connected()].sort()).toEqual([...told].sort());
}, 120_000);
