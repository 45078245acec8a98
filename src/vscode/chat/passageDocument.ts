/** Opens a passage in its section: a virtual, read-only Markdown document with the passage's lines marked. */
import * as vscode from "vscode";
import { supportingWords } from "../../core/answer/supportingWords";
import type { Engine, OpenedPassage } from "../../core/engine";
import { isAbort } from "../../core/failure";
import type { Passage } from "../../core/search/passage";
import { localised } from "../localised";
import { passageMarkdown, type PassageMarkdown } from "./passageMarkdown";

export interface PassageDocuments {
  /** `sentence` is the answer's sentence that cites the passage: what supports it is marked within the passage. */
  open(passage: Passage, sentence?: string): Promise<void>;
  dispose(): void;
}

export interface PassageDocumentsProps {
  readonly engine: Pick<Engine, "openPassage">;
  readonly warn: (line: string) => void;
}

export const passageScheme = "docwright-passage";

export function createPassageDocuments({ engine, warn }: PassageDocumentsProps): PassageDocuments {
  const shown = new Map<string, ShownPassage>();
  const mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    borderColor: new vscode.ThemeColor("focusBorder"), // a bar at the left, for themes without that background
    borderStyle: "solid",
    borderWidth: "0 0 0 2px",
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.findMatchForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  const supportMark = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.findMatchHighlightBackground"),
    border: "1px solid",
    borderColor: new vscode.ThemeColor("focusBorder"),
    fontWeight: "bold",
  });

  /** The section from the index; the passage alone when the index does not have it any more. */
  const read = async (passage: Passage): Promise<OpenedPassage> => {
    try {
      const request = { passageId: passage.id };
      return await engine.openPassage(request, AbortSignal.timeout(20_000));
    } catch (error) {
      if (!isAbort(error)) warn(`the section of ${passage.id} cannot be opened: ${String(error)}`);
      return { passage, section: passage.text };
    }
  };
  const decorate = (editor: vscode.TextEditor) => {
    const lines = shown.get(editor.document.uri.toString());
    if (!lines || lines.endLine <= lines.startLine) return;
    editor.setDecorations(mark, [new vscode.Range(lines.startLine, 0, lines.endLine - 1, 0)]);
    const support = supportIn(editor.document, lines);
    editor.setDecorations(supportMark, support ? [support] : []);
  };

  const subscriptions = vscode.Disposable.from(
    mark,
    supportMark,
    vscode.workspace.registerTextDocumentContentProvider(passageScheme, {
      provideTextDocumentContent: (uri) => shown.get(uri.toString())?.text ?? localised(closedNote),
    }),
    vscode.languages.registerCodeLensProvider(
      { scheme: passageScheme },
      {
        provideCodeLenses(document) {
          const address = shown.get(document.uri.toString())?.officialUrl;
          if (address === undefined) return [];
          const uri = vscode.Uri.parse(address);
          const title = vscode.l10n.t("Open the official page ({0})", uri.authority);
          const command = { title, command: "vscode.open", arguments: [uri] };
          return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
        },
      },
    ),
    vscode.window.onDidChangeVisibleTextEditors((editors) => {
      for (const editor of editors) if (editor.document.uri.scheme === passageScheme) decorate(editor);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => shown.delete(document.uri.toString())),
  );

  return {
    async open(passage, sentence) {
      const opened = await read(passage);
      const markdown = passageMarkdown(opened, localised);
      const title = (passage.headingPath.at(-1) ?? passage.document).replace(/[\\/:*?"<>|#]+/g, " ").trim();
      const uri = vscode.Uri.from({ scheme: passageScheme, path: `/${title}.md`, query: passage.id });
      shown.set(uri.toString(), {
        ...markdown,
        officialUrl: opened.passage.officialUrl ?? passage.officialUrl,
        sentence,
      });
      const document = await vscode.workspace.openTextDocument(uri);
      const editor = await vscode.window.showTextDocument(document, { preview: true, preserveFocus: false });
      decorate(editor);
      const whole = new vscode.Range(
        markdown.startLine,
        0,
        Math.max(markdown.startLine, markdown.endLine - 1),
        0,
      );
      const support = supportIn(document, { ...markdown, sentence });
      const { start } = support ?? whole;
      editor.selection = new vscode.Selection(start, start);
      editor.revealRange(support ?? whole, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    },
    dispose: () => void subscriptions.dispose(),
  };
}

interface ShownPassage extends PassageMarkdown {
  readonly officialUrl: string | undefined;
  /** The answer's sentence from which it was opened. */
  readonly sentence: string | undefined;
}

/** The words of the passage that support the sentence. */
function supportIn(
  document: vscode.TextDocument,
  { startLine, endLine, sentence }: Pick<ShownPassage, "startLine" | "endLine" | "sentence">,
): vscode.Range | undefined {
  if (sentence === undefined || endLine <= startLine) return undefined;
  const lines = new vscode.Range(startLine, 0, endLine - 1, document.lineAt(endLine - 1).text.length);
  const found = supportingWords(sentence, document.getText(lines));
  if (!found) return undefined;
  const offset = document.offsetAt(lines.start);
  return new vscode.Range(document.positionAt(offset + found.start), document.positionAt(offset + found.end));
}

const closedNote = "This passage is not open any more. Open it again from its answer in the chat.\n";
