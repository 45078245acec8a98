/** Every state of the chat; at 200 % as well. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { holdMark } from "../e2e/recordedOllama";
import { startGallery, type Gallery } from "./gallery";

const answer = `## Shutting down

Set \`server.shutdown\` to \`graceful\` so that the web server refuses new requests and lets running ones end. How long it waits is \
\`spring.lifecycle.timeout-per-shutdown-phase\`, 30s by default.

\`\`\`yaml
server:
  shutdown: graceful
\`\`\`

${holdMark}| server | what it does meanwhile |
| --- | --- |
| Tomcat | stops accepting requests |
| Undertow | answers 503 |

A bean can take part in it:

\`\`\`java
@Component
class Drain implements SmartLifecycle {

    private volatile boolean running;

    @Override
    public void stop(Runnable callback) {
        this.running = false;
        callback.run();
    }
}
\`\`\`

1. Ask the load balancer to send nothing more.
2. Then stop the application.
`;
const question = "How do I let requests finish when the server stops?";
const whole = answer.replaceAll(holdMark, "");

let gallery: Gallery;

beforeAll(async () => {
  gallery = await startGallery("chat", {
    models: [
      {
        name: "mixtral:latest",
        ...{ bytes: 26e9, parameters: "46.7B", quantisation: "Q4_0", family: "llama", contextTokens: 32_768 },
      },
    ],
  });
  gallery.ollama().setAnswer(answer);
});

afterEach((context) => gallery.failed(context));

afterAll(() => gallery.close());

const page = () => gallery.editor.page;
const last = () => gallery.chat.turns.last();
const click = (name: string | RegExp) => gallery.chat.frame.getByRole("button", { name }).first().click();

async function complete(words: string, said = whole): Promise<void> {
  gallery.ollama().setAnswer(said);
  await gallery.chat.ask(words);
  await gallery.chat.ended(60_000);
}

test("empty", async () => {
  await gallery.editor.openFile("OrderService.java");
  await gallery.chat.open();
  await gallery.chat.frame.getByText("The model recorded:latest is there").waitFor({ timeout: 60_000 });
  await gallery.chat.frame.getByText("field guide", { exact: false }).waitFor();
  await gallery.show("empty");
});

test("streaming", async () => {
  await gallery.chat.ask(question);
  await last().getByText("shutdown: graceful").waitFor({ timeout: 60_000 });
  await gallery.show("streaming");
  gallery.ollama().goOn();
});

test("answered", async () => {
  await gallery.chat.ended(60_000);
  await last().getByRole("heading", { name: question }).scrollIntoViewIfNeeded();
  await gallery.show("answered");
});

test("citation", async () => {
  await last().locator(".citation").first().hover();
  await gallery.chat.frame.getByRole("tooltip").waitFor();
  await gallery.show("citation");
  await page().mouse.move(900, 500);
});

test("passage", async () => {
  await last().locator(".citation").first().click();
  await page().locator(".tab.active", { hasText: ".md" }).waitFor();
  await gallery.show("passage");
  await page().keyboard.press("Control+w");
});

test("window bar and sources", async () => {
  await last().locator(".window-use > summary").click();
  const uncited = last().locator(".uncited > summary");
  if ((await uncited.count()) > 0) await uncited.click();
  await last().locator(".answer-foot").scrollIntoViewIfNeeded();
  await gallery.show("window");
});

test("edit the question", async () => {
  await last().hover();
  await last().getByRole("button", { name: "Edit the question" }).click();
  await gallery.show("edit");
  await page().keyboard.press("Escape");
});

test("context", async () => {
  await click("Add context");
  await gallery.quick.row("A file…").waitFor();
  await gallery.show("context-menu");
  await gallery.quick.row("OrderService.java").click();
  await gallery.chat.input.press("@");
  await gallery.quick.row("application.yml").waitFor();
  await gallery.show("context-file");
  await gallery.quick.row("application.yml").click();
  await gallery.chat.input.press("#");
  await gallery.quick.title("Ask these documents only").waitFor();
  await gallery.show("context-documents");
  await page().keyboard.press("Space");
  await page().keyboard.press("Enter");
  await gallery.editor.openFile("OrderService.java");
  await gallery.editor.goTo(25);
  for (let lines = 0; lines < 4; lines++) await page().keyboard.press("Shift+ArrowDown");
  await expect.poll(() => gallery.chat.frame.locator(".composer .chip").count()).toBeGreaterThan(2);
  await gallery.show("chips");
  await complete("Does this method need a transaction?", "It writes, so it should run in one.");
  await gallery.show("sent-context");
});

test("explain", async () => {
  gallery
    .ollama()
    .setAnswer(
      "`@Transactional` makes the method run in a transaction: it commits when the method returns and rolls back when it throws a runtime exception.",
    );
  await gallery.editor.palette("Docwright: Explain with reference docs");
  await last()
    .getByRole("heading", { name: /^Explain OrderService/ })
    .waitFor({ timeout: 60_000 });
  await gallery.chat.ended(60_000);
  await gallery.show("explain");
});

test("not answered by the documents", async () => {
  await gallery.editor.goTo(1);
  await complete("What is the capital of France?", "Paris is the capital of France.");
  await gallery.show("model-alone");
});

test("stopped", async () => {
  gallery.ollama().setAnswer(answer);
  await gallery.chat.ask("And with a timeout?");
  await last().getByText("shutdown: graceful").waitFor({ timeout: 60_000 });
  await gallery.chat.stop.click();
  await last().getByText("Stopped.").waitFor();
  await gallery.show("stopped");
});

test("chats", async () => {
  await click("New chat");
  await complete("Which port does the management server use?", "It uses the application's own port.");
  await gallery.editor.palette("Docwright: Show chats");
  await gallery.quick.title("Chats").waitFor();
  await gallery.show("list");
  await page().keyboard.press("Escape");
});

test("export", async () => {
  await gallery.editor.palette("Docwright: Export chat as Markdown");
  await page().locator(".tab.active", { hasText: "Untitled" }).waitFor();
  await gallery.show("export");
});

test("asked again", async () => {
  gallery.configure({ "docwright.confidence": "full", "docwright.model": "mixtral:latest" });
  await page().locator(".statusbar-item", { hasText: "mixtral:latest" }).waitFor();
  await click("New chat");
  await complete(question);
  await last().locator(".verdict").scrollIntoViewIfNeeded();
  await gallery.show("verdict");
  gallery.configure({ "docwright.confidence": "quiet" });
  await complete("Which embedded servers support it?", "All four embedded web servers support it.");
  await gallery.show("verdict-quiet");
  gallery.configure({ "docwright.confidence": "off", "docwright.model": "recorded:latest" });
});

test("no server", async () => {
  await gallery.stopOllama();
  await gallery.chat.ask("Are you there?");
  await last()
    .getByRole("button", { name: /Start Ollama|Get Ollama/ })
    .waitFor({ timeout: 60_000 });
  await gallery.show("no-server");
  await click("New chat");
  await gallery.chat.frame.getByRole("button", { name: /Start Ollama|Get Ollama/ }).waitFor();
  await gallery.show("nothing-there");
});
