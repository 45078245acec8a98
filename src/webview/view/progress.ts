import type { AnswerStatus } from "../../core/answer/answer";
import type { ChatAnswer } from "../../protocol/chat";
import { element, icon } from "../dom";
import { t } from "../words";

const words: Readonly<Record<AnswerStatus, string>> = {
  retrieving: t("Searching the documents"),
  "loading-model": t("Loading the model"),
  summarising: t("Summarising earlier messages"),
  "reading-prompt": t("Reading the passages"),
  writing: t("Writing"),
};

export interface ProgressLine {
  readonly root: HTMLElement;
  show(progress: NonNullable<ChatAnswer["progress"]>, passages: number): void;
  dispose(): void;
}

/** The sign of life of a running answer: what it does and for how long; a cold model takes minutes before its first word. */
export function createProgressLine(): ProgressLine {
  const label = element("span", {});
  const root = element("div", { class: "progress" }, icon("loading codicon-modifier-spin"), label);
  let current: Parameters<ProgressLine["show"]> | undefined;

  const update = () => {
    if (!current) return;
    const [{ status, since }, passages] = current;
    const seconds = Math.max(0, Math.round((Date.now() - since) / 1_000));
    const found = status === "reading-prompt" && passages > 0 ? ` (${passages})` : "";
    label.textContent = `${words[status]}${found}…${seconds >= 2 ? ` ${seconds} s` : ""}`;
  };
  const ticking = setInterval(update, 1_000);

  return {
    root,
    show(progress, passages) {
      current = [progress, passages];
      update();
    },
    dispose: () => clearInterval(ticking),
  };
}

/** What a screen reader is told when the work goes on to its next part. */
export function progressWords(status: AnswerStatus): string {
  return words[status];
}
