/** The line of actions above a pending change. */
import * as vscode from "vscode";
import type { ConfidenceMark } from "../../core/reask/confidence";
import { confidenceLine } from "../../core/reask/confidenceLine";
import { failureText } from "../../core/failureText";
import { localised } from "../localised";
import { pendingScheme, type PendingChange } from "./pendingChange";
import type { Previews } from "./previews";

export interface PendingLensesProps {
  readonly previews: Previews;
  readonly find: (previewUri: vscode.Uri) => PendingChange | undefined;
}

export function registerPendingLenses({ previews, find }: PendingLensesProps): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    previews.onDidRender(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(
      { scheme: pendingScheme },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses(document) {
          const change = find(document.uri);
          if (!change) return [];
          const rendered = previews.rendered(change);
          const line = Math.min(rendered?.line ?? 0, document.lineCount - 1);
          const range = new vscode.Range(line, 0, line, 0);
          return actionsOf(change, rendered?.notes ?? []).map(
            ([title, command, tooltip]) =>
              new vscode.CodeLens(range, {
                title,
                command: command === "" ? "" : `docwright.${command}`,
                ...(tooltip !== undefined && { tooltip }),
                arguments: [document.uri],
              }),
          );
        },
      },
    ),
  );
}

type LensAction = readonly [title: string, command: string, tooltip?: string];

function actionsOf(change: PendingChange, notes: readonly string[]): readonly LensAction[] {
  const { phase } = change;
  const remarks = remarksOf(change, notes);
  if (phase.kind === "working") {
    return [
      [`$(sync~spin)\u00a0${statusText(change)}`, ""],
      [`$(close)\u00a0${vscode.l10n.t("Cancel (Esc)")}`, "discard"],
      ...sourcesOf(change),
      ...remarks,
    ];
  }
  const key = process.platform === "darwin" ? "⌘↩" : "Ctrl+Enter";
  return [
    ...(change.hasCode
      ? [[`$(check)\u00a0${vscode.l10n.t("Accept ({0})", key)}`, "accept"] satisfies LensAction]
      : []),
    [`$(close)\u00a0${vscode.l10n.t("Discard (Esc)")}`, "discard"],
    [`$(refresh)\u00a0${vscode.l10n.t("Regenerate")}`, "regenerate"],
    ...sourcesOf(change),
    ...confidenceOf(change),
    ...remarks,
  ];
}

const confidenceIcons: Readonly<Record<ConfidenceMark, string>> = {
  "likely right": "pass",
  "likely wrong": "error",
  unsure: "question",
  "cannot judge": "circle-slash",
  uncalibrated: "circle-outline",
};

/** The mark, and below the person's threshold another way: another answer and the sources stand beside it already. */
function confidenceOf({ confidence }: PendingChange): readonly LensAction[] {
  if (!confidence) return [];
  const { mark } = confidence;
  const texts: Readonly<Record<ConfidenceMark, string>> = {
    "likely right": vscode.l10n.t("likely right"),
    "likely wrong": vscode.l10n.t("likely wrong"),
    unsure: vscode.l10n.t("unsure"),
    "cannot judge": vscode.l10n.t("cannot judge"),
    uncalibrated: vscode.l10n.t("uncalibrated"),
  };
  const shown: LensAction = [
    `$(${confidenceIcons[mark]})\u00a0${texts[mark]}`,
    "showAnswer",
    confidenceLine(confidence),
  ];
  if (mark === "likely right" || mark === "uncalibrated") return [shown];
  return [shown, [`$(server)\u00a0${vscode.l10n.t("Ask a stronger model…")}`, "chooseModel"]];
}

function sourcesOf({ passages }: PendingChange): readonly LensAction[] {
  if (passages.length === 0) return [];
  return [[`$(book)\u00a0${vscode.l10n.t("Sources ({0})", passages.length)}`, "showSources"]];
}

function remarksOf(change: PendingChange, notes: readonly string[]): readonly LensAction[] {
  const { phase } = change;
  const warn = (text: string, tooltip = ""): LensAction => [`$(warning)\u00a0${text}`, "showAnswer", tooltip];
  const remarks: LensAction[] = [];
  if (phase.kind === "failed") {
    remarks.push(warn(vscode.l10n.t("broken off"), failureText(phase.failure, localised).message));
  }
  if (phase.kind === "ready" && !change.hasCode)
    remarks.push(warn(vscode.l10n.t("the answer holds no code")));
  if (phase.kind === "ready" && phase.truncated) {
    remarks.push(
      warn(vscode.l10n.t("cut off"), vscode.l10n.t("The room for the answer ended before the model did.")),
    );
  }
  if (change.touched) {
    remarks.push(
      warn(
        vscode.l10n.t("edited meanwhile"),
        vscode.l10n.t("The selected code was edited since; what is struck through here would go."),
      ),
    );
  }
  if (!change.answered) {
    remarks.push(
      warn(
        vscode.l10n.t("from the model alone"),
        vscode.l10n.t("The documents do not answer this: the answer comes from the model alone."),
      ),
    );
  }
  if (change.mark !== undefined) remarks.push(warn(change.mark));
  if (change.leftOut.length > 0) {
    remarks.push(warn(vscode.l10n.t("{0} left out", change.leftOut.length), change.leftOut.join("\n")));
  }
  for (const note of notes) remarks.push(warn(note));
  if (phase.kind !== "working" && change.otherBlocks.length > 0) {
    const others = change.otherBlocks.join(", ");
    remarks.push([`$(info)\u00a0${vscode.l10n.t("also in the answer: {0}", others)}`, "showAnswer"]);
  }
  return remarks;
}

/** What the model is doing, in words. */
export function statusText({ phase }: PendingChange): string {
  if (phase.kind !== "working") return "";
  switch (phase.status) {
    case "retrieving":
      return vscode.l10n.t("Looking into the documents");
    case "loading-model":
      return vscode.l10n.t("Loading the model");
    case "reading-prompt":
      return vscode.l10n.t("Reading the passages");
    case "writing":
      return vscode.l10n.t("Writing");
  }
}
