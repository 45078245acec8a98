/** Walks the content of a page and hands its headings and blocks, in reading order, to a section builder. */
import { isTag, isText, type AnyNode, type Element } from "domhandler";
import type { Block } from "../../../core/document/section";
import type { SectionBuilder } from "../sectionBuilder";
import { admonitionOf } from "./admonition";
import { codeBlock, tabPanels } from "./code";
import { dropped } from "./dropped";
import { inlineMarkdown, plainText } from "./inline";
import { isLayoutTable, markdownTable } from "./table";

const containers = new Set(
  (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 h7 h8 h9 " +
    "header hgroup hr html li main nav ol p pre section summary table tbody td th thead tr ul"
  ).split(" "),
);

export function readContent(nodes: readonly AnyNode[], sections: SectionBuilder): void {
  let inline: AnyNode[] = [];
  const flush = () => {
    const text = inlineMarkdown(inline);
    inline = [];
    if (text) sections.add({ kind: "prose", text });
  };
  for (const node of nodes) {
    if (isTag(node) && dropped(node)) continue;
    if (isTag(node) && (containers.has(node.name) || holdsContainer(node))) {
      flush();
      readElement(node, sections);
    } else if (isTag(node) || isText(node)) inline.push(node);
  }
  flush();
}

function readElement(element: Element, sections: SectionBuilder): void {
  // Asciidoctor goes on counting where HTML ends: h7.
  const level = /^h([1-9])$/.exec(element.name)?.[1];
  if (level) {
    const text = plainText(element.children);
    if (text) sections.heading({ level: Number(level), text, anchor: anchorOf(element) });
    return;
  }
  const admonition = admonitionOf(element);
  if (admonition) {
    sections.add(
      ...splitBlocks(admonition.content, (text) => ({ kind: "admonition", label: admonition.label, text })),
    );
    return;
  }
  const panels = tabPanels(element);
  if (panels) {
    for (const { caption, content } of panels) {
      sections.add(...blocksOf(content).map((block) => captioned(block, caption)));
    }
    return;
  }
  switch (element.name) {
    case "pre":
      sections.add(...withText(codeBlock(element)));
      return;
    case "ul":
    case "ol":
      sections.add(...readList(element, ""));
      return;
    case "dl":
      sections.add(...readDefinitions(element));
      return;
    case "table":
      if (isLayoutTable(element)) readContent(element.children, sections);
      else sections.add(...tableBlocks(element));
      return;
    case "blockquote":
      sections.add(...splitBlocks(element.children, quotation));
      return;
    default:
      readListingOrContainer(element, sections);
  }
}

function tableBlocks(table: Element): readonly Block[] {
  const caption = table.children.filter(isTag).find((child) => child.name === "caption");
  const title = caption ? inlineMarkdown(caption.children) : "";
  return [
    ...withText({ kind: "prose", text: title && `${title}:` }),
    ...withText({ kind: "table", text: markdownTable(table) }),
  ];
}

/** Asciidoctor puts a listing's title beside its `<pre>`; other containers are entered. */
function readListingOrContainer(element: Element, sections: SectionBuilder): void {
  const classes = element.attribs["class"] ?? "";
  const title = element.children.filter(isTag).find((child) => hasClass(child, "title"));
  const listing = /\b(listingblock|literalblock)\b/.test(classes) || element.name === "figure";
  if (!title) {
    readContent(element.children, sections);
    return;
  }
  const caption = plainText(title.children);
  const blocks = blocksOf(element.children.filter((child) => child !== title));
  if (listing) sections.add(...blocks.map((block) => captioned(block, caption)));
  else {
    if (caption) sections.add({ kind: "prose", text: `**${caption}**` });
    readContent(
      element.children.filter((child) => child !== title),
      sections,
    );
  }
}

/** Blocks of a part that has no headings of its own; a heading inside (an example's title) becomes bold text. */
export function blocksOf(nodes: readonly AnyNode[]): readonly Block[] {
  const blocks: Block[] = [];
  readContent(nodes, {
    heading: ({ text }) => blocks.push({ kind: "prose", text: `**${text}**` }),
    add: (...added) => blocks.push(...added),
    finish: () => [],
  });
  return blocks;
}

/** Words of a part as one block made by `make`; listings and tables inside it stay blocks of their own. */
function splitBlocks(nodes: readonly AnyNode[], make: (text: string) => Block): Block[] {
  const result: Block[] = [];
  let words: string[] = [];
  const flush = () => {
    if (words.length > 0) result.push(make(words.join("\n\n")));
    words = [];
  };
  for (const block of blocksOf(nodes)) {
    if (block.kind === "prose" || block.kind === "list") words.push(block.text);
    else {
      flush();
      result.push(block);
    }
  }
  flush();
  return result;
}

function readList(list: Element, indent: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) blocks.push({ kind: "list", text: lines.join("\n") });
    lines = [];
  };
  let number = Number(list.attribs["start"] ?? 1) || 1;
  for (const item of list.children.filter(isTag)) {
    if (dropped(item)) continue;
    const marker = list.name === "ol" ? `${number++}. ` : "- ";
    const inner = indent + " ".repeat(marker.length);
    let first = true;
    for (const block of itemBlocks(item, inner)) {
      if (block.kind === "prose") {
        const text = block.text.replace(/\n/g, `\n${inner}`);
        lines.push(first ? indent + marker + text : inner + text);
      } else if (block.kind === "list") lines.push(block.text);
      else {
        flush();
        blocks.push(block);
      }
      first = false;
    }
  }
  flush();
  return blocks;
}

/** An item's own words, then its nested lists, already indented, and its listings. */
function itemBlocks(item: Element, indent: string): Block[] {
  const blocks: Block[] = [];
  let plainNodes: AnyNode[] = [];
  const flush = () => {
    blocks.push(...blocksOf(plainNodes));
    plainNodes = [];
  };
  const visit = (nodes: readonly AnyNode[]) => {
    for (const node of nodes) {
      if (isTag(node) && (node.name === "ul" || node.name === "ol")) {
        flush();
        blocks.push(...readList(node, indent));
      } else if (isTag(node) && node.name === "div" && holdsList(node)) visit(node.children);
      else plainNodes.push(node);
    }
  };
  visit(item.children);
  flush();
  return blocks;
}

function readDefinitions(list: Element): Block[] {
  const blocks: Block[] = [];
  let term = "";
  const entries = list.children
    .filter(isTag)
    .flatMap((child) => (child.name === "div" ? child.children.filter(isTag) : [child]));
  for (const child of entries) {
    if (child.name === "dt") {
      term = term ? `${term}, ${inlineMarkdown(child.children)}` : inlineMarkdown(child.children);
    } else if (child.name === "dd") {
      const [first, ...rest] = blocksOf(child.children);
      const joined = first?.kind === "prose";
      blocks.push({ kind: "list", text: `- **${term}**${joined ? `: ${first.text}` : ""}` });
      blocks.push(...(joined || !first ? rest : [first, ...rest]));
      term = "";
    }
  }
  if (term) blocks.push({ kind: "list", text: `- **${term}**` });
  return joinLists(blocks);
}

function joinLists(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.kind === "list" && last?.kind === "list")
      joined[joined.length - 1] = { ...last, text: `${last.text}\n${block.text}` };
    else joined.push(block);
  }
  return joined;
}

/** The id of the heading, of an anchor inside it, or of the section element that it opens. */
function anchorOf(heading: Element): string | undefined {
  const own = heading.attribs["id"];
  if (own) return own;
  const inside = findAnchor(heading.children);
  if (inside) return inside;
  const parent = heading.parent;
  if (parent && isTag(parent)) {
    const opens = parent.children.find((child) => isTag(child)) === heading;
    if (opens && /^(section|div|article)$/.test(parent.name) && parent.attribs["id"])
      return parent.attribs["id"];
  }
  const before = previousElement(heading);
  if (before?.name === "a" && before.children.length === 0)
    return before.attribs["id"] ?? before.attribs["name"];
  return undefined;
}

function findAnchor(nodes: readonly AnyNode[]): string | undefined {
  for (const node of nodes) {
    if (!isTag(node)) continue;
    const found =
      node.attribs["id"] ??
      (node.name === "a" ? node.attribs["name"] : undefined) ??
      findAnchor(node.children);
    if (found) return found;
  }
  return undefined;
}

function previousElement(element: Element): Element | undefined {
  let node = element.prev;
  while (node && isText(node) && node.data.trim() === "") node = node.prev;
  return node && isTag(node) ? node : undefined;
}

function captioned(block: Block, caption: string): Block {
  return block.kind === "code" && caption && !block.caption ? { ...block, caption } : block;
}

function withText(block: Block): Block[] {
  return block.text.trim() === "" ? [] : [block];
}

/** Markdown's notes are quotations that begin with their label: `> **NOTE**` or `> [!NOTE]`. */
function quotation(text: string): Block {
  const note = /^(?:\*\*|\[!)(note|tip|important|warning|caution)(?:\*\*|\])[:\s]+/i.exec(text);
  if (!note?.[1]) return { kind: "prose", text: text.replace(/^/gm, "> ") };
  const label = note[1].charAt(0).toUpperCase() + note[1].slice(1).toLowerCase();
  return { kind: "admonition", label, text: text.slice(note[0].length) };
}

function hasClass(element: Element, name: string): boolean {
  return (element.attribs["class"] ?? "").split(/\s+/).includes(name);
}

function holdsContainer(element: Element): boolean {
  return element.children.some(
    (child) => isTag(child) && !dropped(child) && (containers.has(child.name) || holdsContainer(child)),
  );
}

function holdsList(element: Element): boolean {
  return element.children.some(
    (child) =>
      isTag(child) &&
      (child.name === "ul" || child.name === "ol" || (child.name === "div" && holdsList(child))),
  );
}
