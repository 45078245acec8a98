import type { ChatAction, SetupItem } from "../../protocol/chat";
import { button, element, icon, sentence } from "../dom";
import { actionTitles } from "./answerNotes";
import { t } from "../words";

const examples = [
  t("Create a REST controller with a GET endpoint that returns a list of orders."),
  t("How do I bind my own configuration properties to a record?"),
  t("Write a test that starts the application with a PostgreSQL container."),
] as const;

export interface EmptyStateActions {
  readonly fill: (prompt: string) => void;
  readonly run: (action: ChatAction) => void;
}

export interface EmptyState {
  readonly root: HTMLElement;
  show(setup: readonly SetupItem[]): void;
}

const stateIcons = { checking: "loading codicon-modifier-spin", ready: "pass", missing: "warning" } as const;
const stateWords = { checking: t("Checking:"), ready: t("Ready:"), missing: t("Missing:") } as const;

/** What a new chat shows: what is there and what is missing, each with what mends it, and three questions to begin with. */
export function createEmptyState({ fill, run }: EmptyStateActions): EmptyState {
  const setupList = element("ul", { class: "setup", "aria-label": t("What Docwright needs") });
  const root = element(
    "div",
    { class: "empty-state" },
    element("h2", {}, t("Ask with your Spring Boot version's documents")),
    element(
      "p",
      {},
      t(
        "Answers are written by a model on your own machine and cite the passages they rest on. Select code to ask about it.",
      ),
    ),
    setupList,
    element("h3", {}, t("Try one of these")),
    element(
      "ul",
      { class: "examples" },
      ...examples.map((text) =>
        element("li", {}, button({ class: "example", text, onClick: () => fill(text) })),
      ),
    ),
  );
  return {
    root,
    show(setup) {
      setupList.replaceChildren(
        ...setup.map(({ state, text, action }) =>
          element(
            "li",
            { class: `setup-item ${state}` },
            icon(stateIcons[state]),
            element("span", { class: "visually-hidden" }, stateWords[state]),
            element("span", { class: "setup-text" }, ...sentence(text)),
            action && button({ text: actionTitles[action], onClick: () => run(action) }),
          ),
        ),
      );
    },
  };
}
