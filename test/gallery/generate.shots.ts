/** Every state of "Generate with docs". */
import { afterAll, afterEach, beforeAll, test } from "vitest";
import { codePage } from "../e2e/codePage";
import { holdMark } from "../e2e/recordedOllama";
import { startGallery, type Gallery } from "./gallery";

const method = `import java.util.List;
import com.example.orders.OrderNotFoundException;

@Transactional
public void cancel(long id) {
    int deleted = this.jdbc.sql("delete from orders where id = :id").param("id", id).update();
${holdMark}    if (deleted == 0) {
        throw new OrderNotFoundException(id);
    }
}
`;
const others = `
\`\`\`java
package com.example.orders;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class OrderNotFoundException extends RuntimeException {

    public OrderNotFoundException(long id) {
        super("There is no order " + id);
    }
}
\`\`\`

\`\`\`yaml
spring:
  transaction:
    default-timeout: 5s
\`\`\`
`;
const answer = `\`\`\`java\n${method}\`\`\`\n${others}`;
const instruction = "cancel an order by its id in a transaction with a timeout of 5 s";

let gallery: Gallery;

beforeAll(async () => {
  gallery = await startGallery("generate");
  gallery.ollama().setAnswer(answer);
});

afterEach((context) => gallery.failed(context));

afterAll(() => gallery.close());

const page = () => gallery.editor.page;
const { lens, tab, line, fillInstruction, acceptCompiling } = codePage(() => gallery.editor);
const title = (text: string) => gallery.quick.title(text).waitFor();

async function ask(words = instruction): Promise<void> {
  await gallery.editor.openFile("OrderService.java");
  await gallery.editor.goTo(43, 6);
  await fillInstruction(words);
}

async function discard(): Promise<void> {
  await gallery.editor.palette("Docwright: Discard all");
  await tab("Pending:").first().waitFor({ state: "detached" });
}

test("palette", async () => {
  await gallery.editor.openFile("OrderService.java");
  await page().locator(".statusbar-item", { hasText: "Boot 3.2.12" }).waitFor({ timeout: 60_000 });
  await page().keyboard.press("F1");
  await gallery.quick.box.fill(">Docwright");
  await gallery.quick.row("Generate with docs").waitFor();
  await gallery.show("palette");
  await page().keyboard.press("Escape");
});

test("instruction", async () => {
  await ask();
  await gallery.show("instruction");
  await page().keyboard.press("Enter");
});

test("streaming", async () => {
  await tab("Pending: OrderService.java").waitFor({ timeout: 60_000 });
  await line("int deleted").waitFor();
  await gallery.show("streaming");
  gallery.ollama().goOn();
});

test("pending", async () => {
  await lens("Accept all").waitFor({ timeout: 60_000 });
  await line("OrderNotFoundException(id)").waitFor();
  await acceptCompiling();
  await gallery.show("pending", () => page().keyboard.press("F7"));
});

test("provenance", async () => {
  await page()
    .locator(".editor-instance .view-line", { hasText: "@Transactional" })
    .filter({ visible: true })
    .last()
    .click({ position: { x: 60, y: 8 } });
  await gallery.editor.palette("Show or Focus Hover");
  await page().locator(".monaco-hover:not(.hidden)", { hasText: "From" }).first().waitFor();
  await gallery.show("provenance");
  await page().keyboard.press("ArrowLeft"); // Escape would discard as well
});

test("sources", async () => {
  await lens("Sources").click();
  await gallery.quick.row("[1]").waitFor();
  await gallery.show("sources");
});

test("passage", async () => {
  await gallery.quick.row("[1]").click();
  await page().locator(".tab.active", { hasText: ".md" }).waitFor();
  await gallery.show("passage");
  await page().keyboard.press("Control+w");
});

test("several files", async () => {
  await tab("Pending: OrderService.java").click();
  await lens("new:").click();
  await tab("Pending: OrderNotFoundException.java").waitFor();
  await line("extends RuntimeException").waitFor();
  await gallery.show("new-file");
  await lens("application.yml").click();
  await tab("Pending: application.yml").waitFor();
  await line("default-timeout").waitFor();
  await gallery.show("yaml");
});

test("diff", async () => {
  await tab("Pending: OrderService.java").click();
  await gallery.editor.palette("Docwright: Show as a diff");
  await page().locator(".monaco-diff-editor").waitFor();
  await gallery.show("diff");
  await page().keyboard.press("Control+w");
});

test("refine", async () => {
  await tab("Pending: OrderService.java").click();
  await lens("Refine").click();
  await title("Refine:");
  await gallery.quick.box.fill("and return whether there was such an order");
  await gallery.show("refine");
  await page().keyboard.press("Escape");
});

test("alternatives", async () => {
  gallery.ollama().setAnswer(answer.replaceAll(holdMark, "").replaceAll("deleted", "cancelled"));
  await tab("Pending: OrderService.java").click();
  await lens("Regenerate").click();
  await page()
    .locator(".codelens-decoration span", { hasText: /answer.2.of/ })
    .filter({ visible: true })
    .first()
    .waitFor({ timeout: 60_000 });
  await line("int cancelled").waitFor();
  await gallery.show("alternatives");
});

test("accepted", async () => {
  await lens("Accept all").click();
  await tab("Pending:").first().waitFor({ state: "detached" });
  await line("int cancelled").waitFor();
  gallery.configure({ "docwright.keepMarks": true });
  await gallery.show("accepted");
  gallery.configure({ "docwright.keepMarks": false });
  await gallery.editor.palette("Docwright: Show accepted changes");
  await gallery.quick.row("cancel an order").waitFor();
  await gallery.show("history");
  await page().keyboard.press("Escape");
  await gallery.editor.palette("File: Save All Files");
});

test("compared", async () => {
  gallery.ollama().setAnswer(answer.replaceAll(holdMark, "").replaceAll("cancel(", "withdraw("));
  await gallery.editor.openFile("OrderService.java");
  await gallery.editor.goTo(43, 6);
  await gallery.editor.palette("Docwright: Compare with and without docs");
  await title("Compare with and without docs");
  await gallery.quick.box.fill(instruction);
  await page().keyboard.press("Enter");
  await gallery.editor.toast("With docs:").waitFor({ timeout: 120_000 });
  await gallery.show("compared");
  await gallery.editor.toast("With docs:").getByRole("button", { name: "Summary" }).click();
  await tab("Comparison").waitFor();
  await gallery.show("comparison");
  await gallery.editor.palette("View: Close All Editors");
});

test("broken off", async () => {
  gallery.ollama().setAnswer(answer.replaceAll("cancel(", "revoke("));
  await ask();
  await page().keyboard.press("Enter");
  await line("int deleted").waitFor({ timeout: 60_000 });
  gallery.ollama().breakOff();
  await lens("broken off").waitFor();
  await gallery.show("broken-off");
  await discard();
  await gallery.editor.palette("Notifications: Clear All Notifications");
});

test("from the model alone, and no code", async () => {
  gallery.ollama().setAnswer("Paris is the capital of France.");
  await ask("name the capital of France");
  await page().keyboard.press("Enter");
  await lens("no code").waitFor({ timeout: 60_000 });
  await gallery.show("no-code");
  await discard();
});

test("no server", async () => {
  await gallery.stopOllama();
  await ask();
  await page().keyboard.press("Enter");
  await gallery.editor.toast("Ollama").first().waitFor({ timeout: 60_000 });
  await gallery.show("no-server");
});
