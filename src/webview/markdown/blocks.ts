import type { Token } from "markdown-it";
import { markdown } from "./parser";

/** A top-level block of a Markdown text: a range of the text in UTF-16 code units, blank lines after it included. */
export interface MarkdownBlock {
  readonly start: number;
  readonly end: number;
  /** Set for a fenced code block; `closed` tells whether its closing fence has arrived. */
  readonly fence?: { readonly language: string; readonly closed: boolean };
}

/**
 * Cuts a text at its top-level blocks. The ranges cover the text without gaps. Text that is appended later changes the last block
 * only, which is what makes it safe to freeze the others while an answer streams.
 */
export function splitBlocks(text: string): readonly MarkdownBlock[] {
  const tokens: Token[] = [];
  markdown.block.parse(text, markdown, {}, tokens);
  const lineStarts = startsOfLines(text);
  const offsetOf = (line: number) => lineStarts[line] ?? text.length;

  const opening = tokens.filter(({ level, nesting, map }) => level === 0 && nesting >= 0 && map !== null);
  return opening.map((token, index) => {
    const next = opening[index + 1];
    const start = index === 0 ? 0 : offsetOf(token.map?.[0] ?? 0);
    const end = next ? offsetOf(next.map?.[0] ?? 0) : text.length;
    if (token.type !== "fence") return { start, end };
    const language = token.info.trim().split(/\s+/)[0] ?? "";
    return { start, end, fence: { language, closed: isClosed(text.slice(start, end), token.markup) } };
  });
}

function isClosed(source: string, markup: string): boolean {
  const lines = source.trimEnd().split("\n");
  const last = lines.at(-1)?.trim() ?? "";
  return lines.length > 1 && last.startsWith(markup) && last === (markup[0] ?? "").repeat(last.length);
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
