/** Checks a code block of the chat against the project of the file in sight. */
import * as vscode from "vscode";
import { checkSummary } from "../../core/checks/summary";
import { checkedBlocks, codePieces, piecesRequest, plainNotes } from "../../core/checks/repair/codePieces";
import type { Engine } from "../../core/engine";
import type { CodeCheck } from "../../protocol/chat";
import { factsChoice } from "../checks/factsChoice";
import { tellOfTrust } from "../checks/trust";
import { localised } from "../localised";
import type { ProjectVersions } from "../projectVersion";
import type { Settings } from "../settings";

export interface CodeChecksProps {
  readonly engine: Pick<Engine, "check">;
  readonly versions: Pick<ProjectVersions, "current">;
  readonly settings: () => Settings;
  readonly workspaceState: vscode.Memento;
  /** The file that the chat is about. */
  readonly document: () => vscode.TextDocument | undefined;
}

export type CheckCode = (
  code: { readonly text: string; readonly languageId: string },
  signal: AbortSignal,
) => Promise<CodeCheck>;

export function createCodeChecks({
  engine,
  versions,
  settings,
  workspaceState,
  document,
}: CodeChecksProps): CheckCode {
  return async ({ text, languageId }, signal) => {
    const { project, springBootVersion } = await versions.current(document(), signal);
    const folder = project?.directory ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const nothing = (why: string): CodeCheck => ({ mark: "unknown", text: why, findings: [], notes: [] });
    if (folder === undefined && springBootVersion === undefined) {
      return nothing(vscode.l10n.t("There is no project to check it against."));
    }
    const pieces = [codePieces({ language: languageId.toLowerCase(), text }, folder ?? "", 0)];
    const [piece] = pieces;
    if (piece?.files.length === 0) {
      return nothing(
        piece.why === undefined ? vscode.l10n.t("Code of this kind is not checked.") : localised(piece.why),
      );
    }
    tellOfTrust(workspaceState);
    const version = project?.springBootVersion === undefined ? springBootVersion : undefined;
    const report = await engine.check(
      piecesRequest(pieces, {
        ...(version !== undefined && { springBootVersion: version }),
        ...(await factsChoice(settings())),
        offline: true,
        trusted: vscode.workspace.isTrusted,
      }),
      () => undefined,
      signal,
    );
    const [checked] = checkedBlocks(pieces, report);
    const found = checked?.before ?? [];
    const summary = checkSummary(report, localised, found);
    return {
      mark: summary.mark,
      text: summary.text,
      findings: found.map(({ line, level, message, fix }) => ({
        ...{ line, level, message },
        ...(fix && { fix: fix.title }),
      })),
      notes: plainNotes(report.notChecked).map(({ why, remedy }) =>
        remedy === undefined ? why : `${why} ${remedy}`,
      ),
      ...(checked && checked.mended.length > 0 && { mended: checked.text }),
    };
  };
}
