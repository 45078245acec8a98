import { showHidden } from "../../core/answer/hiddenCharacters";
import type { ChatTurnRecord } from "../../protocol/chat";
import { button, element } from "../dom";
import { attachedChip } from "./attachedChip";
import { t } from "../words";
import { sentContext } from "./contextChips";

export interface QuestionView {
  readonly root: HTMLElement;
  /** Shows another wording; an edit under way is kept. */
  show(instruction: string): void;
}

/** A question with the code that went along; its words can be changed, which asks it again. */
export function createQuestionView(
  { id, instruction, attached, context = [], sets = [], kind }: ChatTurnRecord,
  ask: (text: string) => void,
): QuestionView {
  const headingId = `question-${id}`;
  let asked = instruction;
  const heading = element("h2", { class: "question-text", id: headingId }, instruction);
  const input = element("textarea", { class: "question-input", "aria-label": t("Question in other words") });
  const editButton = button({
    icon: "edit",
    label: t("Edit the question"),
    title: t("Edit the question and ask it again"),
    onClick: () => begin(),
  });
  const send = button({ text: t("Ask again"), icon: "send", onClick: () => finish(true) });
  const cancel = button({ text: t("Cancel"), onClick: () => finish(false) });
  const editing = element(
    "div",
    { class: "question-editing", hidden: true },
    input,
    element("div", { class: "question-buttons" }, send, cancel),
  );
  const root = element(
    "div",
    { class: "question" },
    element("div", { class: "question-line" }, heading, kind === "chat" ? editButton : undefined),
    editing,
    attached && attachedChip(attached),
    ...sentContext(context, sets),
  );

  function setEditing(active: boolean): void {
    editing.hidden = !active;
    heading.hidden = active;
    editButton.hidden = active;
  }
  function begin(): void {
    input.value = asked;
    input.rows = Math.min(10, input.value.split("\n").length + 1);
    setEditing(true);
    input.focus();
  }
  function finish(asks: boolean): void {
    const text = input.value.trim();
    if (asks && text === "") return;
    setEditing(false);
    editButton.focus();
    if (asks) ask(text);
  }
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      finish(true);
    } else if (event.key === "Escape") {
      // The page's own Escape stops an answer.
      event.stopPropagation();
      finish(false);
    }
  });

  return {
    root,
    show(next) {
      asked = next;
      heading.textContent = showHidden(next);
    },
  };
}
