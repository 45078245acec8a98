/** "What changed between these versions": asks for two indexed versions and for what it is about, and shows the sections that differ. */
import * as vscode from "vscode";
import { isComparable } from "../../core/changes/comparable";
import type { Engine } from "../../core/engine";
import { compareVersions } from "../../core/project/springBootVersion";
import { withProgress } from "../progress";
import { indexedVersions } from "../versionChoice";
import type { ChangeDocuments } from "./changeDocuments";

export interface ChangesCommandProps {
  readonly engine: Pick<Engine, "sets" | "changes">;
  readonly documents: Pick<ChangeDocuments, "show">;
}

/** @param version Of the set that the command was started on; absent: both versions are asked for. */
export async function showChanges(
  { engine, documents }: ChangesCommandProps,
  version: string | undefined,
): Promise<void> {
  const sets = await engine.sets({}, new AbortController().signal);
  const pair = await chooseVersions(indexedVersions(sets.filter(isComparable)), version);
  if (!pair) return;
  const [from, to] = pair;
  const about = await vscode.window.showInputBox({
    title: titleOf(from, to),
    prompt: vscode.l10n.t("A heading or a question; leave it empty for all that changed."),
  });
  if (about === undefined) return;
  const found = await withProgress(titleOf(from, to), (_report, signal) =>
    engine.changes({ from, to, ...(about.trim() !== "" && { about }) }, signal),
  );
  const { changes, compared, narrowed } = found;
  if (compared.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The documents of {0} and {1} have nothing in common that could be compared.", from, to),
    );
  } else if (changes.length === 0) {
    const nothing = vscode.l10n.t("Between {0} and {1} nothing of it changed.", from, to);
    const silent = vscode.l10n.t("The documents do not seem to answer this.");
    void vscode.window.showInformationMessage(narrowed?.answered === false ? silent : nothing);
  } else {
    const title = vscode.l10n.t("{0}: {1}", titleOf(from, to), countText(changes.length));
    await documents.show(title, found);
  }
}

const titleOf = (from: string, to: string) => vscode.l10n.t("Spring Boot {0} → {1}", from, to);

const countText = (count: number) =>
  count === 1 ? vscode.l10n.t("1 section") : vscode.l10n.t("{0} sections", count);

/** The older first. Undefined when there are no two, or the person leaves it. @param versions newest first */
async function chooseVersions(
  versions: readonly string[],
  known: string | undefined,
): Promise<readonly [string, string] | undefined> {
  if (versions.length < 2) {
    const index = vscode.l10n.t("Index documents…");
    const text = vscode.l10n.t(
      "Index the documents of a second version first; then the two can be compared.",
    );
    const chosen = await vscode.window.showInformationMessage(text, index);
    if (chosen === index) await vscode.commands.executeCommand("docwright.index");
    return undefined;
  }
  const pick = (title: string, of: readonly string[]) =>
    vscode.window.showQuickPick(of, { title, placeHolder: vscode.l10n.t("Spring Boot version") });
  const [newest = "", older = ""] = versions;
  if (versions.length === 2) return [older, newest];
  const title = vscode.l10n.t("What changed between versions: from");
  const one = known !== undefined && versions.includes(known) ? known : await pick(title, versions);
  if (one === undefined) return undefined;
  const rest = versions.filter((version) => version !== one);
  const other = await pick(vscode.l10n.t("What changed between {0} and", one), rest);
  if (other === undefined) return undefined;
  return compareVersions(one, other) <= 0 ? [one, other] : [other, one];
}
