/** Texts of our own (a whole answer, the doctor's report) as read-only Markdown documents. */
import * as vscode from "vscode";

const scheme = "docwright-text";

export interface TextDocuments {
  /** `key` names the document: opening it again with another text replaces the text. */
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
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  );
  return {
    async open(title, key, markdown) {
      const uri = vscode.Uri.from({ scheme, path: `/${title}.md`, query: key });
      texts.set(uri.toString(), markdown);
      changed.fire(uri);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    },
    dispose() {
      subscription.dispose();
    },
  };
}
