import type { ChatEnvironment } from "../../protocol/chat";
import { button, element } from "../dom";
import { attachedChip } from "./attachedChip";
import { t } from "../words";
import { contextChips } from "./contextChips";

export interface ComposerActions {
  readonly send: (text: string) => void;
  readonly stop: () => void;
  readonly setWithDocuments: (value: boolean) => void;
  readonly removeContext: () => void;
  /** `@` and `#` in an empty place ask for a file and for documents. */
  readonly addContext: (kind: "any" | "file" | "docs") => void;
  readonly removeContextItem: (id: string) => void;
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
  const add = button({
    icon: "add",
    label: t("Add context"),
    title: t(
      "Put a file, documents, problems or a command's output beside the question (@ file, # documents)",
    ),
    onClick: () => actions.addContext("any"),
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
      add,
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
    const kind = { "@": "file", "#": "docs" }[event.key] as "file" | "docs" | undefined;
    if (kind && !event.isComposing && isFreePlace(input)) {
      event.preventDefault();
      actions.addContext(kind);
      return;
    }
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
        ...contextChips(environment.context, actions.removeContextItem),
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

/** At the beginning, or after a blank, where a word begins: `a@b.org` and `C#` are words of their own. */
function isFreePlace({ value, selectionStart }: HTMLTextAreaElement): boolean {
  return selectionStart === 0 || /\s/.test(value.charAt(selectionStart - 1));
}

function setText(target: Element | null, text: string): void {
  if (target) target.textContent = text;
}
