/** Listings with their language, and sets of tabs that show one listing in several variants. */
import { isTag, type AnyNode, type Element } from "domhandler";
import type { Block } from "../../../core/document/section";
import { plainText, verbatimText } from "./inline";
import { all, first } from "./select";

export function codeBlock(pre: Element): Block & { kind: "code" } {
  const code = pre.children.filter(isTag).find((child) => child.name === "code") ?? pre;
  const language =
    languageOf(code) ??
    languageOf(pre) ??
    (pre.parent && isTag(pre.parent) ? languageOf(pre.parent) : undefined);
  const text = verbatimText(pre.children)
    .replace(/\r\n?/g, "\n")
    .replace(/\u00a0/g, " ")
    .replace(/[ \t]+$/gm, "")
    .replace(/^\n+|\s+$/g, "");
  return { kind: "code", text, ...(language && { language }) };
}

function languageOf(element: Element): string | undefined {
  const data = element.attribs["data-lang"] ?? element.attribs["data-language"];
  if (data) return data.toLowerCase();
  const classes = element.attribs["class"] ?? "";
  const language = /(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*)([\w#+-]+)/.exec(classes)?.[1];
  return language && !/^(none|plain|text|plaintext)$/i.test(language) ? language.toLowerCase() : undefined;
}

export interface TabPanel {
  readonly caption: string;
  readonly content: readonly AnyNode[];
}

/** Panels of a set of tabs with their tab's words, Java before Kotlin; absent when the element is no set of tabs. */
export function tabPanels(element: Element): readonly TabPanel[] | undefined {
  const classes = (element.attribs["class"] ?? "").split(/\s+/);
  if (!classes.some((name) => /^(tabs|tabset|tabbed-set|tab-container)$/.test(name))) return undefined;
  const panels = all(".tabpanel, [role=tabpanel], .tab-pane, .tabbed-block", element);
  if (panels.length === 0) return undefined;
  const tabs = all(".tablist .tab, [role=tab], .tabbed-labels > label", element);
  return [...panels]
    .map((panel, index) => {
      const labelId = panel.attribs["aria-labelledby"];
      const label = tabs.find((tab) => labelId !== undefined && tab.attribs["id"] === labelId) ?? tabs[index];
      return { caption: label ? plainText([label]) : "", content: panelContent(panel) };
    })
    .sort((one, other) => variantRank(one.caption) - variantRank(other.caption));
}

/** A panel often repeats its listing's title, which the tab already says. */
function panelContent(panel: Element): readonly AnyNode[] {
  const listing = first(":scope > .listingblock", panel);
  return listing ? [listing] : panel.children;
}

const variantRank = (caption: string) => (/^kotlin/i.test(caption) ? 1 : 0);
