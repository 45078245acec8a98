import type { ChatAction, ChatAnswer } from "../../protocol/chat";
import { button, element, icon, sentence } from "../dom";
import { t } from "../words";

/** Words for the button of each action. */
export const actionTitles: Readonly<Record<ChatAction, string>> = {
  "start-ollama": t("Start Ollama"),
  "install-ollama": t("Get Ollama…"),
  "set-token": t("Set token…"),
  "open-settings": t("Open settings"),
  "choose-model": t("Choose model…"),
  "pull-model": t("Choose model…"),
  "index-documents": t("Index documents…"),
  "index-official": t("Index the official documents…"),
  "choose-version": t("Choose version…"),
  retry: t("Try again"),
  "show-log": t("Show log"),
};

export interface NoteActions {
  readonly run: (action: ChatAction) => void;
  readonly retry: () => void;
}

/** What is to be said about an answer beside its text: a problem with its remedy, an early end, what did not fit. */
export function answerNotes(answer: ChatAnswer, actions: NoteActions): readonly HTMLElement[] {
  const retryButton = () => button({ text: actionTitles.retry, icon: "refresh", onClick: actions.retry });
  const notes: HTMLElement[] = [];
  if (answer.state === "failed" && answer.problem) {
    const { message, remedy, actions: offered } = answer.problem;
    notes.push(
      element(
        "div",
        { class: "note error" },
        icon("error"),
        element(
          "div",
          { class: "note-text" },
          element("p", {}, ...sentence(message)),
          element("p", {}, ...sentence(remedy)),
        ),
        element(
          "div",
          { class: "note-actions" },
          ...offered
            .filter((action) => action !== "retry")
            .map((action) => button({ text: actionTitles[action], onClick: () => actions.run(action) })),
          retryButton(),
        ),
      ),
    );
  }
  if (answer.state === "stopped") notes.push(quietNote("debug-stop", t("Stopped."), retryButton()));
  if (answer.state === "interrupted") {
    notes.push(
      quietNote("debug-disconnect", t("The editor closed before the answer was complete."), retryButton()),
    );
  }
  if (answer.truncated) {
    notes.push(
      quietNote("warning", t("The answer ended because the room for it was used up. Ask it to go on.")),
    );
  }
  if (answer.leftOut.length > 0) {
    notes.push(
      element(
        "details",
        { class: "left-out" },
        element("summary", {}, t("Left out ({0})", answer.leftOut.length)),
        element("ul", {}, ...answer.leftOut.map((what) => element("li", {}, what))),
      ),
    );
  }
  return notes;
}

function quietNote(iconName: string, text: string, ...more: readonly HTMLElement[]): HTMLElement {
  return element(
    "div",
    { class: "note" },
    icon(iconName),
    element("p", { class: "note-text" }, text),
    ...more,
  );
}
