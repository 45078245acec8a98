/** "Compare with and without docs" in the real editor: two requests, one diff, and what can be done from it. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { pieces, replayModel, startReplayServer, type ReplayServer } from "./support/replayServer";
import {
  cleanUp,
  configure,
  openAt,
  pendingEditor,
  pendingReady,
  removeFile,
  run,
  until,
} from "./support/workspace";

const file = "Compared.java";
const source = "package com.example.orders;\n\nclass Compared {\n‸\n}\n";
const instruction = "set the timeout of the graceful shutdown of the web server";
const answerOf = (name: string) => `\`\`\`java\nint ${name}() {\n    return 1;\n}\n\`\`\`\n`;

describe("a comparison", () => {
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

  const diffTab = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(
        ({ input }) =>
          input instanceof vscode.TabInputTextDiff && input.modified.scheme === "docwright-compare",
      );
  const sides = async () => {
    const tab = await until("the diff under its title", () => {
      const found = diffTab();
      return found?.label.includes("passage") ? found : undefined;
    });
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    const [left, right] = await Promise.all(
      [tab.input.original, tab.input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    return { label: tab.label, left: left?.getText() ?? "", right: right?.getText() ?? "" };
  };

  it("asks the bare model and the model with documents, and shows the file with each answer", async () => {
    const asked = server.requests.length;
    server.answer = () => pieces(answerOf(server.requests.length === asked + 1 ? "alone" : "documented"), 0);
    const { document } = await openAt(file, source);
    await run("compare", instruction);
    const [bare, grounded] = server.requests.slice(asked).map(({ messages }) => messages[0]?.content ?? "");
    assert.ok(!bare?.includes("Passages:"), bare);
    assert.ok(grounded?.includes("Passages:"), grounded);
    assert.deepEqual(
      server.requests.slice(asked).map(({ options }) => options["seed"]),
      [1, 1],
    );
    const { label, left, right } = await sides();
    assert.match(label, /^Without docs: [\d.]+ s.* ↔ With docs: [\d.]+ s, \d+ passages?/);
    assert.ok(left.includes("class Compared {") && left.includes("int alone()"), left);
    assert.ok(right.includes("class Compared {") && right.includes("int documented()"), right);
    assert.equal(document.isDirty, false);

    await run("compareSummary");
    await until("the summary in the Markdown preview", () => {
      const { input, label = "" } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      return input instanceof vscode.TabInputWebview && label.includes("Comparison");
    });
    const summary =
      vscode.workspace.textDocuments
        .map((each) => each.getText())
        .find((text) => text.startsWith(`# ${instruction}`)) ?? "";
    for (const part of ["| time |", "| passages | 0 |", "## Passages", "int alone()", "int documented()"]) {
      assert.ok(summary.includes(part), `${part} is in ${summary}`);
    }
  });

  it("judges the code together with the other types of its answer", async () => {
    const helper = "```java\npackage com.example.orders;\n\npublic class Helper {\n}\n```\n";
    const code = "```java\nHelper helper() {\n    return new Helper();\n}\n```\n";
    server.answer = () => pieces(`${code}\n${helper}`, 0);
    await openAt(file, source);
    await run("compare", instruction);
    const label = await until("what was found", () => {
      const title = diffTab()?.label ?? "";
      return title.includes("finding") && title;
    });
    assert.match(label, /no findings ↔ .*no findings/);
  });

  it("turns the answer with documents into a pending change", async () => {
    server.answer = () => pieces(answerOf("documented"), 0);
    const { document } = await openAt(file, source);
    await run("compare", instruction);
    await sides();
    await run("takeCompared");
    await pendingReady("int documented()");
    await run("accept");
    assert.ok(document.getText().includes("int documented() {"), document.getText());
  });

  it("leaves nothing behind when the server is gone in the middle", async () => {
    const asked = server.requests.length;
    server.answer = async function* () {
      yield* pieces(answerOf("half"), 0);
      if (server.requests.length > asked + 1) server.breakOff();
    };
    await openAt(file, source);
    await run("compare", instruction);
    assert.equal(diffTab(), undefined);
    assert.equal(pendingEditor(), undefined);
  });
});
