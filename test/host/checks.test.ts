/** A pending change is checked against its project in the background: what is found stands above it, and what needs no model is mended. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { pieces, replayModel, startReplayServer, type ReplayServer } from "./support/replayServer";
import {
  cleanUp,
  configure,
  openAt,
  pendingEditor,
  pendingLenses,
  pendingReady,
  removeFile,
  run,
  until,
} from "./support/workspace";

const source = `package com.example.orders;

class Checked {
‸
}
`;
/** The name is a known mistake in Spring Boot 3, whatever is on this machine of the class path. */
const old = "javax.servlet.error.status_code";
const right = "jakarta.servlet.error.status_code";
const answer = `\`\`\`java
public String status() {
    return "${old}";
}
\`\`\``;
/** The compiler's process starts with the first check. */
const patience = 50_000;

const previewHas = (text: string) => pendingEditor()?.document.getText().includes(text) === true;
const lens = (text: string) =>
  until(
    `the lens "${text}"`,
    async () => (await pendingLenses()).find((title) => title.includes(text)),
    patience,
  );
const findings = () => {
  const uri = pendingEditor()?.document.uri;
  return uri ? vscode.languages.getDiagnostics(uri).filter((each) => each.source === "Docwright") : [];
};

describe("checks of a pending change", () => {
  let server: ReplayServer;
  let file = "";
  let count = 0;

  before(async () => {
    server = await startReplayServer();
    await configure({ "ollama.host": server.url, model: replayModel });
  });
  beforeEach(() => {
    file = `Checked${++count}.java`;
    server.answer = () => pieces(answer);
  });
  afterEach(async () => {
    await cleanUp();
    await removeFile(file);
    await configure({ checks: undefined });
  });
  after(async () => {
    await server.close();
    await configure({ "ollama.host": undefined, model: undefined });
  });

  const generate = async () => {
    await openAt(file, source.replace("Checked", file.replace(".java", "")));
    await run("generate", "the status");
    await pendingReady("status()");
  };

  it("mends what needs no model, and keeps the answer as it came one click away", async () => {
    await configure({ checks: "mend" });
    await generate();
    await until("the mended text", () => previewHas(right), patience);
    await lens("1 mended");
    assert.ok((await pendingLenses()).some((title) => title.includes("answer 2 of 2")));
    await run("previousAlternative");
    await until("the first answer", () => previewHas(old));
    await lens("as the model wrote it");
    await run("nextAlternative");
    await until("the mended one", () => previewHas(right));
    await run("accept");
    assert.ok(vscode.window.activeTextEditor?.document.getText().includes(right));
  });

  it("only shows what is wrong when asked for no more, on its line, with a fix", async () => {
    await configure({ checks: "check" });
    await generate();
    await lens("1 known mistake");
    const [diagnostic] = await until("the diagnostic", () => (findings().length > 0 ? findings() : false));
    const editor = await until("the preview", pendingEditor);
    assert.ok(diagnostic);
    assert.ok(editor.document.lineAt(diagnostic.range.start.line).text.includes(old));
    const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      editor.document.uri,
      diagnostic.range,
    );
    const fix = actions.find(({ title }) => title.includes("jakarta.servlet"));
    assert.ok(fix?.command, actions.map(({ title }) => title).join(" | "));
    await vscode.commands.executeCommand(
      fix.command.command,
      ...(fix.command.arguments as readonly unknown[]),
    );
    await until("the fixed text", () => previewHas(right));
    await until("the finding to be gone", () => findings().length === 0, patience);
  });

  it("does nothing when it is switched off", async () => {
    await configure({ checks: "off" });
    await generate();
    assert.ok(!(await pendingLenses()).some((title) => /checking|mistake|compile|check all/.test(title)));
    assert.deepEqual(findings(), []);
  });
});
