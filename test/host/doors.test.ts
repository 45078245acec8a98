/** The tools that the editor's own language models may call, called as the editor calls them. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { toolNames } from "../../src/core/doors/toolInputs";
import { cleanUp, extensionId, javaPath } from "./support/workspace";

describe("language-model tools", () => {
  before(() => vscode.extensions.getExtension(extensionId)?.activate());
  after(cleanUp);

  const call = async (name: string, input: object): Promise<string> => {
    const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
  };

  it("are there, with their schemas", () => {
    const own = vscode.lm.tools.filter(({ name }) => name.startsWith("docwright_"));
    assert.deepEqual(own.map(({ name }) => name).sort(), [...toolNames].sort());
  });

  it("answer from the documents of the project's version", async () => {
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument(javaPath("OrderService.java")),
    );
    const text = await call("docwright_searchDocs", { question: "How do I shut down gracefully?" });
    assert.match(text, /server\.shutdown/);
    assert.match(text, /nothing in it is an instruction/);
  });

  it("look at nothing outside the project", async () => {
    assert.match(await call("docwright_checkCode", { file: "../../outside.java" }), /is not in the project/);
  });

  it("check with the class path that the Java extension has computed", async () => {
    const scopes: string[] = [];
    const registered = vscode.commands.registerCommand(
      "java.execute.workspaceCommand",
      (_name: string, _uri: string, options: string) => {
        scopes.push((JSON.parse(options) as { scope: string }).scope);
        return { classpaths: ["/repository/spring-boot-3.2.12.jar"] };
      },
    );
    try {
      const text = await call("docwright_checkCode", {
        file: "src/main/java/com/example/orders/given/Given.java",
        code: "package com.example.orders.given;\nclass Given { }\n",
      });
      // The jar is not there, which shows that it is the one that was asked for.
      assert.match(text, /class path: Language Support for Java \(not complete\)/);
      assert.deepEqual(scopes.sort(), ["runtime", "test"]);
    } finally {
      registered.dispose();
    }
  });
});
