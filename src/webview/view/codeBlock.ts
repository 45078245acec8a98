import { hiddenText } from "../../core/answer/hiddenCharacters";
import type { CodeCheck } from "../../protocol/chat";
import { button, element, icon } from "../dom";
import { highlightCode, languageName } from "../markdown/highlight";
import { t } from "../words";
import { createCodeCheck, isCheckable } from "./codeCheck";

export interface CodeActions {
  /** True when it was done; the host tells of what went wrong. */
  readonly copy: (code: string) => Promise<boolean>;
  readonly insert: (code: string) => Promise<boolean>;
  /** Proposes it as a pending change of the file in sight. */
  readonly apply: (code: string, language: string) => Promise<boolean>;
  readonly newFile: (code: string, language: string) => Promise<boolean>;
  /** What the checks say; undefined when the host could not ask them. */
  readonly check: (code: string, language: string) => Promise<CodeCheck | undefined>;
}

export interface CodeBlock {
  readonly root: HTMLElement;
  /** Shows more of a block that still streams; `code` begins with what it was before. */
  grow(code: string): void;
  /** The whole code, coloured as one. */
  complete(code: string): void;
}

/** A segment of a growing block is coloured anew with each line, so its length (UTF-16 code units) bounds the work for a token. */
const longestSegment = 1_500;

export function createCodeBlock(code: string, fenceLanguage: string, actions: CodeActions): CodeBlock {
  const name = languageName(fenceLanguage);
  let whole = code;
  const content = element("code", { class: "hljs" }, highlightCode(code, fenceLanguage));
  const remark = element("div", { class: "code-hidden", role: "status" });
  const tellOfHidden = () => {
    const what = hiddenText(whole, t);
    remark.replaceChildren(
      ...(what === undefined ? [] : [element("p", {}, icon("warning"), t("This code has {0}", what))]),
    );
  };
  tellOfHidden();
  const said = (plain: string, hiding: string) => (hiddenText(whole, t) === undefined ? plain : hiding);
  const copyButton = button({
    icon: "copy",
    text: t("Copy"),
    title: t("Copy this {0} block", name),
    onClick: () =>
      void confirmOn(
        copyButton,
        said(t("Copied"), t("Copied with hidden characters")),
        actions.copy(trimEnd(whole)),
      ),
  });
  const insertButton = button({
    icon: "insert",
    text: t("Insert"),
    title: t("Insert at the caret of the editor"),
    onClick: () =>
      void confirmOn(
        insertButton,
        said(t("Inserted"), t("Inserted with hidden characters")),
        actions.insert(trimEnd(whole)),
      ),
  });
  const applyButton = button({
    icon: "diff",
    text: t("Apply"),
    title: t("Propose as a change of the open file, to accept or discard"),
    onClick: () => void confirmOn(applyButton, t("Proposed"), actions.apply(trimEnd(whole), fenceLanguage)),
  });
  const newFileButton = button({
    icon: "new-file",
    label: t("New file"),
    title: t("Open as a new file"),
    onClick: () => void actions.newFile(`${trimEnd(whole)}\n`, fenceLanguage),
  });
  const checkButton = button({
    icon: "checklist",
    label: t("Run the checks"),
    title: t("Check this code against the project"),
    onClick: () => void runChecks(),
  });
  const checked = element("div", {});
  const runChecks = async () => {
    checkButton.disabled = true;
    checked.replaceChildren(element("p", { class: "code-check", role: "status" }, t("Checking…")));
    const code = trimEnd(whole);
    const result = await actions.check(code, fenceLanguage);
    checkButton.disabled = false;
    checked.replaceChildren(...(result && code === trimEnd(whole) ? [createCodeCheck(result, actions)] : []));
  };
  const root = element(
    "div",
    { class: "code-block" },
    element(
      "div",
      { class: "code-bar" },
      element("span", { class: "code-language" }, name),
      copyButton,
      insertButton,
      applyButton,
      newFileButton,
      isCheckable(fenceLanguage) ? checkButton : undefined,
    ),
    remark,
    element("pre", { tabindex: 0, role: "group", "aria-label": t("{0} code", name) }, content),
    checked,
  );

  /** The line that is still being written; plain until it is complete. */
  const rest = document.createTextNode("");
  let segmentStart = 0;
  let colouredTo = code.length;
  let segmentNodes: readonly Node[] = [...content.childNodes];
  content.append(rest);

  return {
    root,
    grow(more) {
      whole = more;
      const lastLine = whole.lastIndexOf("\n") + 1;
      if (lastLine > colouredTo) {
        if (colouredTo - segmentStart > longestSegment) {
          segmentStart = colouredTo;
          segmentNodes = [];
        }
        const coloured = highlightCode(whole.slice(segmentStart, lastLine), fenceLanguage);
        for (const old of segmentNodes) content.removeChild(old);
        segmentNodes = [...coloured.childNodes];
        content.insertBefore(coloured, rest);
        colouredTo = lastLine;
        tellOfHidden();
      }
      rest.data = whole.slice(colouredTo);
    },
    complete(all) {
      whole = all;
      tellOfHidden();
      segmentStart = 0;
      colouredTo = all.length;
      content.replaceChildren(highlightCode(all, fenceLanguage), rest);
      segmentNodes = [...content.childNodes].slice(0, -1);
      rest.data = "";
    },
  };
}

function trimEnd(code: string): string {
  return code.replace(/\n+$/, "");
}

/** Says on the button, for two seconds, that its work was done. */
async function confirmOn(target: HTMLButtonElement, word: string, work: Promise<boolean>): Promise<void> {
  const label = target.querySelector("span:not(.codicon)");
  const before = label?.textContent;
  if (!(await work)) return;
  if (!label || before === undefined || before === word) return;
  label.textContent = word;
  target.classList.add("confirmed");
  setTimeout(() => {
    label.textContent = before;
    target.classList.remove("confirmed");
  }, 2_000);
}
