/** The commands "Doctor", which shows every check with what was found and what mends it, and "Copy diagnostics", for an issue. */
import { homedir } from "node:os";
import * as vscode from "vscode";
import type { DoctorCheck, Engine } from "../core/engine";
import type { TextDocuments } from "./documents/textDocuments";
import { withProgress } from "./progress";
import type { Settings } from "./settings";

const signs = { pass: "✓", warn: "!", fail: "✗" } as const satisfies Record<DoctorCheck["state"], string>;

export async function runDoctor(engine: Engine, settings: Settings, documents: TextDocuments): Promise<void> {
  const checks = await checksOf(engine, settings);
  await documents.open("Docwright doctor", "doctor", doctorText(checks, settings.problems));
}

/** The doctor's checks below what they were made on, in the clipboard: no text of a person's files, no token, the home folder as `~`. */
export async function copyDiagnostics(
  engine: Engine,
  settings: Settings,
  { version }: { readonly version: string },
): Promise<void> {
  const checks = await checksOf(engine, settings);
  const text = `${placeText(version)}\n${doctorText(checks, settings.problems)}`;
  await vscode.env.clipboard.writeText(text.replaceAll(homedir(), "~"));
  void vscode.window.showInformationMessage(
    vscode.l10n.t("The diagnostics are in the clipboard. Read them before you send them to somebody."),
  );
}

async function checksOf(engine: Engine, settings: Settings): Promise<readonly DoctorCheck[]> {
  const project = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return withProgress(vscode.l10n.t("Docwright looks after its parts"), (_report, signal) =>
    engine.doctor(
      {
        host: settings.host,
        model: settings.model,
        ...(project !== undefined && { project }),
      },
      signal,
    ),
  );
}

function placeText(version: string): string {
  const { appName, remoteName, uiKind } = vscode.env;
  const where = [
    remoteName ?? "local",
    uiKind === vscode.UIKind.Web ? "browser" : "desktop",
    vscode.workspace.isTrusted ? "trusted" : "restricted",
  ];
  return [
    `- Docwright ${version}`,
    `- ${appName}, VS Code ${vscode.version} (${where.join(", ")})`,
    `- Node.js ${process.versions.node}, ${process.platform} ${process.arch}`,
    "",
  ].join("\n");
}

function doctorText(checks: readonly DoctorCheck[], problems: readonly string[]): string {
  const lines = checks.map(
    ({ name, state, detail, remedy }) =>
      `- ${signs[state]} **${name}** (${state}): ${detail}${remedy === undefined ? "" : `\n  - ${remedy}`}`,
  );
  return [
    "# Docwright doctor",
    "",
    ...lines,
    ...problems.map((problem) => `- ! **Settings**: ${problem}`),
    "",
  ].join("\n");
}
