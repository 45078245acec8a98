import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** Folders of the package that the chat's page may load from. */
export function chatResourceRoots(extensionUri: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, "dist", "webview"), vscode.Uri.joinPath(extensionUri, "media")];
}

/**
 * The chat's page: one script with a nonce, styles and the icon font from the package, and nothing else: no inline code, no image, no
 * connection.
 */
export function chatHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(18).toString("base64url");
  const file = (...path: readonly string[]) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Docwright</title>
    <link rel="stylesheet" href="${file("dist", "webview", "codicon.css")}">
    <link rel="stylesheet" href="${file("media", "chat.css")}">
  </head>
  <body data-words="${attribute(JSON.stringify(vscode.l10n.bundle ?? {}))}">
    <script nonce="${nonce}" src="${file("dist", "webview", "main.js")}"></script>
  </body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
