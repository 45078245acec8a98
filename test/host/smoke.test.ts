import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the editor", () => {
  it("opens the sample project", () => {
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.name, "sample-project");
  });
});
