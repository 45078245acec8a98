/** The command "Doctor": every check with what was found and what mends it, as a document that can be copied. */
import * as vscode from "vscode";
import type { DoctorCheck, Engine } from "../core/engine";
import type { TextDocuments } from "./documents/textDocuments";
import { withProgress } from "./progress";
import type { Settings } from "./settings";

const signs = { pass: "✓", warn: "!", fail: "✗" } as const satisfies Record<DoctorCheck["state"], string>;

export async function runDoctor(engine: Engine, settings: Settings, documents: TextDocuments): Promise<void> {
  const project = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const checks = await withProgress(vscode.l10n.t("Docwright looks after its parts"), (_report, signal) =>
    engine.doctor(
      {
        host: settings.host,
        model: settings.model,
        ...(project !== undefined && { project }),
      },
      signal,
    ),
  );
  await documents.open("Docwright doctor", "doctor", doctorText(checks, settings.problems));
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
