import type { ContextItem } from "../../core/answer/answer";
import type { ChosenSet, ContextChip } from "../../protocol/chat";
import { button, element, icon } from "../dom";
import { t } from "../words";

const icons: Readonly<Record<ContextChip["kind"], string>> = {
  file: "file",
  problems: "warning",
  terminal: "terminal",
  docs: "book",
};

/** What goes along with the next question, each with a button that takes it away. */
export function contextChips(
  chips: readonly ContextChip[],
  remove: (id: string) => void,
): readonly HTMLElement[] {
  return chips.map(({ id, kind, label, detail }) =>
    element(
      "div",
      { class: "chip", title: detail },
      icon(icons[kind]),
      element("span", { class: "chip-label" }, label),
      button({ icon: "close", label: t("Do not send {0}", label), onClick: () => remove(id) }),
    ),
  );
}

/** What went along with a question. */
export function sentContext(
  context: readonly ContextItem[],
  sets: readonly ChosenSet[],
): readonly HTMLElement[] {
  const chip = (iconName: string, label: string, title: string) =>
    element("div", { class: "chip", title }, icon(iconName), element("span", { class: "chip-label" }, label));
  // A file goes by its name, as it did beside the question; only what is no file has no language.
  const nameOf = ({ label, languageId }: ContextItem) =>
    languageId === "" ? label : label.slice(label.lastIndexOf("/") + 1);
  return [
    ...context.map((item) => chip("paperclip", nameOf(item), `${item.label}\n${item.text.slice(0, 600)}`)),
    ...sets.map(({ name }) => chip("book", name, name)),
  ];
}
