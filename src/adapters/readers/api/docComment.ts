/** A documentation comment of a Java source as blocks, as the standard doclet would show it. */
import { parseDocument } from "htmlparser2";
import type { Block } from "../../../core/document/section";
import { blocksOf } from "../html/blocks";
import { tidyCode } from "./tidyCode";

/** @param comment With its marks: from slash and two stars to star and slash. */
export function docCommentBlocks(comment: string): readonly Block[] {
  const { body, tags } = parts(comment);
  const deprecated = tags.filter(({ tag }) => tag === "deprecated");
  return [
    ...deprecated.map(({ text }): Block => ({
      kind: "admonition",
      label: "Deprecated",
      text: prose(text) || "Not to be used in new code.",
    })),
    ...blocksOf(parseDocument(inlineTags(body)).children).map(tidyCode),
    ...notes(tags),
  ];
}

interface BlockTag {
  readonly tag: string;
  readonly text: string;
}

function parts(comment: string): { readonly body: string; readonly tags: readonly BlockTag[] } {
  const lines = comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*\*+/, ""));
  const body: string[] = [];
  const tags: { tag: string; text: string }[] = [];
  for (const line of lines) {
    const [, tag, rest = ""] = /^\s*@(\w+)\s*(.*)$/.exec(line) ?? [];
    const last = tags.at(-1);
    if (tag !== undefined) tags.push({ tag, text: rest });
    else if (last) last.text += `\n${line}`;
    else body.push(line);
  }
  return { body: body.join("\n"), tags };
}

function notes(tags: readonly BlockTag[]): readonly Block[] {
  const lines = tags.flatMap(({ tag, text }) => {
    const [, name = "", rest = ""] = /^(\S+)\s*([^]*)$/.exec(text.trim()) ?? [];
    switch (tag) {
      case "param":
        return `- Parameters: \`${name}\` - ${prose(rest.replace(/^-\s*/, ""))}`;
      case "throws":
      case "exception":
        return `- Throws: \`${name}\` - ${prose(rest)}`;
      case "return":
        return `- Returns: ${prose(text)}`;
      case "since":
        return `- Since: ${prose(text)}`;
      default:
        return []; // authors, links and what only the doclet needs
    }
  });
  return lines.length === 0 ? [] : [{ kind: "list", text: lines.join("\n") }];
}

function prose(text: string): string {
  return blocksOf(parseDocument(inlineTags(text)).children)
    .map((block) => block.text)
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

/** `{@code x}` and its like as HTML; braces within a tag are balanced. */
function inlineTags(text: string): string {
  let html = "";
  for (let at = 0; at < text.length;) {
    const start = text.indexOf("{@", at);
    if (start < 0) return html + text.slice(at);
    const end = closing(text, start);
    const [, tag = "", content = ""] = /^\{@(\w+)\s?([^]*)$/.exec(text.slice(start, end)) ?? [];
    html += text.slice(at, start) + inlineTag(tag, content, isInPre(text, start));
    at = end + 1;
  }
  return html;
}

/** Where the brace that is open at a position closes; the end of the text when it never does. */
function closing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return text.length;
}

function isInPre(text: string, at: number): boolean {
  return text.lastIndexOf("<pre", at) > text.lastIndexOf("</pre", at);
}

function inlineTag(tag: string, content: string, inPre: boolean): string {
  switch (tag) {
    case "code":
      return inPre ? escaped(content) : `<code>${escaped(content)}</code>`;
    case "literal":
      return escaped(content);
    case "snippet":
      return `<pre>${escaped(content.replace(/^[^:]*:\s*/, ""))}</pre>`;
    case "link":
    case "linkplain": {
      const [, target = "", label = ""] = /^\s*((?:[^\s(]|\([^)]*\))+)\s*([^]*)$/.exec(content) ?? [];
      // A label is HTML already; a target is a name.
      const name =
        label.trim() ||
        escaped(
          target
            .replace(/^#/, "")
            .replaceAll("#", ".")
            .replace(/(?:\b[a-z]\w*\.)+(?=[A-Z])/g, ""),
        );
      return tag === "link" && !inPre ? `<code>${name}</code>` : name;
    }
    case "value":
      return `<code>${escaped(content.replace(/^#/, ""))}</code>`;
    case "return":
      return `Returns ${content}.`;
    case "inheritDoc":
    case "docRoot":
      return "";
    default:
      return escaped(content);
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
