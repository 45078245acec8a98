import type { SentenceCitation } from "../../core/answer/answer";
import type { MarkdownBlock } from "./blocks";

/** How passages are numbered for a reader: cited ones from 1, in the order in which the answer comes to them. */
export interface SourceNumbers {
  /** Positions in `answer.passages` of the cited ones; the number of `cited[i]` is `i + 1`. */
  readonly cited: readonly number[];
  readonly uncited: readonly number[];
}

export function numberSources(citations: readonly SentenceCitation[], passageCount: number): SourceNumbers {
  const inOrder = [...citations].sort((left, right) => left.end - right.end);
  const cited = [...new Set(inOrder.flatMap(({ passages }) => passages))].filter(
    (position) => position >= 0 && position < passageCount,
  );
  const all = Array.from({ length: passageCount }, (_, position) => position);
  return { cited, uncited: all.filter((position) => !cited.includes(position)) };
}

/**
 * A mark in the Markdown: a space, so that emphasis may close and an address ends before it, and its number between code points that are no
 * characters, which no rule takes for a space or a sign, so that emphasis may close after it. A model's own ones are replaced before.
 */
const opening = "\u205f\ufdd0";
const closing = "\ufdd1";
const markPattern = /\u205f\ufdd0(\d+)\ufdd1/gu;

/** A block's Markdown with a mark after each cited sentence, and the citations for which there is no place in the text. */
export interface MarkedSource {
  readonly source: string;
  /** Positions in the given citations. */
  readonly inText: readonly number[];
  readonly afterBlock: readonly number[];
}

/** Puts a mark for each citation whose sentence ends in the block; in code, tables' rules and fences it goes after the block. */
export function markCitations(
  text: string,
  block: MarkdownBlock,
  citations: readonly SentenceCitation[],
): MarkedSource {
  const places: { readonly at: number; readonly index: number }[] = [];
  const afterBlock: number[] = [];
  citations.forEach(({ end }, index) => {
    if (end <= block.start || end > block.end) return;
    const at = placeOfMark(text, block.start, end);
    if (block.fence || at === undefined) afterBlock.push(index);
    else places.push({ at, index });
  });
  places.sort((left, right) => left.at - right.at);

  let source = "";
  let from = block.start;
  for (const { at, index } of places) {
    source += withoutMarks(text.slice(from, at)) + opening + String(index) + closing;
    from = at;
  }
  source += withoutMarks(text.slice(from, block.end));
  return { source, inText: places.map(({ index }) => index), afterBlock };
}

/** Where the sentence's last visible character ends; undefined where a mark would break the Markdown. */
function placeOfMark(text: string, blockStart: number, end: number): number | undefined {
  const upToEnd = text.slice(blockStart, end).trimEnd();
  const line = upToEnd.slice(upToEnd.lastIndexOf("\n") + 1);
  if (/^\s*(```|~~~)/.test(line) || /^[\s|:=-]*$/.test(line)) return undefined;
  const withoutCellBorder = line.replace(/\s*\|$/, "");
  return blockStart + upToEnd.length - (line.length - withoutCellBorder.length);
}

function withoutMarks(text: string): string {
  return text.replace(/[\ufdd0\ufdd1]/gu, "\ufffd");
}

/**
 * Replaces the marks in the rendered block by elements; one in inline code goes after it. Returns how many were replaced: fewer than were
 * set means that one went into a code block or was swallowed, and the caller renders without marks.
 */
export function replaceMarks(root: Node, makeMark: (citation: number) => Node): number {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (node.data.includes(opening) && !node.parentElement?.closest("pre")) texts.push(node);
  }
  let found = 0;
  for (const node of texts) {
    const parts = node.data.split(markPattern);
    found += (parts.length - 1) / 2;
    const inlineCode = node.parentElement?.closest("code");
    // `split` with a capture gives text and captured numbers in turn
    const made = parts.map((part, index) => (index % 2 === 0 ? part : makeMark(Number(part))));
    if (inlineCode) {
      node.data = parts.filter((_, index) => index % 2 === 0).join("");
      inlineCode.after(...made.filter((part) => typeof part !== "string"));
    } else node.replaceWith(...made);
  }
  return found;
}
