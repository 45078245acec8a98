import * as vscode from "vscode";
import type { Translate } from "../core/translate";

/** The editor's own language, for modules that do not know the editor. */
export const localised: Translate = (message, ...values) => vscode.l10n.t(message, ...values);
