/** What a pending change does to the document: nothing, until Accept; then one edit that one undo takes back. */
import assert from "node:assert/strict";
import { chmod, readdir, rm } from "node:fs/promises";
import * as vscode from "vscode";
import { pieces, replayModel, startReplayServer, type ReplayServer } from "./support/replayServer";
import {
  cleanUp,
  configure,
  javaPath,
  onDisk,
  openAt,
  pause,
  pendingEditor,
  pendingLenses,
  pendingReady,
  removeFile,
  run,
  until,
} from "./support/workspace";

/** A name for each test: the editor keeps documents for a while after their editors are closed. */
let file = "";
let count = 0;
const source = `package com.example.orders;

import java.util.List;

class Pending {

    List<String> names = List.of();
‸
}
`;
const clean = source.replace("‸", "");
const answer = `Here is the method:

\`\`\`java
import java.util.Map;

public Map<String, Integer> lengths() {
    return Map.of();
}
\`\`\`

It returns a map.
`;
const accepted = `package com.example.orders;

import java.util.List;
import java.util.Map;

class Pending {

    List<String> names = List.of();

    public Map<String, Integer> lengths() {
        return Map.of();
    }
}
`;

describe("a pending change", () => {
  let server: ReplayServer;

  before(async () => {
    server = await startReplayServer();
    await configure({ "ollama.host": server.url, model: replayModel });
  });
  beforeEach(() => {
    file = `Pending${++count}.java`;
    server.answer = () => pieces(answer);
  });
  afterEach(async () => {
    await cleanUp();
    await removeFile(file);
  });
  after(async () => {
    await server.close();
    await configure({ "ollama.host": undefined, model: undefined });
  });

  const generate = async (text = source, instruction = "a map of lengths") => {
    const editor = await openAt(file, text);
    const done = run("generate", instruction);
    return { document: editor.document, done };
  };

  it("is shown at its place, code without prose, and leaves the document alone", async () => {
    const { document, done } = await generate();
    await done;
    const preview = await pendingReady("public Map<String, Integer> lengths()");
    assert.ok(!preview.document.getText().includes("Here is the method"));
    assert.equal(document.getText(), clean);
    assert.equal(document.isDirty, false);
    const lenses = await pendingLenses();
    for (const action of ["Accept", "Discard", "Regenerate"]) {
      assert.ok(
        lenses.some((title) => title.includes(action)),
        `${action} is among ${lenses.join(" | ")}`,
      );
    }
  });

  it("is accepted as one edit with its imports among the imports, and one undo takes all of it back", async () => {
    const { document, done } = await generate();
    await done;
    await pendingReady();
    await run("accept");
    assert.equal(document.getText(), accepted);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    assert.equal(pendingEditor(), undefined);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), clean);
    await vscode.commands.executeCommand("redo");
    assert.equal(document.getText(), accepted);
  });

  it("is discarded without a trace", async () => {
    const { document, done } = await generate();
    await done;
    await pendingReady();
    await run("discard");
    assert.equal(pendingEditor(), undefined);
    assert.equal(document.getText(), clean);
    assert.equal(document.isDirty, false);
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  it("stops the model when it is discarded in the middle", async () => {
    server.answer = () => pieces(answer.repeat(200), 5);
    const before = server.aborted();
    const { document, done } = await generate();
    await until("the preview", pendingEditor);
    await run("discard");
    await done;
    await until("the server to see the connection end", () => server.aborted() > before);
    assert.equal(document.getText(), clean);
  });

  it("is not in the file when that is saved meanwhile, by hand or by itself", async () => {
    server.answer = () => pieces(answer, 60);
    const files = vscode.workspace.getConfiguration("files");
    await files.update("autoSave", "afterDelay", vscode.ConfigurationTarget.Global);
    await files.update("autoSaveDelay", 100, vscode.ConfigurationTarget.Global);
    try {
      const { document, done } = await generate();
      await until("the first lines", pendingEditor);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "// first\n");
      await vscode.workspace.applyEdit(edit);
      await until("auto-save", async () => (await onDisk(file)).startsWith("// first\n"));
      assert.equal(await onDisk(file), `// first\n${clean}`);
      await document.save();
      await vscode.workspace.saveAll();
      assert.equal(await onDisk(file), `// first\n${clean}`);
      await pendingReady();
      await done;
      assert.equal(await onDisk(file), `// first\n${clean}`);
      await run("accept");
      assert.equal(document.getText(), `// first\n${accepted}`);
    } finally {
      await files.update("autoSave", undefined, vscode.ConfigurationTarget.Global);
      await files.update("autoSaveDelay", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("leaves nothing for hot exit or a crash to bring back", async () => {
    server.answer = () => pieces(answer, 60);
    const { document, done } = await generate();
    await until("the first lines", pendingEditor);
    assert.equal(document.isDirty, false);
    const dirty = vscode.workspace.textDocuments.filter((each) => each.isDirty);
    assert.deepEqual(
      dirty.map(({ uri }) => uri.toString()),
      [],
    );
    await done;
    await pendingReady();
  });

  it("follows edits above its place", async () => {
    const { document, done } = await generate();
    await done;
    await pendingReady();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(4, 0), "/** Two\n * lines. */\n");
    await vscode.workspace.applyEdit(edit);
    await until("the preview to follow", () => pendingEditor()?.document.getText().includes("lines. */"));
    await run("accept");
    assert.equal(
      document.getText(),
      accepted.replace("class Pending", "/** Two\n * lines. */\nclass Pending"),
    );
  });

  it("tells when the selected code was edited meanwhile", async () => {
    const { document, done } = await generate(
      clean.replace("List<String> names = List.of();", "«int a = 1;\n    int b = 2;»"),
    );
    await done;
    await pendingReady();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(6, 4, 6, 7), "long");
    await vscode.workspace.applyEdit(edit);
    const lenses = await until("the remark", async () => {
      const titles = await pendingLenses();
      return titles.some((title) => title.includes("edited meanwhile")) && titles;
    });
    assert.ok(lenses.some((title) => title.includes("Accept")));
  });

  it("survives the closing of the file's editor, and is accepted into the file", async () => {
    const { document, done } = await generate();
    await done;
    await pendingReady();
    const tab = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(
        ({ input }) =>
          input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString(),
      );
    assert.ok(tab);
    await vscode.window.tabGroups.close(tab);
    await run("accept");
    assert.equal(vscode.window.activeTextEditor?.document.getText(), accepted);
    assert.equal(await onDisk(file), clean);
  });

  it("can be shown again when its own tab was closed", async () => {
    const { document, done } = await generate();
    await done;
    const preview = await pendingReady();
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await until("the tab to be closed", () => pendingEditor() === undefined);
    assert.equal(document.getText(), clean);
    await run("showPending");
    const again = await until("the preview", pendingEditor);
    assert.equal(again.document.getText(), preview.document.getText());
  });

  it("is not lost when its file is deleted", async () => {
    const { document, done } = await generate();
    await done;
    await pendingReady();
    await rm(javaPath(file));
    await run("accept");
    assert.equal(document.getText(), accepted);
    assert.ok(document.isDirty, "the editor has the code, and saving brings the file back");
    assert.ok(!(await readdir(javaPath(""))).includes(file));
  });

  it("is refused for a read-only file before the model is asked, and kept when the file becomes one", async () => {
    const asked = server.requests.length;
    await openAt(file, source);
    await chmod(javaPath(file), 0o444);
    await run("generate", "a map of lengths");
    assert.equal(server.requests.length, asked);
    assert.equal(pendingEditor(), undefined);

    await chmod(javaPath(file), 0o644);
    const { document, done } = await generate();
    await done;
    await pendingReady();
    await chmod(javaPath(file), 0o444);
    void run("accept"); // it asks what to do, and nobody answers here
    await pause(500);
    assert.equal(document.getText(), clean);
    assert.ok(pendingEditor(), "the proposal is still there");
  });

  it("keeps what had come when the server is killed in the middle", async () => {
    server.answer = async function* () {
      yield* pieces(answer.slice(0, answer.indexOf("return Map")));
      await pause(300);
      server.breakOff();
    };
    const { document, done } = await generate();
    await done;
    const lenses = await until("the remark", async () => {
      const titles = await pendingLenses();
      return titles.some((title) => title.includes("broken off")) && titles;
    });
    assert.ok(lenses.some((title) => title.includes("Regenerate")));
    assert.equal(document.getText(), clean);
    server.answer = () => pieces(answer);
    await run("regenerate");
    await run("accept");
    assert.equal(document.getText(), accepted);
  });

  it("asks for another answer with another seed", async () => {
    const { done } = await generate();
    await done;
    await pendingReady();
    const first = server.requests.at(-1)?.options["seed"];
    server.answer = () => pieces(answer.replaceAll("lengths", "sizes"));
    await run("regenerate");
    assert.notEqual(server.requests.at(-1)?.options["seed"], first);
    await until("the other answer", () => pendingEditor()?.document.getText().includes("sizes()"));
    assert.ok(!pendingEditor()?.document.getText().includes("lengths()"));
  });

  it("keeps tabs, line ends and the rest of the file as they are", async () => {
    const text = clean.replaceAll("    ", "\t").replaceAll("\n", "\r\n");
    const marked = text.replace("List.of();\r\n\r\n}", "List.of();\r\n‸\r\n}");
    const editor = await openAt(file, marked);
    editor.options = { insertSpaces: false };
    assert.equal(editor.document.eol, vscode.EndOfLine.CRLF);
    const done = run("generate", "a map of lengths");
    await done;
    await pendingReady();
    await run("accept");
    assert.equal(editor.document.getText(), accepted.replaceAll("    ", "\t").replaceAll("\n", "\r\n"));
  });

  it("takes a selected comment as its instruction", async () => {
    await openAt(
      file,
      clean.replace("List<String> names", "«// lengths of all names»\n    List<String> names"),
    );
    const done = run("generate");
    await done;
    await pendingReady();
    const prompt =
      server.requests
        .at(-1)
        ?.messages.map(({ content }) => content)
        .join("\n") ?? "";
    assert.ok(prompt.includes("lengths of all names"));
  });

  it("sends the project's version and passages of its reference along", async () => {
    const { done } = await generate(source, "set the timeout of the graceful shutdown of the web server");
    await done;
    await pendingReady();
    const prompt =
      server.requests
        .at(-1)
        ?.messages.map(({ content }) => content)
        .join("\n") ?? "";
    assert.match(prompt, /3\.2/);
    const lenses = await pendingLenses();
    assert.ok(
      lenses.some((title) => /Sources \(\d+\)/.test(title)),
      lenses.join(" | "),
    );
  });

  it("says when the documents do not answer and the model wrote alone", async () => {
    const { done } = await generate(source, "the capital of France");
    await done;
    await pendingReady();
    const lenses = await pendingLenses();
    assert.ok(
      lenses.some((title) => title.includes("from the model alone")),
      lenses.join(" | "),
    );
    assert.ok(!lenses.some((title) => title.includes("Sources")));
  });
});
