/** One of the models that the server has, for one answer; the settings stay as they are. */
import * as vscode from "vscode";
import { withProgress } from "../progress";
import { localised } from "../localised";
import { modelRows } from "./modelItems";
import type { ModelPickerProps } from "./modelPicker";

/** Undefined when nothing was chosen. */
export async function pickInstalledModel({
  engine,
  settings,
  speeds,
}: ModelPickerProps): Promise<string | undefined> {
  const { host, model } = settings();
  const server = await withProgress(
    vscode.l10n.t("Docwright asks Ollama for its models"),
    (_report, signal) => engine.server({ host }, signal),
  );
  const rows = modelRows(server, model, (name) => speeds.of(host, name), localised).filter(
    ({ installed }) => installed,
  );
  const chosen = await vscode.window.showQuickPick(
    rows.map(({ name, description, detail }) => ({ label: name, description, detail })),
    { title: vscode.l10n.t("Answer again with"), matchOnDescription: true },
  );
  return chosen?.label;
}
