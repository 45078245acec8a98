/** What the editor offers on problems, and what becomes of it. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import { pieces, replayModel, startReplayServer, type ReplayServer } from "./support/replayServer";
import {
  cleanUp,
  configure,
  openAt,
  pendingReady,
  removeFile,
  run,
  until,
  workspacePath,
} from "./support/workspace";

const file = "Fixes.java";
const source = `package com.example.orders;

@Unknown
class Fixes {

    String chain() {
        return "a"
            .oldName()
            .trim();
    }‸
}
`;

describe("problems", () => {
  let server: ReplayServer;
  let problems: vscode.DiagnosticCollection;

  before(async () => {
    server = await startReplayServer();
    problems = vscode.languages.createDiagnosticCollection("fixes-test");
    await configure({ "ollama.host": server.url, model: replayModel });
  });
  afterEach(async () => {
    problems.clear();
    await cleanUp();
    await removeFile(file);
  });
  after(async () => {
    problems.dispose();
    await server.close();
    await configure({ "ollama.host": undefined, model: undefined });
  });

  const problemAt = (
    document: vscode.TextDocument,
    words: string,
    message: string,
    change: Partial<Pick<vscode.Diagnostic, "severity" | "tags">> = {},
  ) => {
    const start = document.getText().indexOf(words);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + words.length));
    const problem = new vscode.Diagnostic(range, message, change.severity ?? vscode.DiagnosticSeverity.Error);
    if (change.tags) problem.tags = change.tags;
    problems.set(document.uri, [problem]);
    return range;
  };
  const offered = async (document: vscode.TextDocument, range: vscode.Range) => {
    const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      range,
    );
    return actions.filter(({ title }) => title.includes("docs"));
  };
  const titlesOf = (actions: readonly vscode.CodeAction[]) => actions.map(({ title }) => title).sort();

  it("are fixed with docs: the whole statement goes along, with the problem's words", async () => {
    const { document } = await openAt(file, source);
    const range = problemAt(document, "oldName", "The method oldName() is undefined for the type String");
    const actions = await offered(document, range);
    assert.deepEqual(titlesOf(actions), ["Fix with docs"]);
    const [{ command } = {}] = actions;
    assert.ok(command);
    server.answer = () => pieces('```java\nreturn "a".trim();\n```\n', 0);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    await pendingReady('return "a".trim();');
    const prompt = server.requests.at(-1)?.messages.at(-1)?.content ?? "";
    assert.match(prompt, /Fix this problem: The method oldName\(\) is undefined/);
    assert.match(
      prompt,
      /The selection, which your code replaces:\n```java\nreturn "a"\n\s+\.oldName\(\)\n\s+\.trim\(\);\n```/,
    );
    await run("accept");
    assert.ok(
      document.getText().includes('    String chain() {\n        return "a".trim();\n    }'),
      document.getText(),
    );
  });

  it("of a deprecated API are fixed although they are hints only; other hints are left alone", async () => {
    const { document } = await openAt(file, source);
    const hint = { severity: vscode.DiagnosticSeverity.Hint };
    const deprecated = { ...hint, tags: [vscode.DiagnosticTag.Deprecated] };
    const range = problemAt(document, "oldName", "oldName() is deprecated", deprecated);
    assert.deepEqual(titlesOf(await offered(document, range)), ["Fix with docs"]);
    problemAt(document, "oldName", "could be shorter", hint);
    assert.deepEqual(titlesOf(await offered(document, range)), []);
  });

  it("of an annotation are explained with reference docs", async () => {
    const { document } = await openAt(file, source);
    const range = problemAt(document, "Unknown", "Unknown cannot be resolved to a type");
    assert.deepEqual(titlesOf(await offered(document, range)), [
      "Explain with reference docs",
      "Fix with docs",
    ]);
  });

  it("of a property are explained in the chat, with the line that goes along", async () => {
    const path = workspacePath("src", "main", "resources", "fixes.properties");
    await writeFile(path, "server.shutdwon=graceful\n");
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    const range = problemAt(document, "server.shutdwon", "'server.shutdwon' is an unknown property");
    const explain = (await offered(document, range)).find(({ title }) => title.startsWith("Explain"));
    assert.ok(explain?.command);
    const asked = server.requests.length;
    server.answer = () => pieces("It is `server.shutdown`.", 0);
    await vscode.commands.executeCommand(
      explain.command.command,
      ...((explain.command.arguments ?? []) as unknown[]),
    );
    const request = await until("the question", () => server.requests[asked]);
    const prompt = request.messages.at(-1)?.content ?? "";
    assert.match(prompt, /unknown property/);
    assert.match(prompt, /server\.shutdwon=graceful/);
    await vscode.workspace.fs.delete(document.uri);
  });
});
