import type { ChatEnvironment } from "../../protocol/chat";
import { button, element, icon } from "../dom";
import { t } from "../words";

export interface TopBar {
  readonly root: HTMLElement;
  show(environment: ChatEnvironment): void;
}

export interface TopBarActions {
  readonly newChat: () => void;
  readonly chooseVersion: () => void;
}

/** The project's Spring Boot version, marked when documents of another answer, and the button for a new chat. */
export function createTopBar({ newChat, chooseVersion }: TopBarActions): TopBar {
  const version = button({ class: "version", text: "", onClick: chooseVersion });
  const warning = icon("warning");
  version.prepend(warning);
  const root = element(
    "header",
    { class: "top-bar" },
    version,
    button({
      class: "text-button new-chat",
      icon: "add",
      text: t("New chat"),
      title: t("New chat"),
      onClick: newChat,
    }),
  );
  return {
    root,
    show({ version: label }) {
      const text = version.querySelector("span:not(.codicon)");
      if (text) text.textContent = label ? `Spring Boot ${label.version}` : t("Spring Boot version…");
      warning.hidden = label?.mark === undefined;
      const detail =
        label?.mark ?? (label?.source === undefined ? undefined : t("from the {0}", label.source));
      version.title = [detail, t("Choose the version")].filter((part) => part !== undefined).join(". ");
      version.setAttribute(
        "aria-label",
        [
          label ? `Spring Boot ${label.version}` : t("Spring Boot version unknown"),
          detail,
          t("choose the version"),
        ]
          .filter((part) => part !== undefined)
          .join(", "),
      );
    },
  };
}
