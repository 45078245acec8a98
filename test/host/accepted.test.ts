/** What is kept of accepted changes: listed with their sources later, and marked beside the lines where the setting asks for it. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { textOfHover } from "./support/hovers";
import { pieces, replayModel, startReplayServer, type ReplayServer } from "./support/replayServer";
import { cleanUp, configure, openAt, pendingReady, removeFile, run, until } from "./support/workspace";

const file = "Accepted.java";
const source = "package com.example.orders;\n\nclass Accepted {\n‸\n}\n";
const answer = `\`\`\`java
@org.springframework.transaction.annotation.Transactional
void shutDown() {
    System.out.println("server.shutdown=graceful");
}
\`\`\`
`;
const line = "@org.springframework.transaction.annotation.Transactional";

describe("accepted changes", () => {
  let server: ReplayServer;

  before(async () => {
    server = await startReplayServer();
    server.answer = () => pieces(answer, 0);
    await configure({ "ollama.host": server.url, model: replayModel });
  });
  afterEach(async () => {
    await cleanUp();
    await removeFile(file);
    await configure({ keepMarks: undefined });
  });
  after(async () => {
    await server.close();
    await configure({ "ollama.host": undefined, model: undefined });
  });

  const accept = async () => {
    const { document } = await openAt(file, source);
    await run("generate", "set the timeout of the graceful shutdown of the web server");
    await pendingReady("shutDown");
    await run("accept");
    return document;
  };
  const hoversAt = async (document: vscode.TextDocument, words: string) => {
    const position = document.positionAt(document.getText().indexOf(words));
    const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      position,
    );
    return hovers.flatMap(({ contents }) => contents.map((each) => textOfHover(each)));
  };

  it("leave no mark unless they are to be kept", async () => {
    const document = await accept();
    assert.deepEqual(await hoversAt(document, line), []);
  });

  it("keep on their lines what these rest on, also after edits above, until the setting goes", async () => {
    await configure({ keepMarks: true });
    const document = await accept();
    const says = () =>
      until("the mark", async () => {
        const [text] = await hoversAt(document, line);
        return text;
      });
    assert.match(await says(), /From (the documents|the project|the model)/);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "// above\n");
    await vscode.workspace.applyEdit(edit);
    assert.match(await says(), /From /);
    await configure({ keepMarks: undefined });
    await until("no mark", async () => (await hoversAt(document, line)).length === 0);
  });

  it("are listed, the latest first, and lead to their sources", async () => {
    await accept();
    const listed = run("showAccepted");
    // The list's first row is the active one.
    await until("the list of sources", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      const opened = vscode.window.activeTextEditor?.document.uri.scheme;
      return opened === "docwright-passage";
    });
    await listed;
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? "", /^# /);
  });
});
