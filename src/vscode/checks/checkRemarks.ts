/** What the line of actions of a pending change says of the checks. */
import * as vscode from "vscode";
import type { CheckReport } from "../../core/checks/checkReport";
import type { Finding } from "../../core/checks/finding";
import { checkSummary, type CheckSummary } from "../../core/checks/summary";
import { localised } from "../localised";
import type { PendingChange, Remark } from "../pending/pendingChange";
import { sampleRemark } from "./guideSample";

const icons = {
  pass: "pass",
  error: "error",
  warning: "warning",
  unknown: "question",
} as const satisfies Record<CheckSummary["mark"], Remark["icon"]>;

/** @param counted The findings of the change itself. */
export function remarksOf(
  change: PendingChange,
  report: CheckReport,
  counted: readonly Finding[],
): readonly Remark[] {
  const summary = checkSummary(report, localised, counted);
  const remarks: Remark[] = [
    ...historyOf(change),
    { icon: icons[summary.mark], text: summary.text, tooltip: summary.details, command: "showFindings" },
  ];
  if (counted.some(({ level }) => level === "error")) remarks.push(sampleRemark());
  if (vscode.workspace.isTrusted && report.classpath?.complete === false) {
    remarks.push({
      icon: "cloud-download",
      text: vscode.l10n.t("Fetch with Maven"),
      tooltip: vscode.l10n.t("Let the project's own Maven fetch what is missing, and check again"),
      command: "checkOnline",
    });
  }
  return remarks;
}

/** How the answer came to be what it is; the version before is one click away. */
function historyOf({ attempt: { mending, mended, correction } }: PendingChange): readonly Remark[] {
  const remarks: Remark[] = [];
  if (correction) {
    remarks.push({
      icon: "sparkle",
      text: vscode.l10n.t("corrected: {0} findings before, {1} now", correction.before, correction.now),
      tooltip: vscode.l10n.t(
        "The model was shown what the checks found. The answer before this one is as it was.",
      ),
      command: "previousAlternative",
    });
  }
  if (mending === "mended" && mended.length > 0) {
    remarks.push({
      icon: "wrench",
      text: vscode.l10n.t("{0} mended: {1}", mended.length, mended.join(", ").replaceAll("`", "")),
      tooltip: vscode.l10n.t(
        "Mended by what the project knows, without the model. The answer before this one is as the model wrote it.",
      ),
      command: "previousAlternative",
    });
  }
  if (mending === "as-written") {
    remarks.push({
      icon: "wrench",
      text: vscode.l10n.t("as the model wrote it"),
      tooltip: vscode.l10n.t("The next answer is the same, with what could be mended without the model."),
      command: "nextAlternative",
    });
  }
  return remarks;
}

export const checking = (): Remark => ({ icon: "sync~spin", text: vscode.l10n.t("checking") });
