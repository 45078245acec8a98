/** Inline HTML as Markdown on one line: code, emphasis and text; links keep their words, not their targets. */
import { isTag, isText, type AnyNode, type Element } from "domhandler";
import { dropped } from "./dropped";

/** White space is collapsed; `<br>` becomes a line break. */
export function inlineMarkdown(nodes: readonly AnyNode[]): string {
  return nodes
    .map(inline)
    .join("")
    .replace(/[ \t\r\n\u00a0\u200b]*\v[ \t\r\n\u00a0\u200b]*/g, "\v")
    .replace(/[ \t\r\n\u00a0]+/g, " ")
    .replace(/[\u200b\u00ad]/g, "")
    .replace(/\v/g, "\n")
    .trim();
}

/** Text as a browser would copy it, white space collapsed. */
export function plainText(nodes: readonly AnyNode[]): string {
  return nodes
    .map(plain)
    .join("")
    .replace(/[\u200b\u00ad]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Text of preformatted content: every space and line break counts, callout numbers read "(1)". */
export function verbatimText(nodes: readonly AnyNode[]): string {
  return nodes
    .map((node) => {
      if (isText(node)) return node.data;
      if (!isTag(node) || dropped(node) || isCalloutIcon(node)) return "";
      return node.name === "br" ? "\n" : verbatimText(node.children);
    })
    .join("");
}

function inline(node: AnyNode): string {
  if (isText(node)) return node.data;
  if (!isTag(node) || dropped(node)) return "";
  if (isCalloutIcon(node)) return "";
  switch (node.name) {
    case "br":
      return "\v";
    case "code":
    case "tt":
    case "kbd":
    case "samp":
      return codeSpan(plain(node).replace(/\s+/g, " ").trim());
    case "strong":
    case "b":
      return wrapped(node, "**");
    case "em":
    case "i":
      return wrapped(node, "*");
    case "img":
      return node.attribs["alt"] ?? "";
    case "p":
    case "div":
    case "li":
      return ` ${node.children.map(inline).join("")} `;
    default:
      return node.children.map(inline).join("");
  }
}

function wrapped(node: Element, mark: string): string {
  const text = node.children.map(inline).join("");
  const [, before = "", inner = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  // "(1)" is a callout number, and emphasis around code adds nothing but characters.
  if (inner === "" || /^\(\d+\)$/.test(inner) || inner.includes(mark) || inner.startsWith("`")) return text;
  return before + mark + inner + mark + after;
}

/** A code span that holds whatever back-ticks the code has. */
export function codeSpan(code: string): string {
  if (code === "") return "";
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  if (longest === 0) return `\`${code}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${code} ${fence}`;
}

function plain(node: AnyNode): string {
  if (isText(node)) return node.data;
  if (!isTag(node) || dropped(node) || isCalloutIcon(node)) return "";
  return node.name === "br" ? " " : node.children.map(plain).join("");
}

/** Asciidoctor writes `<i class="conum" data-value="1"></i><b>(1)</b>`: the second one is readable. */
function isCalloutIcon(node: Element): boolean {
  return node.name === "i" && /\bconum\b/.test(node.attribs["class"] ?? "");
}
