/** The chat through the editor's interface, with a real Ollama and the small model: the flow, whatever the words are. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { sharedTestOllama, TEST_MODEL } from "../support/ollamaServer";
import { chatPage, realModelSettings, sampleFolders, type ChatPage } from "./chatPage";

const folders = sampleFolders("chat");
let ollama: Awaited<ReturnType<typeof sharedTestOllama>>;
let editor: Editor;
let chat: ChatPage;

const options = () => ({
  folder: folders.workspace,
  env: folders.env,
  settings: {
    ...realModelSettings(ollama.url),
  },
});

beforeAll(async () => {
  ollama = await sharedTestOllama();
  editor = await startEditor(options());
  chat = chatPage(editor);
});

afterAll(async () => {
  await editor.close();
  await ollama.stop();
  folders.remove();
});

test("an empty chat says what is there, for which version, and what to try", async () => {
  await chat.open();
  await chat.frame.getByText("Ollama", { exact: false }).first().waitFor();
  await chat.frame.getByText(`The model ${TEST_MODEL} is there`).waitFor({ timeout: 60_000 });
  await chat.frame.getByRole("button", { name: "Spring Boot 3.2" }).waitFor();
  await chat.frame.getByText("field guide", { exact: false }).waitFor();
  await editor.screenshot("chat-empty");
  const example = chat.frame.locator(".example").first();
  const words = (await example.innerText()).trim();
  await example.click();
  await expect.poll(() => chat.input.inputValue()).toBe(words);
});

test("an answer streams, names its version and model, and lists the passages it had", async () => {
  await chat.ask("How do I make the server shut down gracefully?");
  await chat.stop.waitFor();
  const text = chat.turns.last().locator(".answer-text");
  await expect.poll(async () => (await text.innerText()).length, { timeout: 280_000 }).toBeGreaterThan(0);
  const early = (await text.innerText()).length;
  const whileRunning = await chat.stop.isVisible();
  const turn = await chat.ended();
  expect(whileRunning).toBe(true);
  expect((await text.innerText()).length).toBeGreaterThan(early);
  expect(await turn.locator(".answer-facts").innerText()).toMatch(
    new RegExp(`^${TEST_MODEL.replace(/[.:]/g, "\\$&")} · Spring Boot 3\\.2`),
  );
  expect(await turn.locator(".source").count()).toBeGreaterThan(0);
  await expect.poll(() => chat.stop.isVisible()).toBe(false);
  await editor.screenshot("chat-answer");
});

test("a passage of the answer opens in its section, its own lines marked", async () => {
  const folded = chat.turns.last().locator(".uncited > summary");
  if ((await folded.count()) > 0) await folded.click();
  const source = chat.turns.last().locator(".source-title").first();
  const title = (await source.innerText()).split(" › ").at(-1) ?? "";
  /** Long lines wrap, so that blanks are not what they were. */
  const shownText = async () => (await editor.editorText()).replace(/\s+/g, " ");
  await source.click();
  await editor.page.locator(".tab.active", { hasText: title.slice(0, 20) }).waitFor();
  // The marked lines are what is shown first: in a long section the heading is further up.
  await editor.page.locator(".editor-instance .cdr[class*=ced-]").first().waitFor();
  await editor.screenshot("chat-passage");
  await editor.page.locator(".editor-instance .view-lines").first().click();
  await editor.page.keyboard.press("Control+Home");
  await expect.poll(shownText).toContain(title);
  // It is there to be read: what is typed changes nothing, saved by itself or not.
  await expect.poll(shownText).toContain(title);
  const read = await shownText();
  await editor.page.keyboard.type("x");
  await editor.page.keyboard.press("Control+Home");
  await expect.poll(shownText).toContain(title);
  expect(await shownText()).toBe(read);
  expect(await editor.page.locator(".tab.active.dirty").count()).toBe(0);
});

test("Stop ends the answer, keeps what had arrived, and offers to try again", async () => {
  await chat.ask("Explain every Actuator endpoint with an example, one after the other.");
  const text = chat.turns.last().locator(".answer-text");
  await expect.poll(async () => (await text.innerText()).length, { timeout: 280_000 }).toBeGreaterThan(0);
  await chat.stop.click();
  const turn = await chat.ended(10_000);
  await turn.getByText("Stopped.").waitFor();
  const kept = await text.innerText();
  expect(kept.length).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await text.innerText()).toBe(kept);
  await turn.getByRole("button", { name: "Try again" }).waitFor();
});

test("what the documents do not answer comes from the model alone, and says so before the answer", async () => {
  await chat.ask("What is the capital of France?");
  const turn = await chat.ended();
  await turn.getByText("The documents do not answer this").waitFor();
  expect(await turn.locator(".source").count()).toBe(0);
  await editor.screenshot("chat-not-answered");
});

test("without docs the answer has no passages and says so", async () => {
  await chat.frame.getByRole("switch", { name: "With docs" }).click();
  await chat.frame.getByText("Without docs").waitFor();
  await chat.ask("Say hello.");
  const turn = await chat.ended();
  expect(await turn.locator(".source").count()).toBe(0);
  expect(await turn.locator(".answer-facts").innerText()).toContain("without documents");
  await chat.frame.getByRole("switch", { name: "With docs" }).click();
});

test("the editor's selection goes along in sight, and can be taken away", async () => {
  await editor.openFile("OrderService.java");
  await editor.goTo(3);
  await editor.page.keyboard.press("Shift+ArrowDown");
  await editor.page.keyboard.press("Shift+ArrowDown");
  const chip = chat.frame.locator(".composer .chip");
  await expect.poll(() => chip.innerText()).toContain("OrderService.java:3");
  await chat.frame.getByRole("button", { name: "Do not send OrderService.java" }).click();
  await chip.waitFor({ state: "detached" });
});

test("an answer goes on while the chat is hidden", async () => {
  await chat.ask("What is a health indicator?");
  await chat.stop.waitFor();
  await editor.palette("View: Show Explorer");
  await editor.page.locator(".explorer-folders-view").waitFor();
  await chat.open();
  const turn = await chat.ended();
  expect((await turn.locator(".answer-text").innerText()).length).toBeGreaterThan(0);
});

test("a restart of the editor keeps the conversation, and a new chat begins empty", async () => {
  const questions = await chat.turns.getByRole("heading", { level: 2 }).allInnerTexts();
  const answer = await chat.turns.last().locator(".answer-text").innerText();
  await editor.close({ keep: true });
  editor = await startEditor({ ...options(), dataFolder: editor.dataFolder });
  chat = chatPage(editor);
  await chat.open();
  await expect.poll(() => chat.turns.getByRole("heading", { level: 2 }).allInnerTexts()).toEqual(questions);
  expect(await chat.turns.last().locator(".answer-text").innerText()).toBe(answer);
  await editor.screenshot("chat-restarted");
  await chat.frame.getByRole("button", { name: "New chat" }).click();
  await chat.frame.getByRole("heading", { name: "Try one of these" }).waitFor();
  expect(await chat.turns.count()).toBe(0);
});
