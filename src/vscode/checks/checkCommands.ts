/** The commands around what the checks found in a pending change. */
import * as vscode from "vscode";
import { reportMarkdown } from "../../core/checks/reportMarkdown";
import type { Engine } from "../../core/engine";
import type { TextDocuments } from "../documents/textDocuments";
import type { PendingChange } from "../pending/pendingChange";
import type { PendingChanges } from "../pending/pendingChanges";
import { localised } from "../localised";
import type { ProjectVersions } from "../projectVersion";
import { offerSample } from "./guideSample";
import type { ModelRepair } from "./modelRepair";
import type { PendingChecks } from "./pendingChecks";

export interface CheckCommandsProps {
  readonly pending: PendingChanges;
  readonly checks: PendingChecks;
  readonly engine: Pick<Engine, "sample">;
  readonly versions: Pick<ProjectVersions, "current">;
  readonly repair: Pick<ModelRepair, "stop">;
  readonly texts: TextDocuments;
}

export function createCheckCommands(props: CheckCommandsProps) {
  const { pending, checks, repair, texts, engine, versions } = props;
  const withChange = (run: (change: PendingChange) => Promise<void>) => async (argument: unknown) => {
    const uri = isPlace(argument) ? argument.uri : undefined;
    const found = pending.find(uri);
    if (found) await run(found.change);
  };
  return {
    applyFix: (argument: unknown) => checks.applyFix(argument),
    showFindings: withChange(async (change) => {
      const report = checks.report(change);
      if (!report) return;
      const title = vscode.l10n.t("What the checks found");
      const name = (path: string) => vscode.workspace.asRelativePath(path, false);
      await texts.open(title, `checks-${change.id}`, reportMarkdown(report, { title, name }, localised));
    }),
    checkOnline: withChange((change) => checks.checkOnline(change)),
    offerSample: withChange((change) => offerSample({ engine, versions, pending }, change)),
    stopRepair: withChange((change) => {
      repair.stop(change);
      return Promise.resolve();
    }),
  };
}

function isPlace(argument: unknown): argument is { readonly uri: vscode.Uri } {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "uri" in argument &&
    argument.uri instanceof vscode.Uri
  );
}
