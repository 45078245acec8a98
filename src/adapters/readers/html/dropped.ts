import type { Element } from "domhandler";

const droppedNames = new Set(
  (
    "script style noscript template nav aside header footer form button input select textarea svg canvas iframe " +
    "object audio video head link meta title"
  ).split(" "),
);

/** Parts of a page around its text: navigation, tables of contents, breadcrumbs, edit links, anchors drawn beside headings. */
const droppedClasses =
  /^(toc|toc2|nav|navbar|navigation|sidebar|menu|breadcrumbs?|breadcrumbs-container|pagination|footer|header-anchor|headerlink|hash-link|edit-this-page|toolbar|copy-button|source-toolbox|feedback|skip-link|sr-only|visually-hidden|page-versions|related-links)$/i;

export function dropped(node: Element): boolean {
  if (droppedNames.has(node.name)) return true;
  if (node.attribs["hidden"] !== undefined || node.attribs["aria-hidden"] === "true") return true;
  if (/^(navigation|banner|contentinfo|search|complementary)$/.test(node.attribs["role"] ?? "")) return true;
  const classes = node.attribs["class"];
  if (classes?.split(/\s+/).some((name) => droppedClasses.test(name))) return true;
  return node.attribs["id"] === "toc" || node.attribs["id"] === "footer";
}
