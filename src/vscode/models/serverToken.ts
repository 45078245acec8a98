/** The tokens and headers of servers: in the editor's secret storage, each under the origin that it is for. */
import * as vscode from "vscode";
import { serverOrigin } from "../../core/models/serverAddress";
import { parseSecret, type SecretHeaders, type SecretsOf } from "../../core/models/serverSecrets";
import type { Settings } from "../settings";

const keyOf = (origin: string) => `docwright.server ${origin}`;

/** What the worker asks for before each request. Throws what the editor's storage throws. */
export function createServerSecrets(storage: vscode.SecretStorage): SecretsOf {
  return async (origin) => {
    const kept = await storage.get(keyOf(origin));
    return kept === undefined ? {} : headersIn(kept);
  };
}

/** The storage is written by {@link setToken} alone, but another version may have been here. */
function headersIn(kept: string): SecretHeaders {
  const value: unknown = JSON.parse(kept);
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** The command: sets the token or a header of the server that the settings name, or removes what is kept for it. */
export async function setToken(storage: vscode.SecretStorage, { host }: Settings): Promise<void> {
  const origin = serverOrigin(host);
  if (origin === undefined) return;
  const kept = await createServerSecrets(storage)(origin);
  const removed = Object.keys(kept).length > 0 ? await chooseRemoval(kept, origin) : undefined;
  if (removed === cancelled) return;
  const added = removed === undefined ? await askSecret(origin) : undefined;
  if (removed === undefined && added === undefined) return;

  // Asked again: the storage is that of all windows, and the questions took a while.
  const headers = { ...(await createServerSecrets(storage)(origin)), ...added };
  const left = Object.entries(headers).filter(([name]) => name !== removed);
  if (left.length === 0) await storage.delete(keyOf(origin));
  else await storage.store(keyOf(origin), JSON.stringify(Object.fromEntries(left)));
  void vscode.window.showInformationMessage(
    removed === undefined
      ? vscode.l10n.t("Kept in the editor's secret storage, and sent to {0} alone.", origin)
      : vscode.l10n.t("Removed; {0} gets it no more.", origin),
  );
}

const cancelled = Symbol("cancelled");

/** The header to remove, or `undefined` to set one. Values are not shown. */
async function chooseRemoval(
  kept: SecretHeaders,
  origin: string,
): Promise<string | undefined | typeof cancelled> {
  const rows = [
    { label: vscode.l10n.t("Set a token or header…"), name: undefined },
    ...Object.keys(kept).map((name) => ({
      label:
        name === "Authorization"
          ? vscode.l10n.t("Remove the token")
          : vscode.l10n.t("Remove the header {0}", name),
      name,
    })),
  ];
  const chosen = await vscode.window.showQuickPick(rows, { title: titleFor(origin) });
  return chosen === undefined ? cancelled : chosen.name;
}

async function askSecret(origin: string): Promise<SecretHeaders | undefined> {
  const written = await vscode.window.showInputBox({
    title: titleFor(origin),
    prompt: origin.startsWith("https:")
      ? vscode.l10n.t("The token, or another header as `Name: value`. It is sent to this server alone.")
      : vscode.l10n.t(
          "The token, or another header as `Name: value`. It is sent to this server alone, over http, which whoever is between can read.",
        ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === "" || parseSecret(text)
        ? undefined
        : vscode.l10n.t("This can be sent neither as a token nor as a header."),
  });
  return written === undefined ? undefined : parseSecret(written);
}

const titleFor = (origin: string) => vscode.l10n.t("Token of {0}", origin);
