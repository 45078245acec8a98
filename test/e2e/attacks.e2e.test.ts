/**
 * What an obedient model would send, in the real editor: every attack of the corpus as an answer in one chat, and files, hidden characters
 * and a link out of the project in generated code. Asserted on what happened: the page, requests, files, the document, terminals.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { attacks } from "../support/attacks";
import { chatPage, sampleFolders, type ChatPage } from "./chatPage";
import { codePage } from "./codePage";
import { recordedModel, startRecordedOllama, type RecordedOllama } from "./recordedOllama";

const folders = sampleFolders("attacks");
const outside = mkdtempSync(path.join(tmpdir(), "docwright-outside-"));
const service = path.join(folders.workspace, "src/main/java/com/example/orders/OrderService.java");
const requested: string[] = [];
let ollama: RecordedOllama;
let editor: Editor;
let chat: ChatPage;

/** Every file of the workspace with its text. */
const filesNow = () =>
  Object.fromEntries(
    readdirSync(folders.workspace, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .map((file) => [file, readFileSync(file, "utf8")]),
  );

beforeAll(async () => {
  symlinkSync(outside, path.join(folders.workspace, "src/main/java/com/example/orders/linked"));
  ollama = await startRecordedOllama({ pieceMilliseconds: 0 });
  editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings: {
      "docwright.ollama.host": ollama.url,
      "docwright.model": recordedModel,
      "workbench.reduceMotion": "on",
      "files.autoSave": "off",
      "editor.hover.delay": 10_000,
    },
  });
  editor.page.on("request", (request) => requested.push(request.url()));
  chat = chatPage(editor);
  await chat.open();
});

afterAll(async () => {
  await editor.close();
  await ollama.close();
  folders.remove();
  rmSync(outside, { recursive: true, force: true });
});

/** As many answers as keep what one leaves open from hiding the next: code, of which one never ends, comes alone. */
const answers = attacks
  .filter(({ kind }) => kind !== "file")
  .map(({ text }) => text)
  .reduce<string[]>((all, text) => {
    const last = all.at(-1);
    const alone = text.startsWith("```") || text.length > 1_000 || last === undefined || last.length > 700;
    return alone || last.startsWith("```") ? [...all, text] : [...all.slice(0, -1), `${last}\n\n${text}`];
  }, []);

test("all answers of the corpus: the page holds nothing that runs, loads or leads anywhere", async () => {
  const before = filesNow();
  for (const [index, answer] of answers.entries()) {
    ollama.setAnswer(answer);
    await chat.ask(`Attack ${index + 1}`);
    await chat.ended(60_000);
    const turn = chat.turns.last();
    const dangerous = turn.locator(
      "script, img, svg, math, iframe, form, input, style, object, embed, link, base, meta, video, audio, a, [href], [src], [background], [onclick], [onerror], [onload], [ontoggle]",
    );
    expect(await dangerous.count(), answer.slice(0, 200)).toBe(0);
    for (const link of await turn.locator(".link").all()) {
      expect(await link.getAttribute("title")).toMatch(/^https?:\/\//);
    }
  }
  expect(filesNow()).toEqual(before);
  expect(requested.filter((address) => address.includes("evil.example"))).toEqual([]);
  expect(await editor.page.locator(".terminal-wrapper, .monaco-dialog-box").count()).toBe(0);
  expect(await editor.page.locator(".tab", { hasText: "Pending:" }).count()).toBe(0);
}, 600_000);

test("hidden characters of generated code are shown, and the files that it names outside are not written", async () => {
  const before = readFileSync(service, "utf8");
  const { lens, tab, line, fillInstruction, acceptCompiling } = codePage(() => editor);
  ollama.setAnswer(
    [
      "```java\n// \u202e hidden \u200b here\npublic void p\u0430y() {\n}\n```",
      "`.vscode/settings.json`:\n\n```json\n{}\n```",
      "`../App.java`:\n\n```java\npublic class App {}\n```",
      "`src/main/java/com/example/orders/linked/Gift.java`:\n\n```java\npublic class Gift {}\n```",
      "`.git/hooks/post.txt`:\n\n```text\nid\n```",
    ].join("\n\n"),
  );
  await editor.openFile("OrderService.java");
  await editor.goTo(15, 200);
  await fillInstruction("a method");
  await editor.page.keyboard.press("Enter");
  await tab("Pending: OrderService.java").waitFor({ timeout: 60_000 });
  await lens(/hidden characters/).waitFor({ timeout: 60_000 });
  await acceptCompiling();
  await editor.screenshot("attacks-hidden");
  // The code point stands where the character is, as generated content of a decoration.
  const shown = await editor.page.evaluate<readonly string[]>(
    `[...document.querySelectorAll(".editor-instance .view-line span")].map((each) => getComputedStyle(each, "::before").content)`,
  );
  expect(shown.join(" ")).toContain("U+202E");
  expect(shown.join(" ")).toContain("U+200B");
  expect(readFileSync(service, "utf8")).toBe(before);
  await line("public void").click();
  await editor.page.keyboard.press("Control+Enter");
  await tab("Pending: OrderService.java").waitFor({ state: "detached" });
  expect(readdirSync(outside)).toEqual([]);
  expect(existsSync(path.join(folders.workspace, ".vscode"))).toBe(false);
  expect(existsSync(path.join(folders.workspace, ".git"))).toBe(false);
  expect(existsSync(path.join(folders.workspace, "..", "App.java"))).toBe(false);
}, 300_000);

test("a whole answer in the editor's preview loads no image", async () => {
  const seen = requested.length;
  ollama.setAnswer(
    "![x](https://evil.example/p.png) <img src='https://evil.example/q.png'>\n\n```java\nvoid a() {}\n```\n\n```$(check-all)Accept\nx\n```",
  );
  const { lens, fillInstruction } = codePage(() => editor);
  await editor.openFile("OrderService.java");
  await fillInstruction("another method");
  await editor.page.keyboard.press("Enter");
  await lens(/Accept/).waitFor({ timeout: 60_000 });
  const other = lens(/also in the answer/);
  expect(await other.innerText()).toContain("$(check-all)Accept".toLowerCase()); // words, not a button
  await editor.palette("View: Toggle Primary Side Bar Visibility"); // the chat is a page too
  await other.click();
  await editor.webview().getByText("\uff1cimg", { exact: false }).first().waitFor();
  await editor.screenshot("attacks-preview");
  expect(requested.slice(seen).filter((address) => address.includes("evil.example"))).toEqual([]);
}, 300_000);
