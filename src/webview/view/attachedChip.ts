import type { AttachedCode } from "../../protocol/chat";
import { button, element, icon } from "../dom";
import { t } from "../words";

/** The code that goes along with a question; with `remove` it can be taken away. */
export function attachedChip({ label, text }: AttachedCode, remove?: () => void): HTMLElement {
  return element(
    "div",
    { class: "chip", title: text.slice(0, 600) },
    icon("code"),
    element("span", { class: "chip-label" }, label),
    remove && button({ icon: "close", label: t("Do not send {0}", label), onClick: remove }),
  );
}
