/** A window without a folder, and one with several folders of which each has its own version of Spring Boot. The words are known here. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { chatPage, sampleFolders } from "./chatPage";
import { codePage } from "./codePage";
import { quickInput } from "./quickInput";
import { recordedModel, startRecordedOllama, type RecordedOllama } from "./recordedOllama";

const answer = `\`\`\`java
public void drain() {
    System.exit(0);
}
\`\`\`
`;

const folders = sampleFolders("folders");
const root = path.dirname(folders.workspace);
let ollama: RecordedOllama;
let editor: Editor;

beforeAll(async () => {
  ollama = await startRecordedOllama();
  ollama.setAnswer(answer);
});

afterEach(() => editor.close());

afterAll(async () => {
  await ollama.close();
  folders.remove();
});

async function start(folder?: string): Promise<void> {
  editor = await startEditor({
    ...(folder !== undefined && { folder }),
    env: folders.env,
    settings: {
      "docwright.ollama.host": ollama.url,
      "docwright.model": recordedModel,
      "docwright.checks": "off",
      "workbench.reduceMotion": "on",
      "files.autoSave": "off",
    },
  });
}

/** @param choice What is chosen where the version, or its documents, are not known. */
async function generate(choice: string): Promise<void> {
  await fillInstruction("stop the application");
  await editor.page.keyboard.press("Enter");
  await quickInput(editor).row(choice).waitFor({ timeout: 60_000 });
  await editor.screenshot(`choice-${choice.replaceAll(/\W+/g, "-")}`);
  await quickInput(editor).row(choice).click();
  await lens("Accept").waitFor({ timeout: 60_000 });
}

const { lens, tab, fillInstruction } = codePage(() => editor);
const status = (text: string) => editor.page.locator(".statusbar-item", { hasText: text });

test("without a folder code goes into an untitled file, and the chat answers", async () => {
  await start();
  await editor.palette("File: New Untitled Text File");
  await tab("Untitled-1").waitFor();
  await editor.palette("Change Language Mode");
  await quickInput(editor).box.fill("Java");
  await quickInput(editor).row("(java)").click();
  await editor.page.keyboard.type("class Drain {", { delay: 20 });
  await generate("3.2");
  await editor.screenshot("no-folder-pending");
  await editor.palette("Docwright: Accept all");
  await tab("Pending:").waitFor({ state: "detached" });
  const text = await editor.editorText();
  expect(text).toMatch(/class Drain \{\s+public void drain\(\) \{\s+System\.exit\(0\);\s+\}\s+\}/);
  const chat = chatPage(editor);
  await chat.open();
  await chat.ask("How do I stop the application?");
  const turn = await chat.ended(60_000);
  await turn.locator(".code-block").getByText("System.exit").waitFor();
  await editor.screenshot("no-folder-chat");
});

test("with several folders the file's own one decides the version", async () => {
  const other = path.join(root, "billing");
  cpSync(folders.workspace, other, { recursive: true });
  const pom = readFileSync(path.join(other, "pom.xml"), "utf8");
  writeFileSync(
    path.join(other, "pom.xml"),
    pom.replace("<version>3.2.12</version>", "<version>3.1.5</version>"),
  );
  const source = path.join(other, "src", "main", "java", "com", "example", "orders");
  writeFileSync(
    path.join(source, "Billing.java"),
    "package com.example.orders;\n\npublic class Billing {\n\n    void charge() {\n    }\n\n}\n",
  );
  const workspace = path.join(root, "shop.code-workspace");
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: "orders" }, { path: "billing" }] }));
  await start(workspace);
  await editor.openFile("OrderController.java");
  await status("Boot 3.2.12").waitFor({ timeout: 60_000 });
  await editor.openFile("Billing.java");
  await status("Boot 3.1.5").waitFor({ timeout: 60_000 });
  await editor.goTo(6, 6);
  await generate("Use 3.2 for this project");
  await editor.screenshot("several-folders-pending");
  await editor.palette("Docwright: Accept all");
  await tab("Pending:").waitFor({ state: "detached" });
  await editor.palette("File: Save All Files");
  await expect
    .poll(() => readFileSync(path.join(source, "Billing.java"), "utf8"))
    .toContain("    public void drain() {\n        System.exit(0);\n    }\n");
});
