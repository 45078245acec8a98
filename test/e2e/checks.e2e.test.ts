/** What the checks find, as a person meets it: above and on the lines of a pending change, in a file of the project, under the chat's code. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { chatPage, sampleFolders } from "./chatPage";
import { codePage } from "./codePage";
import { recordedModel, startRecordedOllama, type RecordedOllama } from "./recordedOllama";

const answer = `\`\`\`java
import javax.annotation.PostConstruct;

@PostConstruct
void warmUp() {
    this.jdbc.sql("select 1").query().singleValue();
}
\`\`\`
`;
const legacy = `package com.example.orders;

import javax.servlet.http.HttpServletRequest;

class Legacy {

    String path(HttpServletRequest request) {
        return request.getRequestURI();
    }
}
`;
/** The compiler's process starts with the first check. */
const patience = 60_000;

const folders = sampleFolders("checks");
let ollama: RecordedOllama;
let editor: Editor;

beforeAll(async () => {
  ollama = await startRecordedOllama();
  ollama.setAnswer(answer);
  const sources = path.join(folders.workspace, "src", "main", "java", "com", "example", "orders");
  writeFileSync(path.join(sources, "Legacy.java"), legacy);
  editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings: {
      "docwright.ollama.host": ollama.url,
      "docwright.model": recordedModel,
      "docwright.checks": "check",
      "workbench.reduceMotion": "on",
      "files.autoSave": "off", // on by default in the browser
      "editor.hover.delay": 10_000,
    },
  });
});

afterAll(async () => {
  await editor.close();
  await ollama.close();
  folders.remove();
});

const { lens, line, tab, fillInstruction, acceptCompiling } = codePage(() => editor);

test("a finding stands above the change and on its line, and its fix is one click away", async () => {
  await editor.openFile("OrderService.java");
  await editor.goTo(18, 1);
  await fillInstruction("ask the database once when the application starts");
  await editor.page.keyboard.press("Enter");
  await acceptCompiling();
  await lens("does not compile").waitFor({ timeout: patience });
  await editor.page.locator(".squiggly-error").first().waitFor();
  await editor.screenshot("checks-pending");
  // The editor has no quick fixes in a document that nobody can write into.
  await lens("Use jakarta.annotation.PostConstruct").click();
  await line("jakarta.annotation.PostConstruct").waitFor();
  await lens("compiles").waitFor({ timeout: patience });
  await editor.screenshot("checks-fixed");
});

test("all that was found is a page to read", async () => {
  await lens("compiles").click();
  await tab("What the checks found").waitFor();
  await editor.webview().getByRole("heading", { name: "What the checks found" }).waitFor();
  await editor.screenshot("checks-found");
  await editor.palette("Docwright: Discard all");
  await tab("Pending:").waitFor({ state: "detached" });
  await editor.palette("View: Close All Editors");
});

test("a file of the project is checked, its problems are listed, and the report names passages", async () => {
  await editor.openFile("Legacy.java");
  await editor.palette("Docwright: Check this file");
  const told = editor.toast(/\d+ findings?\./);
  await told.waitFor({ timeout: patience });
  await editor.page.locator(".squiggly-error").first().waitFor();
  await editor.screenshot("checks-file");
  await told.getByRole("button", { name: "Show problems" }).click();
  const problem = editor.page.locator(".markers-panel .monaco-list-row", { hasText: "javax.servlet" });
  await problem.first().waitFor();
  await editor.screenshot("checks-problems");
  await editor.palette("Docwright: Check this project");
  await editor
    .toast(/\d+ findings? in \d+ files?\./)
    .getByRole("button", { name: "Write a report" })
    .click({ timeout: patience });
  await tab("Untitled").waitFor({ timeout: patience });
  await expect.poll(() => editor.editorText()).toContain("Legacy.java");
  await editor.screenshot("checks-report");
});

test("code of the chat is checked where it stands", async () => {
  const chat = chatPage(editor);
  await editor.palette("Docwright: Open chat");
  await chat.ask("How do I run something once at the start?");
  const block = chat.frame.locator(".code-block", { hasText: "PostConstruct" });
  await chat.turns.last().getByText("Sources").waitFor({ timeout: patience }); // the answer is whole
  await block.getByRole("button", { name: "Run the checks" }).click({ timeout: patience });
  await chat.frame
    .locator(".code-check.error", { hasText: "javax.annotation" })
    .waitFor({ timeout: patience });
  await editor.screenshot("checks-chat");
});
