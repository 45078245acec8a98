import * as vscode from "vscode";
import { plainMessage } from "./plainText";

export interface ProgressReport {
  readonly message: string;
  /** Share of the whole that is done, 0 to 1; absent while unknown. */
  readonly done?: number;
}

/** A notification with progress and a Cancel button; the signal aborts on Cancel. */
export async function withProgress<Result>(
  title: string,
  run: (report: (progress: ProgressReport) => void, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: plainMessage(title), cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      let shown = 0;
      try {
        return await run(({ message, done }) => {
          const increment = done === undefined ? 0 : Math.max(0, done * 100 - shown);
          shown += increment;
          progress.report({ message: plainMessage(message), ...(done !== undefined && { increment }) });
        }, controller.signal);
      } finally {
        subscription.dispose();
      }
    },
  );
}
