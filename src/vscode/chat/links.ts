import * as vscode from "vscode";

/** Opens an address that a model or a document named, after a question that shows its host; other schemes than http(s) never. */
export async function openForeignLink(href: string): Promise<void> {
  if (!URL.canParse(href)) return;
  const address = new URL(href);
  if (address.protocol !== "https:" && address.protocol !== "http:") return;
  const open = vscode.l10n.t("Open");
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t("Open a page of {0} in the browser?", address.host),
    { modal: true, detail: address.href },
    open,
  );
  if (chosen === open) await vscode.env.openExternal(vscode.Uri.parse(address.href, true));
}

/** Opens the official page of a passage; its address comes from our own list of sources, and VS Code asks by its own rules. */
export async function openOfficialPage(address: string): Promise<void> {
  if (/^https:\/\//i.test(address)) await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
