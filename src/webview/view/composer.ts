import type { ChatEnvironment } from "../../protocol/chat";
import { button, element } from "../dom";
import { attachedChip } from "./attachedChip";
import { t } from "../words";

export interface ComposerActions {
  readonly send: (text: string) => void;
  readonly stop: () => void;
  readonly setWithDocuments: (value: boolean) => void;
  readonly removeContext: () => void;
  readonly chooseModel: () => void;
  readonly keepDraft: (text: string) => void;
}

export interface Composer {
  readonly root: HTMLElement;
  show(environment: ChatEnvironment): void;
  setRunning(running: boolean): void;
  /** Puts a text into the input, for an example that the person may change before sending. */
  fill(text: string): void;
  focus(): void;
}

/** The input with what goes along (selection, documents, model) in sight. Enter sends, Shift+Enter starts a new line. */
export function createComposer(draft: string, actions: ComposerActions): Composer {
  let running = false;
  const input = element("textarea", { "aria-label": t("Question"), id: "question-input" });
  input.rows = 1;
  input.placeholder = t("Ask about Spring Boot or your code");
  input.value = draft;

  const send = () => {
    const text = input.value.trim();
    if (running || text === "") return;
    input.value = "";
    actions.keepDraft("");
    enable();
    actions.send(text);
  };
  const sendButton = button({
    class: "send",
    icon: "send",
    label: t("Send"),
    title: t("Send (Enter)"),
    onClick: send,
  });
  const stopButton = button({
    class: "send stop",
    icon: "debug-stop",
    label: t("Stop"),
    title: t("Stop (Escape)"),
    onClick: actions.stop,
  });
  stopButton.hidden = true;

  const documents = element(
    "button",
    { type: "button", class: "switch", role: "switch", "aria-label": t("With docs") },
    element("span", { class: "switch-track", "aria-hidden": "true" }),
    element("span", { class: "switch-text", "aria-hidden": "true" }),
  );
  documents.addEventListener("click", () => {
    actions.setWithDocuments(documents.getAttribute("aria-checked") !== "true");
  });
  const model = button({
    class: "model",
    icon: "chip",
    text: "",
    title: t("Choose model"),
    onClick: actions.chooseModel,
  });
  const attached = element("div", { class: "attached" });
  const root = element(
    "form",
    { class: "composer", "aria-label": t("New question") },
    attached,
    input,
    element(
      "div",
      { class: "composer-bar" },
      documents,
      model,
      element("span", { class: "spring" }),
      sendButton,
      stopButton,
    ),
  );

  function enable(): void {
    sendButton.disabled = input.value.trim() === "";
  }
  input.addEventListener("input", () => {
    actions.keepDraft(input.value);
    enable();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  root.addEventListener("submit", (event) => event.preventDefault());
  enable();

  return {
    root,
    show(environment) {
      attached.replaceChildren(
        ...(environment.attached ? [attachedChip(environment.attached, actions.removeContext)] : []),
      );
      documents.setAttribute("aria-checked", String(environment.withDocuments));
      documents.title = environment.withDocuments
        ? t("Answers rest on the indexed documents")
        : t("The model answers from what it knows, without documents");
      setText(
        documents.querySelector(".switch-text"),
        environment.withDocuments ? t("With docs") : t("Without docs"),
      );
      setText(model.querySelector("span:not(.codicon)"), environment.model ?? t("Choose model…"));
      model.setAttribute("aria-label", t("Model: {0}. Choose model", environment.model ?? t("none")));
    },
    setRunning(next) {
      running = next;
      sendButton.hidden = next;
      stopButton.hidden = !next;
    },
    fill(text) {
      input.value = text;
      actions.keepDraft(text);
      enable();
      input.focus();
    },
    focus: () => input.focus(),
  };
}

function setText(target: Element | null, text: string): void {
  if (target) target.textContent = text;
}
