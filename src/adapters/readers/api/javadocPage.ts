/** A type's page as the standard doclet writes it, from JDK 8 to today's. */
import { isTag, type AnyNode, type Element } from "domhandler";
import { parseDocument } from "htmlparser2";
import type { ApiMember, ApiType } from "../../../core/api/apiType";
import type { Block } from "../../../core/document/section";
import { blocksOf } from "../html/blocks";
import { plainText, verbatimText } from "../html/inline";
import { all, first } from "../html/select";
import { labelOf } from "./label";
import { tidyCode } from "./tidyCode";

/**
 * Undefined for a page that is no type's.
 * @param path Of the page below the jar's root.
 */
export function readJavadocPage(path: string, html: string): ApiType | undefined {
  const page = parseDocument(withoutSummaries(html));
  const title = first("h1.title, h2.title", page);
  const name = title && typeName(plainText(title.children));
  if (name === undefined) return undefined;
  const head = first("section.class-description, section.description, div.description", page);
  const signature = first(".type-signature, pre", head ?? page);
  return {
    name,
    packageName: packageOf(page, path),
    place: path,
    signature: signature ? code(signature) : name,
    description: head ? descriptionOf(head) : [],
    members: membersOf(page, path),
  };
}

/** Navigation, and tables that say again what the details say, are more than half of a page; making a tree of them costs the most. */
function withoutSummaries(html: string): string {
  const main = html.indexOf("<main");
  const start = html.search(/<(?:section|div) class="summary">/);
  const end = html.search(/<(?:section|div) class="details"/);
  const before = html.slice(Math.max(0, main), start < 0 ? undefined : start);
  return start < 0 ? before : before + (end < 0 ? "" : html.slice(end));
}

const kinds =
  /^(?:(?:Preview|Sealed) )?(?:Class|Interface|Enum Class|Enum|Record Class|Record|Annotation Interface|Annotation Type|Exception Class|Exception|Error)\s+/;

/** "Interface RestClient.Builder<T>" names `RestClient.Builder`; "Package org.acme" names none. */
function typeName(title: string): string | undefined {
  return kinds.test(title) ? title.replace(kinds, "").replace(/\s*<.*$/, "") : undefined;
}

/** Said above the title; the path of the page begins with the module's name where there are modules. */
function packageOf(page: AnyNode, path: string): string {
  const label = all("div.sub-title, div.subTitle", page)
    .map(({ children }) => plainText(children).replace(/^(?:Package|Module)\s+/, ""))
    .at(-1);
  return label ?? path.split("/").slice(0, -1).join(".");
}

function membersOf(page: AnyNode, path: string): readonly ApiMember[] {
  const sections = all("section.detail[id]", page);
  if (sections.length > 0) {
    return sections.flatMap((section) => memberOf(section, `${path}#${section.attribs["id"] ?? ""}`));
  }
  return all("div.details h4, section.details h4", page).flatMap((heading) => {
    const item = heading.parent;
    return item && isTag(item) ? memberOf(item, `${path}#${anchorBefore(item)}`) : [];
  });
}

/** Until JDK 13 an empty link stands before the list that holds the member. */
function anchorBefore(item: Element): string {
  const list = item.parent;
  const siblings = (list?.parent?.children ?? []).filter(isTag);
  const position = siblings.findIndex((sibling) => sibling === list);
  const link = siblings.slice(0, Math.max(0, position)).findLast(({ name }) => name === "a");
  return link?.attribs["id"] ?? link?.attribs["name"] ?? "";
}

function memberOf(item: Element, place: string): readonly ApiMember[] {
  const name = plainText(first("h3, h4", item)?.children ?? []);
  const signature = first(".member-signature, pre", item);
  if (name === "" || !signature) return [];
  const text = code(signature);
  return [{ name, label: labelOf(name, text), place, signature: text, description: descriptionOf(item) }];
}

function code(element: Element): string {
  return verbatimText(element.children)
    .replace(/[\u00a0\u200b]/g, " ")
    .replace(/[ \t]*\n[ \t]*/g, "\n")
    .replace(/^((?!@).*)\n(?=\w)/gm, "$1 ")
    .replace(/[ \t]{2,}/g, " ")
    .trim();
}

const deprecation = ".deprecation-block, .deprecationBlock";
/** Notes that help to use the member; authors, links and what it overrides do not. */
const told =
  /^(?:Parameters|Type Parameters|Returns|Throws|Since|Record Components|Default|API Note|Implementation Note|Implementation Requirements):?$/i;

function descriptionOf(item: Element): readonly Block[] {
  const own = (selector: string) => all(selector, item).filter((element) => isOwn(element, item));
  const deprecated = own(deprecation).flatMap((element): Block[] => {
    const text = plainText(element.children).replace(
      /^Deprecated(?:, for removal:[^.]*element is subject to removal in a future version)?\.?\s*/i,
      "",
    );
    return [{ kind: "admonition", label: "Deprecated", text: text || "Not to be used in new code." }];
  });
  const blocks = own("div.block").flatMap((element) => blocksOf(element.children).map(tidyCode));
  const notes = own("dl").flatMap(notesOf);
  return [
    ...deprecated,
    ...blocks,
    ...(notes.length === 0 ? [] : [{ kind: "list", text: notes.join("\n") } as const]),
  ];
}

/** What stands in the description itself, not in a member, a summary or a deprecation within it. */
function isOwn(element: Element, item: Element): boolean {
  for (let outer = element.parent; outer && outer !== item; outer = outer.parent) {
    if (isTag(outer) && /\b(?:deprecation-?block|summary|details?)\b/i.test(outer.attribs["class"] ?? ""))
      return false;
  }
  return true;
}

function notesOf(list: Element): string[] {
  const lines: string[] = [];
  let label = "";
  for (const child of list.children.filter(isTag)) {
    const text = plainText(child.children);
    if (child.name === "dt") label = text;
    else if (child.name === "dd" && told.test(label) && text !== "") {
      const parts = blocksOf(child.children).map((block) => block.text);
      lines.push(`- ${label.replace(/:$/, "")}: ${parts.join(" ").replaceAll("\n", " ")}`);
    }
  }
  return lines;
}
