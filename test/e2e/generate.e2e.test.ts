/** "Generate with docs" as a person does it: key, input box, the pending change at its place, lenses, keys, undo. The words are known here. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEditor, type Editor } from "../support/editor";
import { sampleFolders } from "./chatPage";
import { codePage } from "./codePage";
import { holdMark, recordedModel, startRecordedOllama, type RecordedOllama } from "./recordedOllama";

const answer = `Here is the method:

\`\`\`java
import java.util.List;
import org.springframework.dao.EmptyResultDataAccessException;

@Transactional
public void delete(long id) {
    int deleted = this.jdbc.sql("delete from orders where id = :id").param("id", id).update();
    if (deleted == 0) {
        throw new EmptyResultDataAccessException(1);
    }
}
\`\`\`

It runs in a transaction.
`;

const folders = sampleFolders("generate");
const service = path.join(
  folders.workspace,
  ...["src", "main", "java", "com", "example", "orders", "OrderService.java"],
);
let ollama: RecordedOllama;
let editor: Editor;

beforeAll(async () => {
  ollama = await startRecordedOllama({ pieceMilliseconds: 60 });
  ollama.setAnswer(answer);
  editor = await startEditor({
    folder: folders.workspace,
    settings: {
      "docwright.ollama.host": ollama.url,
      "docwright.model": recordedModel,
      "workbench.reduceMotion": "on",
      "files.autoSave": "off", // on by default in the browser
      "editor.hover.delay": 10_000, // a hover of the resting mouse would take the Escape
    },
  });
});

afterAll(async () => {
  await editor.close();
  await ollama.close();
  folders.remove();
});

const { lens, tab, line, fillInstruction, acceptCompiling } = codePage(() => editor);

async function ask(instruction: string): Promise<void> {
  await fillInstruction(instruction);
  await editor.page.keyboard.press("Enter");
}

test("the code comes as a pending change, at its place and marked, while the file stays as it is", async () => {
  const before = readFileSync(service, "utf8");
  await editor.openFile("OrderService.java");
  const lastMember = before.split("\n").findLastIndex((line) => line === "    }") + 1;
  await editor.goTo(lastMember, 6);
  await ask("delete an order by its id");
  await tab("Pending: OrderService.java").waitFor({ timeout: 60_000 });
  await editor.screenshot("generate-streaming");
  await lens("Accept").waitFor({ timeout: 60_000 });
  await line("public void delete(").waitFor();
  await acceptCompiling();
  await editor.screenshot("generate-pending");
  expect(await lens("Sources").count()).toBe(1);
  expect(readFileSync(service, "utf8")).toBe(before);
});

test("its sources are listed with their place, and open as read-only documents", async () => {
  await lens("Sources").click();
  const row = editor.page.locator(".quick-input-list .monaco-list-row").first();
  await row.waitFor();
  await editor.screenshot("generate-sources");
  await row.click();
  await editor.page.locator(".tab.active", { hasText: ".md" }).waitFor();
  await editor.screenshot("generate-passage");
  await editor.page.keyboard.press("Control+w");
});

test("Ctrl+Enter accepts it into the file, and one undo takes it all back", async () => {
  await tab("Pending: OrderService.java").click();
  await line("public void delete(").click();
  await editor.page.keyboard.press("Control+Enter");
  await tab("Pending: OrderService.java").waitFor({ state: "detached" });
  await editor.page.locator(".tab.active.dirty", { hasText: "OrderService.java" }).waitFor();
  await line("public void delete(").waitFor();
  await editor.screenshot("generate-accepted");
  await editor.page.keyboard.press("Control+z");
  await editor.page.locator(".tab.active:not(.dirty)", { hasText: "OrderService.java" }).waitFor();
  expect(await editor.page.locator(".view-line", { hasText: "public void delete(" }).count()).toBe(0);
});

test("Escape closes what is open over the code first, then discards it, and what was discarded comes back", async () => {
  const pending = tab("Pending: OrderService.java");
  const mark = "EmptyResultDataAccessException(1)";
  await ask("delete an order by its id");
  await lens("Accept").waitFor({ timeout: 60_000 });
  await line(mark).click();
  await editor.page.keyboard.press("Control+f");
  const find = editor.page.locator(".find-widget.visible");
  await find.waitFor();
  await line(mark).click();
  await editor.page.keyboard.press("Escape");
  await find.waitFor({ state: "detached" });
  await pending.waitFor();
  await line(mark).click();
  await editor.page.keyboard.press("Escape");
  await pending.waitFor({ state: "detached" });
  await editor.page.locator(".tab.active:not(.dirty)", { hasText: "OrderService.java" }).waitFor();
  const back = editor.page.locator(".statusbar-item", { hasText: "Discarded: bring back" });
  await back.waitFor();
  await editor.screenshot("generate-discarded");
  await back.click();
  await lens("Accept").waitFor();
  await back.waitFor({ state: "detached" });
  await line(mark).click();
  await editor.page.keyboard.press("Escape");
  await pending.waitFor({ state: "detached" });
});

test("a comparison that is cancelled in the middle leaves nothing behind, and says nothing", async () => {
  ollama.setAnswer(answer.replace("@Transactional", `${holdMark}@Transactional`));
  await editor.palette("Docwright: Compare with and without docs");
  await editor.page.locator(".quick-input-title", { hasText: "Compare with and without docs" }).waitFor();
  await editor.page.locator(".quick-input-widget input[type=text]").fill("delete an order by its id");
  await editor.page.keyboard.press("Enter");
  await ollama.untilHeld();
  await editor.page
    .locator(".notification-toast", { hasText: "With and without docs" })
    .getByRole("button", { name: "Cancel" })
    .click();
  await editor.page.locator(".notification-toast").first().waitFor({ state: "detached" });
  await tab("With docs").waitFor({ state: "detached" });
  expect(await tab("Pending:").count()).toBe(0);
  expect(await editor.page.locator(".notification-toast").count()).toBe(0);
  ollama.setAnswer(answer);
});

test("a server that is not there is told of, with what mends it", async () => {
  await ollama.close();
  await ask("delete an order by its id");
  const toast = editor.toast("Ollama");
  await toast.first().waitFor({ timeout: 60_000 });
  await editor.screenshot("generate-no-server");
  expect(await toast.first().innerText()).toMatch(/not installed|No Ollama server answers/);
});
