/**
 * Labels of answers: what the person accepted, discarded or judged, and what the checks found. They are kept on this machine, and only when
 * the person said so, who is asked once.
 */
import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { Engine } from "../core/engine";
import type { AnswerLabel, LabelSource } from "../core/reask/answerLabel";
import type { AnswerConfidence } from "../core/reask/confidence";
import type { ReviewedLabel } from "../core/reask/labelRequests";
import { reaskPromptVersion } from "../core/reask/question";
import type { Log } from "./log";
import { plainLabel } from "./plainText";
import { settingsSection, type SettingKey, type Settings } from "./settings";

/** An answer that was asked about again, with what is known of it. */
export interface JudgedAnswer {
  readonly right: boolean;
  readonly source: LabelSource;
  readonly kind: "code" | "explanation";
  readonly model: string;
  readonly question: string;
  readonly answer: string;
  readonly confidence: AnswerConfidence;
}

export interface LabelKeeper {
  /** Never rejects: a label that cannot be kept disturbs nobody. */
  keep(judged: JudgedAnswer): Promise<void>;
}

export interface LabelKeeperProps {
  readonly engine: Pick<Engine, "label">;
  readonly settings: () => Pick<Settings, "keepLabels">;
  readonly globalState: vscode.Memento;
  readonly log: Log;
}

const askedKey = "labelsAsked";
const never = new AbortController().signal;

export function createLabelKeeper({ engine, settings, globalState, log }: LabelKeeperProps): LabelKeeper {
  /** What the checks find is no decision of the person, who would not know what the question is about. */
  const mayKeep = async (source: LabelSource): Promise<boolean> => {
    if (settings().keepLabels) return true;
    if (source === "checks" || globalState.get(askedKey) === true) return false;
    await globalState.update(askedKey, true);
    const yes = vscode.l10n.t("Keep them");
    const no = vscode.l10n.t("No");
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "May Docwright keep on this machine which answers you accept, discard or judge? A calibration of your own can be made from them. Nothing is sent anywhere.",
      ),
      yes,
      no,
    );
    if (chosen !== yes) return false;
    const key: SettingKey = "keepLabels";
    await vscode.workspace
      .getConfiguration(settingsSection)
      .update(key, true, vscode.ConfigurationTarget.Global);
    return true;
  };
  return {
    async keep(judged) {
      try {
        if (await mayKeep(judged.source)) await engine.label({ label: labelOf(judged) }, never);
      } catch (error) {
        log.warn(`a label could not be kept: ${String(error)}`);
      }
    },
  };
}

function labelOf({ right, source, kind, model, question, answer, confidence }: JudgedAnswer): AnswerLabel {
  const { attributes, embedder } = confidence;
  // The same answer to the same question is the same case, whoever judges it.
  const id = createHash("sha256")
    .update(JSON.stringify([model, kind, question, answer]))
    .digest("hex");
  return {
    id: id.slice(0, 16),
    label: right ? 1 : 0,
    ...{ source, model, kind, question, document: answer },
    promptVersion: reaskPromptVersion,
    ...(embedder !== undefined && { embedder }),
    attributes: [...attributes],
    at: new Date().toISOString(),
  };
}

interface LabelItem extends vscode.QuickPickItem {
  readonly label: string;
  readonly known: ReviewedLabel;
}

/** The labels, least certain first, to look at and to correct. */
export async function reviewLabels(engine: Pick<Engine, "labels" | "correctLabel">): Promise<void> {
  const right = { iconPath: new vscode.ThemeIcon("thumbsup"), tooltip: vscode.l10n.t("It was right") };
  const wrong = { iconPath: new vscode.ThemeIcon("thumbsdown"), tooltip: vscode.l10n.t("It was wrong") };
  const forget = { iconPath: new vscode.ThemeIcon("trash"), tooltip: vscode.l10n.t("Forget this label") };
  const itemOf = (known: ReviewedLabel): LabelItem => ({
    known,
    label: `$(${known.label === 1 ? "pass" : "error"}) ${plainLabel(known.question.replaceAll(/\s+/g, " ").slice(0, 80))}`,
    description:
      known.probability === undefined
        ? known.model
        : vscode.l10n.t("{0}; likely right with {1} %", known.model, Math.round(known.probability * 100)),
    detail: plainLabel(known.document.replaceAll(/\s+/g, " ").slice(0, 160)),
    buttons: [right, wrong, forget],
  });
  const labels = await engine.labels({}, never);
  if (labels.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No answer has a label yet."));
    return;
  }
  const list = vscode.window.createQuickPick<LabelItem>();
  list.title = vscode.l10n.t("Labels, least certain first");
  list.placeholder = vscode.l10n.t("Judge an answer by the buttons of its line");
  list.matchOnDetail = true;
  list.items = labels.map(itemOf);
  list.onDidTriggerItemButton(async ({ item, button }) => {
    const label = button === right ? 1 : button === wrong ? 0 : undefined;
    await engine.correctLabel({ id: item.known.id, ...(label !== undefined && { label }) }, never);
    list.items = list.items.flatMap((each) => {
      if (each.known.id !== item.known.id) return [each];
      return label === undefined ? [] : [itemOf({ ...each.known, label, source: "person" })];
    });
  });
  list.onDidHide(() => list.dispose());
  list.show();
}
