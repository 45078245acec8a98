/** Tells the editor of `docwright mcp`, so that its own chat and other extensions can start it; nothing is started here. */
import * as path from "node:path";
import * as vscode from "vscode";
import { version } from "../../../package.json";

export function registerMcpProvider(packageRoot: string): vscode.Disposable {
  // Editors that are built on VS Code need not have it.
  if (
    typeof (vscode.lm as { registerMcpServerDefinitionProvider?: unknown } | undefined)
      ?.registerMcpServerDefinitionProvider !== "function"
  ) {
    return new vscode.Disposable(() => undefined);
  }
  return vscode.lm.registerMcpServerDefinitionProvider("docwright", {
    provideMcpServerDefinitions() {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      // Naming a project trusts it.
      const project = folder && vscode.workspace.isTrusted ? ["--project", folder.uri.fsPath] : [];
      const definition = new vscode.McpStdioServerDefinition(
        "Docwright",
        process.execPath,
        [path.join(packageRoot, "dist", "cli.cjs"), "mcp", ...project],
        // The extension host's program is the editor itself, which is Node only when it is told so.
        { ELECTRON_RUN_AS_NODE: "1" },
        version,
      );
      return [definition];
    },
  });
}
