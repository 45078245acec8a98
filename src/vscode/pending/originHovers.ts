/** On a new line of a pending change: what it rests on. */
import * as vscode from "vscode";
import type { Found } from "./pendingChange";
import { pendingScheme } from "./pendingFile";
import { originMarkdown } from "./provenance";
import type { Previews } from "./previews";

export function registerOriginHovers(
  previews: Previews,
  find: (previewUri: vscode.Uri) => Found | undefined,
): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { scheme: pendingScheme },
    {
      provideHover(document, { line }) {
        const found = find(document.uri);
        const rendered = found && previews.rendered(found.file);
        const isNew = rendered?.preview.added.some(({ start, end }) => start <= line && line < end);
        if (!found || isNew !== true) return undefined;
        const text = document.lineAt(line).text;
        const origin = found.file.origins.get(text.trim());
        return origin && new vscode.Hover(originMarkdown(origin, found.change.passages, text));
      },
    },
  );
}
