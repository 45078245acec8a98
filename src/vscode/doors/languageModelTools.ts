/** The tools for the language models of the editor's own chat, where the editor has them; the same that `docwright mcp` serves. */
import * as path from "node:path";
import * as vscode from "vscode";
import { toolNames, toolWords, type ToolName } from "../../core/doors/toolInputs";
import { createDoorTools, type DoorEngine, type DoorPlace } from "../../core/doors/tools";
import { isBelow } from "../../core/project/isBelow";
import type { ProjectVersions } from "../projectVersion";

export interface LanguageModelToolsProps {
  readonly engine: DoorEngine;
  readonly versions: Pick<ProjectVersions, "current">;
}

export function registerLanguageModelTools({ engine, versions }: LanguageModelToolsProps): vscode.Disposable {
  const place = async (signal: AbortSignal): Promise<DoorPlace> => {
    const document = vscode.window.activeTextEditor?.document;
    const { springBootVersion } = await versions.current(document, signal);
    const folder =
      (document && vscode.workspace.getWorkspaceFolder(document.uri)) ??
      vscode.workspace.workspaceFolders?.[0];
    return {
      ...(folder && { project: folder.uri.fsPath }),
      ...(springBootVersion !== undefined && { springBootVersion }),
      offline: false,
      trusted: vscode.workspace.isTrusted,
      resolveFile: (file) => fileInside(file, folder?.uri.fsPath),
      openText: (file) =>
        vscode.workspace.textDocuments
          .find(({ uri }) => uri.scheme === "file" && uri.fsPath === file)
          ?.getText(),
    };
  };
  const run = createDoorTools({ engine, place });
  const register = (name: ToolName) =>
    vscode.lm.registerTool(name, {
      async invoke({ input }, token) {
        const controller = new AbortController();
        const subscription = token.onCancellationRequested(() => controller.abort());
        try {
          const { text } = await run(name, input, controller.signal);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
        } finally {
          subscription.dispose();
        }
      },
      prepareInvocation: () => ({ invocationMessage: toolWords[name].title }),
    });
  // Editors that are built on VS Code need not have the tools.
  if (typeof (vscode.lm as { registerTool?: unknown } | undefined)?.registerTool !== "function") {
    return new vscode.Disposable(() => undefined);
  }
  return vscode.Disposable.from(...toolNames.map(register));
}

function fileInside(file: string, root: string | undefined): string | undefined {
  if (root === undefined) return undefined;
  const full = path.resolve(root, file);
  return isBelow(path.relative(root, full)) ? full : undefined;
}
