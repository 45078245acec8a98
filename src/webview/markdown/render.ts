import { createCodeBlock, type CodeActions } from "../view/codeBlock";
import { showHiddenCharacters } from "./hiddenCharacters";
import { markdown } from "./parser";
import { sanitise } from "./sanitise";
import { t } from "../words";

export interface RenderActions extends CodeActions {
  readonly openLink: (address: string) => void;
}

/**
 * Markdown to elements: parsed without raw HTML, sanitised, hidden characters shown, links without an address of their own (they ask the
 * host on a click), code highlighted under a bar with its actions.
 */
export function renderMarkdown(source: string, actions: RenderActions): DocumentFragment {
  const fragment = sanitise(markdown.render(source));
  for (const code of fragment.querySelectorAll("pre > code")) {
    const language = /(?:^|\s)language-(\S+)/.exec(code.className)?.[1] ?? "";
    code.parentElement?.replaceWith(createCodeBlock(code.textContent, language, actions).root);
  }
  for (const link of fragment.querySelectorAll("a")) link.replaceWith(askingLink(link, actions));
  for (const table of fragment.querySelectorAll("table")) scrollSideways(table);
  for (const block of fragment.childNodes) {
    if (!(block instanceof HTMLElement && block.classList.contains("code-block")))
      showHiddenCharacters(block);
  }
  return fragment;
}

/** Without `href`, so that neither a middle click nor the editor's own handling opens it without a question. */
function askingLink(link: HTMLAnchorElement, { openLink }: RenderActions): HTMLElement {
  const address = link.getAttribute("href");
  const made = document.createElement("span");
  made.append(...link.childNodes);
  if (address === null) return made;
  const host = hostNotNamed(made.textContent, address);
  if (host !== undefined) made.append(` (${host})`);
  made.className = "link";
  made.setAttribute("role", "link");
  made.tabIndex = 0;
  made.title = address;
  made.addEventListener("click", () => openLink(address));
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter") openLink(address);
  });
  return made;
}

/** The host of an address whose words name another one. */
function hostNotNamed(words: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { host } = new URL(address);
  const named: readonly string[] = words.toLowerCase().match(/(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu) ?? [];
  return named.length > 0 && !named.includes(host.replace(/:\d+$/, "")) ? host : undefined;
}

function scrollSideways(table: HTMLTableElement): void {
  const frame = document.createElement("div");
  frame.className = "table-frame";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", t("Table"));
  table.replaceWith(frame);
  frame.append(table);
}
