/** The command "Calibrate confidence for my model": the tasks of the package, answered and judged while the person goes on. */
import * as vscode from "vscode";
import type { Engine } from "../core/engine";
import type { TaskCalibrationProgress } from "../core/tasks/taskCalibration";
import { withProgress } from "./progress";
import type { Settings } from "./settings";

/** Answers that the model gives to each task. */
const samples = 2;
/** Tasks of a short run; the fewest that give a calibration at all. */
const few = 24;

export async function calibrateModel(engine: Engine, { host, model, modelOptions }: Settings): Promise<void> {
  const all = {
    label: vscode.l10n.t("All tasks"),
    detail: vscode.l10n.t(
      "The better calibration; hours with a large model. It can be cancelled and goes on later.",
    ),
  };
  const some = {
    label: vscode.l10n.t("{0} tasks", few),
    detail: vscode.l10n.t("A first calibration; more tasks can follow."),
  };
  const chosen = await vscode.window.showQuickPick([all, some], {
    title: vscode.l10n.t("Calibrate the confidence of {0}", model),
    placeHolder: vscode.l10n.t(
      "The model writes code for tasks whose answers can be checked, on this machine",
    ),
  });
  if (!chosen) return;
  const report = await withProgress(vscode.l10n.t("Calibrating {0}", model), (show, signal) =>
    engine.calibrateTasks(
      { host, model, options: modelOptions, samples, fresh: false, ...(chosen === some && { limit: few }) },
      (progress) => show({ message: messageOf(progress), done: progress.cases / progress.casesTotal }),
      signal,
    ),
  );
  const { answers, answersRight, cases, why } = report;
  if (report.path === undefined) {
    await vscode.window.showWarningMessage(vscode.l10n.t("No calibration could be made: {0}.", why ?? ""));
    return;
  }
  await vscode.window.showInformationMessage(
    vscode.l10n.t(
      "{0} is calibrated for code on {1} cases; of its own {2} answers {3} were right.",
      model,
      cases,
      answers,
      answersRight,
    ),
  );
}

function messageOf({ cases, casesTotal, secondsLeft }: TaskCalibrationProgress): string {
  return secondsLeft === undefined
    ? vscode.l10n.t("{0} of {1}", cases, casesTotal)
    : vscode.l10n.t("{0} of {1}, {2} min left", cases, casesTotal, Math.ceil(secondsLeft / 60));
}
