/** The command "Choose model": what Ollama has, what could be pulled, and the pull itself. */
import * as vscode from "vscode";
import type { Engine } from "../../core/engine";
import { withProgress } from "../progress";
import { settingsSection, type Settings } from "../settings";
import { gigabytes } from "../words";
import { localised } from "../localised";
import { modelRows, type ModelRow } from "./modelItems";
import type { ModelSpeeds } from "./modelSpeeds";

export interface ModelPickerProps {
  readonly engine: Engine;
  readonly settings: () => Settings;
  readonly speeds: Pick<ModelSpeeds, "of">;
}

/** True when a model was chosen that the server has now. */
export async function chooseModel({ engine, settings, speeds }: ModelPickerProps): Promise<boolean> {
  const { host, model } = settings();
  const server = await withProgress(
    vscode.l10n.t("Docwright asks Ollama for its models"),
    (_report, signal) => engine.server({ host }, signal),
  );
  const rows = modelRows(server, model, (name) => speeds.of(host, name), localised);
  const other = vscode.l10n.t("Pull another model by its name…");
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items = (installed: boolean) =>
    rows
      .filter((row) => row.installed === installed)
      .map((row) => ({
        label: `$(${iconOf(row)}) ${row.name}`,
        description: row.description,
        detail: row.detail,
        row,
      }));
  const chosen = await vscode.window.showQuickPick<vscode.QuickPickItem & { row?: (typeof rows)[number] }>(
    [
      separator(vscode.l10n.t("on {0}", host)),
      ...items(true),
      separator(vscode.l10n.t("to pull")),
      ...items(false),
      { label: other },
    ],
    { title: vscode.l10n.t("Choose model"), matchOnDescription: true },
  );
  if (!chosen) return false;
  const name = chosen.row?.name ?? (await askName());
  if (name === undefined) return false;
  if (chosen.row?.installed !== true) await pull(engine, host, name);
  await vscode.workspace.getConfiguration(settingsSection).update("model", name, target());
  return true;
}

function iconOf({ fits, doubts, installed }: ModelRow): string {
  if (!fits || doubts.length > 0) return "warning";
  return installed ? "check" : "cloud-download";
}

async function askName(): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("Pull a model"),
    prompt: vscode.l10n.t("A name of Ollama's library, with a tag after a colon"),
    placeHolder: "qwen2.5-coder:7b",
  });
  return name === undefined || name.trim() === "" ? undefined : name.trim();
}

async function pull(engine: Engine, host: string, model: string): Promise<void> {
  await withProgress(vscode.l10n.t("Pulling {0}", model), (report, signal) =>
    engine.pullModel(
      { host, model },
      ({ status, completedBytes, totalBytes }) => {
        const known = completedBytes !== undefined && totalBytes !== undefined && totalBytes > 0;
        report({
          message: known ? `${status}: ${gigabytes(completedBytes)} / ${gigabytes(totalBytes)}` : status,
        });
      },
      signal,
    ),
  );
}

/** Where the value is set now; else for the user, as models belong to the machine rather than the project. */
function target(): vscode.ConfigurationTarget {
  const set = vscode.workspace.getConfiguration(settingsSection).inspect("model");
  if (set?.workspaceFolderValue !== undefined) return vscode.ConfigurationTarget.WorkspaceFolder;
  if (set?.workspaceValue !== undefined) return vscode.ConfigurationTarget.Workspace;
  return vscode.ConfigurationTarget.Global;
}
