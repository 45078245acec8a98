/** A pending change decided hunk by hunk, its alternatives and refinements; in the real editor, with a replayed answer. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { pieces, replayModel, startReplayServer, type ReplayServer } from "./support/replayServer";
import {
  cleanUp,
  configure,
  openAt,
  pause,
  pendingEditor,
  pendingLenses,
  pendingReady,
  removeFile,
  run,
  until,
} from "./support/workspace";

let file = "";
let count = 0;
const members = ["one", "two", "three", "four", "five"].map(
  (name) => `    int ${name}() {\n        return 0;\n    }\n`,
);
const source = `package com.example.orders;\n\nclass Hunks {\n\n${members.join("\n")}}\n`;
/** The whole type again, with two of its methods changed and one import. */
const answerOf = (result: string) =>
  `\`\`\`java\nimport java.util.List;\n\n${source
    .slice(source.indexOf("class"))
    .replace("two() {\n        return 0", `two() {\n        return ${result}`)
    .replace("five() {\n        return 0", `five() {\n        return List.of(${result}).size()`)}\`\`\`\n`;

describe("hunks of a pending change", () => {
  let server: ReplayServer;

  before(async () => {
    server = await startReplayServer();
    await configure({ "ollama.host": server.url, model: replayModel });
  });
  beforeEach(() => {
    file = `Hunks${++count}.java`;
    server.answer = () => pieces(answerOf("2"), 0);
  });
  afterEach(async () => {
    await cleanUp();
    await removeFile(file);
  });
  after(async () => {
    await server.close();
    await configure({ "ollama.host": undefined, model: undefined });
  });

  const generate = async () => {
    const editor = await openAt(file, source.replace("class Hunks {", "class Hunks {‸"));
    await run("generate", "other results");
    await pendingReady("return 2;");
    await until("the hunks", async () => (await pendingLenses()).some((title) => title.includes("of 3")));
    return editor.document;
  };
  const line = (document: vscode.TextDocument, words: string) =>
    document
      .getText()
      .split("\n")
      .findIndex((each) => each.includes(words));
  const previewLine = (words: string) => {
    const editor = pendingEditor();
    assert.ok(editor);
    return line(editor.document, words);
  };
  const caretLine = () => vscode.window.activeTextEditor?.selection.active.line ?? -1;
  const caretTo = (words: string) => {
    const editor = pendingEditor();
    assert.ok(editor);
    const position = new vscode.Position(previewLine(words), 0);
    editor.selection = new vscode.Selection(position, position);
  };

  it("are shown with old and new lines and their own actions", async () => {
    await generate();
    const text = pendingEditor()?.document.getText() ?? "";
    assert.ok(text.includes("        return 0;\n        return 2;\n"), text);
    const lenses = await pendingLenses();
    assert.equal(lenses.filter((title) => title.endsWith("Accept")).length, 3, lenses.join(" | "));
    assert.ok(lenses.some((title) => title.includes("Accept all")));
  });

  it("are gone through by next and previous, round at the ends", async () => {
    await generate();
    caretTo("package");
    const places = [];
    for (let step = 0; step < 4; step++) {
      await run("nextHunk");
      places.push(caretLine());
    }
    assert.deepEqual(places, [2, previewLine("return 2;") - 1, previewLine("List.of(") - 1, 2]);
    await run("previousHunk");
    assert.equal(caretLine(), previewLine("List.of(") - 1);
  });

  it("are accepted one by one, each one undo, and the document has nothing else", async () => {
    const document = await generate();
    caretTo("return 2;");
    await run("acceptHunk");
    const withTwo = source.replace("two() {\n        return 0", "two() {\n        return 2");
    assert.equal(document.getText(), withTwo);
    await until("two hunks to be left", async () =>
      (await pendingLenses()).some((title) => title.includes("of 2")),
    );
    caretTo("List.of(");
    await run("acceptHunk");
    const withFive = withTwo.replace(
      "five() {\n        return 0",
      "five() {\n        return List.of(2).size()",
    );
    assert.equal(document.getText(), withFive);
    await run("acceptHunk");
    assert.equal(pendingEditor(), undefined, "the last hunk closes the preview");
    assert.equal(vscode.window.activeTextEditor?.document, document);
    assert.equal(document.getText(), withFive.replace("\n\nclass", "\n\nimport java.util.List;\n\nclass"));
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), withFive);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), withTwo);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), source);
  });

  it("are discarded one by one; the rest is accepted together", async () => {
    const document = await generate();
    caretTo("return 2;");
    await run("discardHunk");
    assert.equal(document.getText(), source);
    await until("two hunks to be left", async () =>
      (await pendingLenses()).some((title) => title.includes("of 2")),
    );
    await run("accept");
    assert.equal(
      document.getText(),
      source
        .replace("\n\nclass", "\n\nimport java.util.List;\n\nclass")
        .replace("five() {\n        return 0", "five() {\n        return List.of(2).size()"),
    );
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), source);
  });

  it("follow edits that are made between them", async () => {
    const document = await generate();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(line(document, "int three"), 0), "    // the third\n");
    await vscode.workspace.applyEdit(edit);
    await run("accept");
    assert.ok(document.getText().includes("    // the third\n    int three() {"));
    assert.ok(document.getText().includes("return List.of(2).size();"));
  });

  it("what was left to decide comes back after it was discarded", async () => {
    const document = await generate();
    await run("acceptHunk");
    const before = document.getText();
    await run("discard");
    assert.equal(pendingEditor(), undefined);
    await run("bringBack");
    await pendingReady("List.of(2).size()");
    assert.equal(document.getText(), before);
    await run("accept");
    assert.ok(document.getText().includes("return 2;"));
    assert.ok(document.getText().includes("return List.of(2).size();"));
    await vscode.commands.executeCommand("docwright.bringBack");
    assert.equal(pendingEditor(), undefined);
  });

  it("regenerate keeps the answers that were there, and one goes back and forth between them", async () => {
    const document = await generate();
    server.answer = () => pieces(answerOf("22"), 0);
    await run("regenerate");
    await pendingReady("return 22;");
    assert.ok((await pendingLenses()).some((title) => title.includes("answer 2 of 2")));
    await run("previousAlternative");
    await pendingReady("return 2;");
    assert.ok((await pendingLenses()).some((title) => title.includes("answer 1 of 2")));
    await run("nextAlternative");
    await pendingReady("return 22;");
    await run("accept");
    assert.ok(document.getText().includes("return 22;"));
  });

  it("an answer that is cancelled gives way to the one before it", async () => {
    const document = await generate();
    server.answer = () => pieces(answerOf("333"), 20);
    const done = run("regenerate");
    await pause(300);
    await run("discard");
    await done;
    await pendingReady("return 2;");
    assert.ok(!pendingEditor()?.document.getText().includes("333"));
    await run("accept");
    assert.ok(document.getText().includes("return 2;"));
  });

  it("a refinement sends the code so far along and shows what came of it", async () => {
    await generate();
    server.answer = () => pieces(answerOf("5"), 0);
    await run("generate", "with a result of 5"); // the key of generate refines where it is pressed in a preview
    await pendingReady("return 5;");
    const prompt = server.requests.at(-1)?.messages.at(-1)?.content ?? "";
    assert.match(prompt, /other results/);
    assert.match(prompt, /return List\.of\(2\)/);
    assert.match(prompt, /with a result of 5/);
  });

  it("who types in the file meanwhile keeps the caret, and is told", async () => {
    let goOn: () => void = () => undefined;
    const typed = new Promise<void>((resolve) => (goOn = resolve));
    server.answer = async function* () {
      await typed; // the first word comes when the person has typed, however slow the machine is
      yield* pieces(answerOf("2"), 0);
    };
    const asked = server.requests.length;
    const { document } = await openAt(file, source.replace("class Hunks {", "class Hunks {‸"));
    const done = run("generate", "other results");
    await until("the request", () => server.requests.length > asked);
    await vscode.commands.executeCommand("type", { text: "\n    int typed;" });
    const before = vscode.window.activeTextEditor?.selection.active;
    goOn();
    await done;
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document, document);
    assert.ok(before && editor.selection.active.isEqual(before));
    assert.equal(pendingEditor(), undefined);
    await run("showPending");
    await pendingReady("return 2;");
  });
});
