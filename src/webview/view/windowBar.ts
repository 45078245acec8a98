import type { WindowUse } from "../../core/answer/answer";
import { element } from "../dom";
import { t } from "../words";

const parts = [
  { key: "rules", name: t("Rules and project") },
  { key: "passages", name: t("Passages") },
  { key: "history", name: t("Earlier messages") },
  { key: "code", name: t("Code and files") },
  { key: "question", name: t("Question") },
  { key: "answer", name: t("Room for the answer") },
] as const satisfies readonly { key: keyof WindowUse; name: string }[];

/** How the model's window was shared out: a bar, and behind it the figures. */
export function windowBar(use: WindowUse): HTMLElement {
  const used = parts.reduce((sum, { key }) => sum + use[key], 0);
  const percent = (tokens: number) => Math.min(100, Math.round((tokens / use.total) * 100));
  const bar = element("div", { class: "window-bar", "aria-hidden": "true" });
  for (const { key } of parts) {
    const segment = element("span", { class: `window-${key}` });
    segment.style.width = `${(use[key] / use.total) * 100}%`;
    bar.append(segment);
  }
  const rows = parts
    .filter(({ key }) => use[key] > 0)
    .map(({ key, name }) =>
      element(
        "li",
        {},
        element("span", { class: `window-key window-${key}`, "aria-hidden": "true" }),
        t("{0}: {1} tokens ({2} %)", name, use[key], percent(use[key])),
      ),
    );
  return element(
    "details",
    { class: "window-use" },
    element("summary", {}, t("Window: {0} % of {1} tokens", percent(used), use.total), bar),
    element("ul", {}, ...rows, element("li", {}, t("Free: {0} tokens", Math.max(0, use.total - used)))),
  );
}
