/** What the checks say of a code block, below it; all of it is set as text. */
import type { CodeCheck } from "../../protocol/chat";
import { button, element, icon, sentence } from "../dom";
import { t } from "../words";

export interface CodeCheckActions {
  readonly copy: (code: string) => Promise<boolean>;
}

const icons = {
  pass: "pass",
  error: "error",
  warning: "warning",
  unknown: "question",
} as const satisfies Record<CodeCheck["mark"], string>;

/** Languages, as fences name them, that the host has checks for. */
export const isCheckable = (language: string): boolean =>
  /^(?:java|kotlin|kt|properties|ya?ml|xml|gradle|groovy)?$/i.test(language);

export function createCodeCheck(
  { mark, text, findings, notes, mended }: CodeCheck,
  { copy }: CodeCheckActions,
) {
  const levels = { error: t("error"), warning: t("warning"), info: t("note") };
  const rows = findings.map(({ line, level, message, fix }) =>
    element(
      "li",
      { class: `code-finding ${level}` },
      element("span", { class: "code-finding-place" }, t("line {0}, {1}", line, levels[level])),
      element("span", {}, ...sentence(message)),
      fix === undefined ? undefined : element("span", { class: "code-finding-fix" }, ...sentence(fix)),
    ),
  );
  return element(
    "div",
    { class: `code-check ${mark}`, role: "status" },
    element("p", { class: "code-check-summary" }, icon(icons[mark]), element("span", {}, text)),
    rows.length === 0 ? undefined : element("ul", {}, ...rows),
    ...notes.map((note) => element("p", { class: "code-check-note" }, ...sentence(note))),
    mended === undefined
      ? undefined
      : button({
          icon: "wrench",
          text: t("Copy the mended code"),
          title: t("The same code with what could be mended without the model"),
          onClick: () => void copy(mended),
        }),
  );
}
