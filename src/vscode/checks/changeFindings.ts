/** What the checks found in a pending change, and where its preview shows that. */
import * as vscode from "vscode";
import type { Finding, Fix } from "../../core/checks/finding";
import { previewLineOf, type Preview } from "../../core/generate/preview";
import type { PendingFile } from "../pending/pendingFile";

/** A file as it was checked. */
export interface CheckedProposal {
  readonly file: PendingFile;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Errors anywhere; of the rest what stands in the change's own lines, because the project's other lines are not what is decided about. */
export function findingsOfChange(
  text: string,
  findings: readonly Finding[],
  documentText: string,
): readonly Finding[] {
  const before = new Set(documentText.replaceAll("\r\n", "\n").split("\n"));
  const lines = text.split("\n");
  return findings.filter(({ level, line }) => level === "error" || !before.has(lines[line - 1] ?? ""));
}

/** Where a finding of the proposed text stands in the preview, whose old lines lie between the others. */
export function previewRange(preview: Preview, finding: Finding): vscode.Range {
  const { line, column, endLine = line, endColumn = column + 1 } = finding;
  const at = (each: number, character: number) =>
    new vscode.Position(previewLineOf(preview, each - 1), character - 1);
  return new vscode.Range(at(line, column), at(endLine, endColumn));
}

export function diagnosticOf(range: vscode.Range, finding: Finding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, finding.message, severities[finding.level]);
  diagnostic.source = "Docwright";
  diagnostic.code = finding.rule;
  if (finding.rule.startsWith("deprecated")) diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  return diagnostic;
}

const severities: Readonly<Record<Finding["level"], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** The ways to mend it; only one for a fix without a doubt. */
export const waysOf = ({ fix, alternatives }: Finding): readonly Fix[] =>
  fix ? [fix] : (alternatives ?? []);
