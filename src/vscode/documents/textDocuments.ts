/** Texts of our own (a whole answer, the doctor's report, a comparison) as read-only Markdown documents, shown as they are meant to be read. */
import * as vscode from "vscode";
import { withoutLoading } from "../../core/answer/withoutLoading";

const scheme = "docwright-text";

export interface TextDocuments {
  /** Shows it in the editor's Markdown preview. `key` names the document: opening it again with another text replaces the text. */
  open(title: string, key: string, markdown: string): Promise<void>;
  dispose(): void;
}

export function createTextDocuments(): TextDocuments {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const subscription = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()),
    }),
  );
  return {
    async open(title, key, markdown) {
      const uri = vscode.Uri.from({ scheme, path: `/${title}.md`, query: key });
      texts.set(uri.toString(), withoutLoading(markdown));
      changed.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      await Promise.resolve(vscode.commands.executeCommand("markdown.showPreview", uri)).catch(() =>
        // The editor's own Markdown support can be switched off.
        vscode.window.showTextDocument(document, { preview: true }),
      );
    },
    dispose() {
      subscription.dispose();
    },
  };
}
