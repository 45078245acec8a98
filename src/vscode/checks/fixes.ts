/** The ways to mend a finding, where a person looks for them: lenses above its line, its hover, and the problems' quick fixes. */
import * as vscode from "vscode";
import { plainLabel } from "../plainText";
import type { Finding } from "../../core/checks/finding";
import type { Preview } from "../../core/generate/preview";
import { pendingScheme, type PendingFile } from "../pending/pendingFile";
import { previewRange, waysOf } from "./changeFindings";

/** What `docwright.applyFix` is handed. */
export interface FixArgument {
  /** Of the preview; through a link in a hover it comes without its methods. */
  readonly uri: Pick<vscode.Uri, "scheme" | "path" | "query">;
  /** Positions of the finding in its file, and of the way among its ways. */
  readonly finding: number;
  readonly way: number;
}

export interface FixesProps {
  readonly findingsOf: (previewUri: vscode.Uri) => readonly Finding[];
  readonly preview: (previewUri: vscode.Uri) => Preview | undefined;
  readonly onDidRender: vscode.Event<PendingFile>;
}

export function isFixArgument(argument: unknown): argument is FixArgument {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "uri" in argument &&
    typeof argument.uri === "object" &&
    argument.uri !== null &&
    "scheme" in argument.uri &&
    "finding" in argument &&
    "way" in argument
  );
}

/** A line has room for so many. */
const mostLenses = 3;

export function registerFixes({ findingsOf, preview, onDidRender }: FixesProps): vscode.Disposable {
  const selector = { scheme: pendingScheme };
  const changed = new vscode.EventEmitter<void>();
  const placed = (document: vscode.TextDocument) => {
    const shown = preview(document.uri);
    if (shown?.text !== document.getText()) return [];
    return findingsOf(document.uri).map((finding, index) => ({
      finding,
      range: previewRange(shown, finding),
      actions: waysOf(finding).map(({ title }, way) => {
        const { scheme, path, query } = document.uri;
        const argument: FixArgument = { uri: { scheme, path, query }, finding: index, way };
        return { title, command: "docwright.applyFix", arguments: [argument] };
      }),
    }));
  };
  return vscode.Disposable.from(
    changed,
    onDidRender(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) =>
        placed(document).flatMap(({ finding, range, actions }) =>
          actions.slice(0, mostLenses).map(
            ({ title, ...command }) =>
              new vscode.CodeLens(new vscode.Range(range.start, range.start), {
                ...command,
                title: `$(lightbulb)\u00a0${plainLabel(title.replaceAll("`", ""))}`,
                tooltip: finding.message,
              }),
          ),
        ),
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover(document, position) {
        const here = placed(document).filter(
          ({ range, actions }) => actions.length > 0 && range.contains(position),
        );
        if (here.length === 0) return undefined;
        const text = new vscode.MarkdownString(undefined, true);
        text.isTrusted = { enabledCommands: ["docwright.applyFix"] };
        for (const { title, command, arguments: values } of here.flatMap(({ actions }) => actions)) {
          const argument = encodeURIComponent(JSON.stringify(values));
          text.appendMarkdown("$(lightbulb) [");
          text.appendText(title.replaceAll("`", "")); // it has names of the code in it
          text.appendMarkdown(`](command:${command}?${argument})\n\n`);
        }
        return new vscode.Hover(text);
      },
    }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions: (document, range, { diagnostics }) =>
          placed(document)
            .filter((each) => each.range.intersection(range) !== undefined)
            .flatMap(({ finding, actions }) =>
              actions.map((command) => {
                const action = new vscode.CodeAction(command.title, vscode.CodeActionKind.QuickFix);
                action.command = command;
                action.isPreferred = finding.fix !== undefined;
                action.diagnostics = diagnostics.filter(({ message }) => message === finding.message);
                return action;
              }),
            ),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}
