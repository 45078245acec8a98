/**
 * Puts a message of the program into the person's language, with values for `{0}`, `{1}`, …. `vscode.l10n.t` is one; messages are the keys
 * of its tables, so that what is not translated stays English.
 */
export type Translate = (message: string, ...values: readonly (string | number)[]) => string;

/** @param table Translations by the English message. */
export function translator(table: Readonly<Record<string, string>>): Translate {
  return (message, ...values) =>
    (table[message] ?? message).replace(/\{(\d+)\}/g, (place, index: string) =>
      String(values[Number(index)] ?? place),
    );
}

/** For the command line and the log, which speak English. */
export const english: Translate = translator({});
