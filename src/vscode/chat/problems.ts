import * as vscode from "vscode";

/** More than anybody reads, and more than a window holds. */
const mostProblems = 200;

const severities: Readonly<Record<vscode.DiagnosticSeverity, string>> = {
  [vscode.DiagnosticSeverity.Error]: "error",
  [vscode.DiagnosticSeverity.Warning]: "warning",
  [vscode.DiagnosticSeverity.Information]: "info",
  [vscode.DiagnosticSeverity.Hint]: "hint",
};

/** One line a problem, the worst first: `src/A.java:3:5: error: cannot find symbol`. Empty when there are none. */
export function problemsText(
  diagnostics: readonly (readonly [vscode.Uri, readonly vscode.Diagnostic[]])[],
): string {
  return diagnostics
    .flatMap(([uri, found]) => found.map((diagnostic) => ({ uri, diagnostic })))
    .filter(({ diagnostic }) => diagnostic.severity !== vscode.DiagnosticSeverity.Hint)
    .sort((left, right) => left.diagnostic.severity - right.diagnostic.severity)
    .slice(0, mostProblems)
    .map(({ uri, diagnostic: { range, severity, message } }) => {
      const place = `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}:${range.start.character + 1}`;
      return `${place}: ${severities[severity]}: ${message.replace(/\s+/g, " ")}`;
    })
    .join("\n");
}
