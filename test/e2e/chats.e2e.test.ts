/** What a person does with chats: ask in other words, answer again, open code as a file, list, name, search, delete, export. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { chatPage, sampleFolders, type ChatPage } from "./chatPage";
import { recordedModel, startRecordedOllama, type RecordedOllama } from "./recordedOllama";

const folders = sampleFolders("chats");
let ollama: RecordedOllama;
let editor: Editor;
let chat: ChatPage;

beforeAll(async () => {
  ollama = await startRecordedOllama();
  ollama.setAnswer("First answer.\n\n```java\nclass Teapot {\n}\n```\n");
  editor = await startEditor({
    folder: folders.workspace,
    env: folders.env,
    settings: { "docwright.ollama.host": ollama.url, "docwright.model": recordedModel },
  });
  chat = chatPage(editor);
  await chat.open();
  await chat.ask("What is a teapot?");
  await chat.ended();
});

afterAll(async () => {
  await editor.close();
  await ollama.close();
  folders.remove();
});

const quickPick = () => editor.page.locator(".quick-input-widget");

test("a code block opens as a new file in its language", async () => {
  await chat.frame.getByRole("button", { name: "New file" }).click();
  await expect.poll(() => editor.editorText()).toContain("class Teapot {");
  await editor.page.locator(".statusbar-item", { hasText: "Java" }).first().waitFor();
  await editor.screenshot("chat-new-file");
});

test("the last question is asked in other words, in its place", async () => {
  ollama.setAnswer("Second answer.");
  const turn = chat.turns.last();
  await turn.hover();
  await turn.getByRole("button", { name: "Edit the question" }).click();
  await editor.screenshot("chat-edit-question");
  const input = chat.frame.getByRole("textbox", { name: "Question in other words" });
  await input.fill("What is a kettle?");
  await input.press("Enter");
  await turn.getByRole("heading", { name: "What is a kettle?" }).waitFor();
  await turn.getByText("Second answer.").waitFor();
  await chat.ended();
  expect(await chat.turns.count()).toBe(1);
});

test("an earlier question in other words begins a new chat, and the old one is kept", async () => {
  ollama.setAnswer("Third answer.");
  await chat.ask("And a cup?");
  await chat.ended();
  ollama.setAnswer("Fourth answer.");
  const turn = chat.turns.first();
  await turn.hover();
  await turn.getByRole("button", { name: "Edit the question" }).click();
  const input = chat.frame.getByRole("textbox", { name: "Question in other words" });
  await input.fill("What is a saucer?");
  await input.press("Enter");
  await chat.turns.last().getByText("Fourth answer.").waitFor();
  expect(await chat.turns.count()).toBe(1);
});

test("an answer is given again by another model", async () => {
  ollama.setAnswer("Fifth answer.");
  await chat.turns.last().getByRole("button", { name: "Answer again with another model…" }).click();
  await quickPick().getByText("Answer again with").waitFor();
  await quickPick().getByRole("option", { name: recordedModel }).first().click();
  await chat.turns.last().getByText("Fifth answer.").waitFor();
  await chat.ended();
});

test("chats are listed, found by a later question's words, and opened", async () => {
  await editor.palette("Docwright: Show chats");
  await quickPick()
    .getByRole("option", { name: /kettle/ })
    .waitFor();
  expect(await quickPick().getByRole("option").count()).toBe(2);
  await editor.screenshot("chat-list");
  await editor.page.keyboard.type("cup");
  await expect.poll(() => quickPick().getByRole("option").count()).toBe(1);
  await editor.page.keyboard.press("Enter");
  await chat.turns.first().getByRole("heading", { name: "What is a kettle?" }).waitFor();
  expect(await chat.turns.count()).toBe(2);
});

test("a chat goes by its new name, and is exported with it", async () => {
  await editor.palette("Docwright: Show chats");
  const row = quickPick().getByRole("option", { name: /kettle/ });
  await row.hover();
  await row.getByRole("button", { name: "Rename" }).click();
  await quickPick().getByText("Rename the chat").waitFor();
  await editor.page.keyboard.press("Control+A");
  await editor.page.keyboard.type("Tea things");
  await editor.page.keyboard.press("Enter");
  await editor.palette("Docwright: Export chat as Markdown");
  await expect.poll(() => editor.editorText()).toContain("# Tea things");
  expect(await editor.editorText()).toContain("## What is a kettle?");
});

test("a chat is deleted after a question", async () => {
  await editor.palette("Docwright: Show chats");
  const row = quickPick().getByRole("option", { name: /saucer/ });
  await row.hover();
  await row.getByRole("button", { name: "Delete" }).click();
  await editor.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await editor.palette("Docwright: Show chats");
  await quickPick()
    .getByRole("option", { name: /Tea things/ })
    .waitFor();
  expect(await quickPick().getByRole("option").count()).toBe(1);
  await editor.page.keyboard.press("Escape");
});
