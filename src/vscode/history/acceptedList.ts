/** The list of accepted changes: choosing one shows the passages that it rests on, its buttons open the file and forget the entry. */
import * as vscode from "vscode";
import type { Passage } from "../../core/search/passage";
import { counted } from "../words";
import { localised } from "../localised";
import type { AcceptedChange } from "./acceptedChange";
import type { AcceptedStore } from "./acceptedStore";

interface AcceptedItem extends vscode.QuickPickItem {
  readonly entry: AcceptedChange;
}

/** Resolves when the list is closed. */
export async function showAccepted(
  store: AcceptedStore,
  listSources: (passages: readonly Passage[]) => Promise<void>,
): Promise<void> {
  const openButton = {
    iconPath: new vscode.ThemeIcon("go-to-file"),
    tooltip: vscode.l10n.t("Open the file"),
  };
  const forgetButton = { iconPath: new vscode.ThemeIcon("trash"), tooltip: vscode.l10n.t("Forget") };
  const clearButton = { iconPath: new vscode.ThemeIcon("clear-all"), tooltip: vscode.l10n.t("Forget all") };
  const picker = vscode.window.createQuickPick<AcceptedItem>();
  picker.title = vscode.l10n.t("Accepted changes");
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const fill = async () => {
    const entries = await store.list();
    picker.items = entries.map((entry) => ({ ...rowOf(entry), buttons: [openButton, forgetButton], entry }));
    picker.buttons = entries.length > 0 ? [clearButton] : [];
    picker.placeholder =
      entries.length > 0
        ? vscode.l10n.t("Choose a change to see what it rests on")
        : vscode.l10n.t("Nothing was accepted in this workspace yet");
  };
  await fill();
  const chosen = await new Promise<AcceptedChange | undefined>((resolve) => {
    picker.onDidHide(() => resolve(undefined));
    picker.onDidAccept(() => resolve(picker.activeItems[0]?.entry));
    picker.onDidTriggerButton(() => void store.clear().then(fill));
    picker.onDidTriggerItemButton(({ item: { entry }, button }) => {
      if (button === openButton) void openFile(entry);
      else void store.remove(entry.id).then(fill);
    });
    picker.show();
  });
  picker.dispose();
  if (!chosen) return;
  if (chosen.passages.length > 0) await listSources(chosen.passages);
  else await openFile(chosen);
}

/** Opens the first of the change's files, where its code is if it is still there. */
async function openFile({ files }: AcceptedChange): Promise<void> {
  const [file] = files;
  if (!file) return;
  const uri = vscode.Uri.parse(file.uri);
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const first = file.texts
      .flatMap((text) => text.split("\n"))
      .map((line) => line.trim())
      .sort((left, right) => right.length - left.length)[0];
    const at = first === undefined ? -1 : document.getText().indexOf(first);
    if (at < 0) return;
    const position = document.positionAt(at);
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenter);
  } catch {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} is not there any more.", vscode.workspace.asRelativePath(uri)),
    );
  }
}

function rowOf({ at, instruction, model, mark, passages, files }: AcceptedChange): vscode.QuickPickItem {
  const names = files.map(({ uri }) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)));
  const facts = [
    model,
    passages.length === 0
      ? vscode.l10n.t("from the model alone")
      : counted(passages.length, "passage", localised),
    mark,
  ];
  return {
    label: instruction.replace(/\s+/g, " "),
    description: new Date(at).toLocaleString(),
    detail: [names.join(", "), ...facts.filter((fact) => fact !== undefined)].join(" · "),
  };
}
