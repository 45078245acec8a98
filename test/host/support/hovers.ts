import * as vscode from "vscode";

/** What a hover says; plain strings are what older providers give. */
export function textOfHover(content: vscode.Hover["contents"][number]): string {
  if (content instanceof vscode.MarkdownString) return content.value;
  return typeof content === "string" ? content : "";
}
