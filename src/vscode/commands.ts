import * as vscode from "vscode";
import { failureOf, isAbort } from "../core/failure";
import type { CommandName } from "./commandIds";
import { showFailure } from "./failures";
import type { Log } from "./log";

/** Arguments come from keys, menus, lenses and other extensions: each command looks at what it gets. */
export type Command = (argument: unknown) => unknown;

/** Registers every command behind one wrapper that logs, shows failures with their remedy, and is silent about cancellation. */
export function registerCommands(
  commands: Readonly<Record<CommandName, Command>>,
  log: Log,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`docwright.${name}`, async (argument: unknown) => {
        log.debug(`command ${name}`);
        try {
          return await run(argument);
        } catch (error) {
          if (isAbort(error)) return undefined;
          const failure = failureOf(error);
          log.error(`${name}: ${JSON.stringify(failure)}`);
          // Not awaited: a message waits for a click, and whoever ran the command must not.
          void showFailure(failure, () => vscode.commands.executeCommand(`docwright.${name}`, argument));
          return undefined;
        }
      }),
    ),
  );
}
