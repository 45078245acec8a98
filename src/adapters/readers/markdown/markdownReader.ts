/** Markdown goes through `markdown-it` to HTML and then the way of every page, so that both kinds yield the same blocks. */
import { basename } from "node:path";
import { parseDocument } from "htmlparser2";
import MarkdownIt from "markdown-it";
import type { DocumentFile } from "../../../core/document/documentReader";
import type { Block, ReadDocument } from "../../../core/document/section";
import { FailureError } from "../../../core/failure";
import { decodeText, looksBinary } from "../decode";
import { blocksOf, readContent } from "../html/blocks";
import { createSectionBuilder } from "../sectionBuilder";
import { linkedSpringBootVersion } from "../statedVersion";
import { splitFrontMatter, type FrontMatter } from "./frontMatter";

// eslint-disable-next-line @typescript-eslint/require-await -- every reader has the same shape
export async function readMarkdown(file: DocumentFile, signal: AbortSignal): Promise<ReadDocument> {
  signal.throwIfAborted();
  if (looksBinary(file.bytes)) {
    throw new FailureError({ kind: "document-unreadable", path: file.path, why: "unknown-format" });
  }
  const source = decodeText(file.bytes).replace(/\r\n?/g, "\n");
  const { frontMatter, body } = splitFrontMatter(source);
  const nodes = parseDocument(renderMarkdown(body)).children;
  const fileName = basename(file.path).replace(/\.[^.]+$/, "");
  const springBootVersion = frontMatter.springBootVersion ?? linkedSpringBootVersion(body);
  const said = { format: "markdown" as const, ...(springBootVersion !== undefined && { springBootVersion }) };

  if (frontMatter.anchor !== undefined || frontMatter.path) {
    const title = frontMatter.title ?? frontMatter.path?.at(-1) ?? fileName;
    return { ...said, title, sections: wholeFile(title, frontMatter, nodes) };
  }
  const firstHeading = /^#[ \t]+(.+?)[ \t#]*(?:\{#[^}]*\})?[ \t]*$/m.exec(body)?.[1];
  const title = frontMatter.title ?? firstHeading ?? fileName;
  const sections = createSectionBuilder(title);
  readContent(nodes, sections);
  const found = sections.finish().map((section) => ({ ...section, blocks: withCaptions(section.blocks) }));
  return { ...said, title, sections: found };
}

/** A bold line of few words right above a listing is its caption: "**Java**", "**pom.xml**". */
function withCaptions(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block, index): Block[] => {
    const next = blocks[index + 1];
    if (next?.kind === "code" && captionOf(block) !== undefined) return [];
    const before = blocks[index - 1];
    const caption = before && captionOf(before);
    return [block.kind === "code" && caption !== undefined ? { ...block, caption } : block];
  });
}

function captionOf(block: Block): string | undefined {
  return block.kind === "prose" ? /^\*\*([^*\n]{1,40})\*\*$/.exec(block.text)?.[1] : undefined;
}

/** A file whose front matter says which section it is: its own headings are part of that section's text. */
function wholeFile(
  title: string,
  frontMatter: FrontMatter,
  nodes: ReturnType<typeof parseDocument>["children"],
) {
  const blocks = blocksOf(nodes);
  const headingPath = frontMatter.path ?? [title];
  // The title's words belong to the passage; where the path ends in them they are there already.
  const bold = `**${title}**`;
  const [first] = blocks;
  const body = first?.kind === "prose" && first.text === bold ? blocks.slice(1) : blocks;
  if (body.length === 0) return [];
  const text = headingPath.at(-1) === title ? body : [{ kind: "prose" as const, text: bold }, ...body];
  const symbols = frontMatter.symbols?.map((symbol) => `\`${symbol}\``).join(", ");
  return [
    {
      headingPath,
      ...(frontMatter.anchor !== undefined && { anchor: frontMatter.anchor }),
      blocks: symbols ? [...text, { kind: "prose" as const, text: `Symbols: ${symbols}` }] : text,
    },
  ];
}

/** A heading may end in `{#its.id}`, as Pandoc and many site generators write it. */
export function renderMarkdown(source: string): string {
  const markdown = new MarkdownIt({ html: true, linkify: false });
  markdown.core.ruler.push("heading-ids", (state) => {
    state.tokens.forEach((token, index) => {
      const inline = state.tokens[index + 1];
      if (token.type !== "heading_open" || inline?.type !== "inline") return;
      const last = inline.children?.at(-1);
      const id = last?.type === "text" ? /\s*\{#([^\s}]+)\}\s*$/.exec(last.content) : null;
      if (!last || !id?.[1]) return;
      token.attrSet("id", id[1]);
      last.content = last.content.slice(0, id.index);
    });
  });
  return markdown.render(source);
}
