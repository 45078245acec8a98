/** Code actions on the editor's problems, whoever found them: "Fix with docs" and "Explain with reference docs". */
import * as vscode from "vscode";
import { statementAround } from "../../core/generate/statement";

/** Lines above and below a problem in which its statement is looked for. */
const nearby = 15;

/** A problem as a code action hands it to its command. */
export interface ProblemArgument {
  readonly uri: vscode.Uri;
  /** What is to be replaced or explained: whole lines. */
  readonly range: vscode.Range;
  /** What the problem says. */
  readonly message: string;
}

const languages = [
  ...["java", "kotlin", "groovy", "gradle", "xml", "yaml", "properties"],
  ...["java-properties", "spring-boot-properties", "spring-boot-properties-yaml"],
];
const selector = languages.flatMap((language) =>
  ["file", "untitled"].map((scheme) => ({ scheme, language })),
);

export function registerDocsActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    selector,
    {
      provideCodeActions: (document, _range, { diagnostics }) =>
        diagnostics.flatMap((diagnostic) => actionsFor(document, diagnostic)),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function actionsFor(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
): readonly vscode.CodeAction[] {
  const action = (title: string, command: string, lines: vscode.Range): vscode.CodeAction => {
    const argument: ProblemArgument = { uri: document.uri, range: lines, message: diagnostic.message };
    const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    made.diagnostics = [diagnostic];
    made.command = { title, command, arguments: [argument] };
    return made;
  };
  const statement = linesAround(document, diagnostic.range);
  return [
    ...(isToBeFixed(diagnostic)
      ? [action(vscode.l10n.t("Fix with docs"), "docwright.fixWithDocs", statement)]
      : []),
    ...(isOfSpring(document, diagnostic)
      ? [action(vscode.l10n.t("Explain with reference docs"), "docwright.explainProblem", statement)]
      : []),
  ];
}

/** Errors, warnings, and what is struck through as deprecated, which most tools only hint at. */
function isToBeFixed({ severity, tags = [] }: vscode.Diagnostic): boolean {
  return severity <= vscode.DiagnosticSeverity.Warning || tags.includes(vscode.DiagnosticTag.Deprecated);
}

/** A property in a configuration file, or an annotation: what the reference explains, not the language. */
function isOfSpring(document: vscode.TextDocument, { range }: vscode.Diagnostic): boolean {
  if (/yaml|properties/.test(document.languageId)) return true;
  const { text } = document.lineAt(range.start.line);
  const upTo = range.isSingleLine ? text.slice(0, range.end.character) : text;
  return /@\w[\w.]*$/.test(upTo) || upTo.trimStart().startsWith("@");
}

/** The whole statement, from its first word on; looked for near the problem only, since files are long. */
function linesAround(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.Range {
  const past = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  const from = Math.max(0, start.line - nearby);
  const to = Math.min(document.lineCount, past + nearby);
  const lines = Array.from({ length: to - from }, (_, index) => document.lineAt(from + index).text);
  const problem = { start: start.line - from, end: past - from };
  const span = statementAround(lines, problem, document.languageId);
  const first = document.lineAt(from + span.start);
  const last = document.lineAt(from + Math.max(span.start, span.end - 1));
  return new vscode.Range(
    first.lineNumber,
    first.firstNonWhitespaceCharacterIndex,
    last.lineNumber,
    last.text.length,
  );
}

function isProblemArgument(argument: unknown): argument is ProblemArgument {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "uri" in argument &&
    argument.uri instanceof vscode.Uri &&
    "range" in argument &&
    argument.range instanceof vscode.Range &&
    "message" in argument &&
    typeof argument.message === "string"
  );
}

/** The two commands behind the actions; they come with a problem, and without one there is nothing to do. */
export function createDocsActionCommands({
  generate,
  ask,
}: {
  readonly generate: (instruction: string) => Promise<void>;
  readonly ask: (question: string, editor: vscode.TextEditor) => Promise<void>;
}) {
  const withProblem =
    (run: (problem: ProblemArgument, editor: vscode.TextEditor) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      if (!isProblemArgument(argument)) return;
      const { uri, range } = argument;
      const document = await vscode.workspace.openTextDocument(uri);
      await run(argument, await vscode.window.showTextDocument(document, { selection: range }));
    };
  return {
    fixWithDocs: withProblem(({ message }) =>
      generate(vscode.l10n.t("Fix this problem: {0}", oneLine(message))),
    ),
    explainProblem: withProblem(({ message }, editor) =>
      ask(vscode.l10n.t("Explain this problem and how to solve it: {0}", oneLine(message)), editor),
    ),
  };
}

const oneLine = (message: string) => message.replace(/\s+/g, " ").trim();
