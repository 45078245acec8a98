/** Accepted changes on disk, in the workspace's own storage. */
import * as vscode from "vscode";
import type { Log } from "../log";
import { withAccepted, type AcceptedChange } from "./acceptedChange";

export interface AcceptedStore {
  /** The latest first. */
  list(): Promise<readonly AcceptedChange[]>;
  add(entry: AcceptedChange): Promise<void>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

export function createAcceptedStore(folder: vscode.Uri, log: Log): AcceptedStore {
  const file = vscode.Uri.joinPath(folder, "accepted.json");
  const changed = new vscode.EventEmitter<void>();
  let queue: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<readonly AcceptedChange[]> => {
    try {
      const content: unknown = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
      return isStored(content) ? content.accepted : [];
    } catch {
      return []; // nothing was accepted yet, or the file was cut off while it was written
    }
  };
  /** One after another, each on what the file says by then: another window may have accepted, too. */
  const change = (by: (entries: readonly AcceptedChange[]) => readonly AcceptedChange[]) => {
    const done = queue.then(async () => {
      try {
        const accepted = by(await read());
        await vscode.workspace.fs.createDirectory(folder);
        const content = new TextEncoder().encode(JSON.stringify({ schema: 1, accepted }));
        await vscode.workspace.fs.writeFile(file, content);
      } catch (error) {
        log.warn(`could not keep what was accepted: ${String(error)}`);
      }
      changed.fire();
    });
    queue = done;
    return done;
  };

  return {
    list: () => queue.then(read),
    add: (entry) => change((entries) => withAccepted(entries, entry)),
    remove: (id) => change((entries) => entries.filter((entry) => entry.id !== id)),
    clear: () => change(() => []),
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}

function isStored(content: unknown): content is { readonly accepted: readonly AcceptedChange[] } {
  return (
    typeof content === "object" &&
    content !== null &&
    "schema" in content &&
    content.schema === 1 &&
    "accepted" in content &&
    Array.isArray(content.accepted)
  );
}
