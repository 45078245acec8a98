/** Pending changes where they are not usual: several files at once, a file that was never saved, a very long one; and what a new line rests on. */
import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import * as vscode from "vscode";
import { textOfHover } from "./support/hovers";
import { pieces, replayModel, startReplayServer, type ReplayServer } from "./support/replayServer";
import {
  cleanUp,
  configure,
  javaPath,
  onDisk,
  openAt,
  pendingEditor,
  pendingReady,
  removeFile,
  run,
  until,
  workspacePath,
} from "./support/workspace";

const file = "Places.java";
const source = "package com.example.orders;\n\nclass Places {\n‸\n}\n";
const method = (body: string) => `\`\`\`java\nvoid placed() {\n    ${body}\n}\n\`\`\`\n`;

async function hoverAt(document: vscode.TextDocument, offset: number): Promise<string | undefined> {
  const [hover] = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    document.positionAt(offset),
  );
  return hover?.contents.map((each) => textOfHover(each)).join("\n");
}

describe("a pending change", () => {
  let server: ReplayServer;

  before(async () => {
    server = await startReplayServer();
    await configure({ "ollama.host": server.url, model: replayModel });
  });
  afterEach(async () => {
    await cleanUp();
    await removeFile(file);
  });
  after(async () => {
    await server.close();
    await configure({ "ollama.host": undefined, model: undefined });
  });

  it("of several files is accepted and undone as one", async () => {
    const yaml = workspacePath("src", "main", "resources", "application.yml");
    const before = await readFile(yaml, "utf8");
    const type =
      "package com.example.orders;\n\npublic class PlaceNotFoundException extends RuntimeException {\n}\n";
    server.answer = () =>
      pieces(
        [
          method("throw new PlaceNotFoundException();"),
          `\`\`\`java\n${type}\`\`\`\n`,
          "```yaml\nspring:\n  transaction:\n    default-timeout: 5s\n```\n",
        ].join("\n"),
        0,
      );
    const { document } = await openAt(file, source);
    await run("generate", "fail where there is no such place");
    await pendingReady("PlaceNotFoundException");
    assert.equal(await readFile(yaml, "utf8"), before);
    await run("accept");
    const settings = await vscode.workspace.openTextDocument(yaml);
    const created = javaPath("PlaceNotFoundException.java");
    assert.ok(document.getText().includes("throw new PlaceNotFoundException();"));
    assert.equal((await vscode.workspace.openTextDocument(created)).getText().trim(), type.trim());
    assert.ok(settings.getText().includes("  transaction:\n    default-timeout: 5s"), settings.getText());
    assert.ok(settings.getText().startsWith("spring:\n  application:"), "what was there is where it was");
    await vscode.commands.executeCommand("undo");
    await until("the undo of all files", () => !settings.getText().includes("default-timeout"));
    assert.ok(!document.getText().includes("PlaceNotFoundException"));
    await rm(created, { force: true });
  });

  it("says on each new line what it rests on", async () => {
    server.answer = () =>
      pieces(
        method(
          'System.setProperty("spring.lifecycle.timeout-per-shutdown-phase", "20s"); inventedHelper.magicCall();',
        ),
        0,
      );
    await openAt(file, source);
    await run("generate", "set the timeout of the graceful shutdown of the web server");
    await pendingReady("timeout-per-shutdown-phase");
    const editor = pendingEditor();
    assert.ok(editor);
    const { document } = editor;
    const text = await until("the hover", () =>
      hoverAt(document, document.getText().indexOf("timeout-per-shutdown-phase")),
    );
    assert.match(text, /From the documents/);
    assert.match(text, /command:docwright\.openPassage/);
    assert.match(text, /Not in the documents nor in the project:.*`inventedHelper/s);
    assert.equal(await hoverAt(document, 3), undefined, "a line that was there rests on nothing");
  });

  it("says so on a new line that reads like one that was there", async () => {
    const statement = 'System.setProperty("spring.lifecycle.timeout-per-shutdown-phase", "20s");';
    server.answer = () => pieces(method(statement), 0);
    const before = `package com.example.orders;\n\nclass Places {\n    void first() {\n        ${statement}\n    }\n‸\n}\n`;
    await openAt(file, before);
    await run("generate", "set the timeout of the graceful shutdown of the web server");
    const { document } = await pendingReady("void placed()");
    const found = await until("the hover", () =>
      hoverAt(document, document.getText().lastIndexOf("timeout-per")),
    );
    assert.match(found, /From the documents/);
    assert.equal(await hoverAt(document, document.getText().indexOf("timeout-per")), undefined);
  });

  it("goes into a file that was never saved", async () => {
    server.answer = () => pieces(method("return;"), 0);
    const document = await vscode.workspace.openTextDocument({
      language: "java",
      content: "class Unsaved {\n\n}\n",
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await run("generate", "a method that is placed");
    await pendingReady("void placed()");
    await run("accept");
    assert.equal(document.getText(), "class Unsaved {\n    void placed() {\n        return;\n    }\n}\n");
    assert.equal(document.uri.scheme, "untitled");
  });

  it("in a file of 20,000 lines keeps its place, and never holds up the editor for long", async () => {
    const lines = Array.from({ length: 20_000 }, (_, line) => `    String größe${line} = "✓ ${line}";`);
    server.answer = () => pieces(method('System.out.println("größe ✓");'), 5);
    const text = `package com.example.orders;\n\nclass Places {\n\n${lines.join("\n")}\n‸\n}\n`;
    const { document } = await openAt(file, text);
    let longest = 0;
    let last = performance.now();
    const clock = setInterval(() => {
      longest = Math.max(longest, performance.now() - last - 20);
      last = performance.now();
    }, 20);
    try {
      await run("generate", "a method that is placed");
      await pendingReady("void placed()");
    } finally {
      clearInterval(clock);
    }
    console.log(`      longest hold-up: ${longest.toFixed(0)} ms`);
    await run("accept");
    const accepted = document.getText();
    assert.ok(accepted.startsWith(`package com.example.orders;\n\nclass Places {\n\n${lines[0]}`));
    assert.ok(
      accepted.endsWith(
        `${lines.at(-1)}\n\n    void placed() {\n        System.out.println("größe ✓");\n    }\n}\n`,
      ),
      accepted.slice(-200),
    );
    assert.equal(await onDisk(file), text.replace("‸", ""));
    // Generous, because other tests and servers share the processor.
    assert.ok(longest < 2_000, `the host was held up for ${longest.toFixed(0)} ms`);
  });
});
