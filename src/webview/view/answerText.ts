import type { SentenceCitation } from "../../core/answer/answer";
import { element } from "../dom";
import { splitBlocks, type MarkdownBlock } from "../markdown/blocks";
import { markCitations, replaceMarks } from "../markdown/citationMarks";
import { renderMarkdown, type RenderActions } from "../markdown/render";
import { createCodeBlock, type CodeBlock } from "./codeBlock";

export interface AnswerText {
  readonly root: HTMLElement;
  /** Shows the text so far; only its last block is rendered, finished ones stay as they are. */
  stream(text: string): void;
  /** Shows the whole text with its citations; blocks that did not change and cite nothing stay as they are. */
  finish(text: string, citations: readonly SentenceCitation[]): void;
}

export interface AnswerTextProps {
  readonly actions: RenderActions;
  /** The numbers of one citation. */
  readonly makeMark: (citation: SentenceCitation) => Node;
}

interface ShownBlock {
  readonly source: string;
  readonly element: HTMLElement;
}

/** The last block while it streams: Markdown that is rendered anew, or code that grows. */
interface Tail {
  readonly element: HTMLElement;
  readonly code?: CodeBlock;
}

export function createAnswerText({ actions, makeMark }: AnswerTextProps): AnswerText {
  const root = element("div", { class: "markdown answer-text" });
  let frozen: ShownBlock[] = [];
  let frozenTo = 0;
  let tail: Tail | undefined;
  let shown = "";

  const reset = () => {
    root.replaceChildren();
    frozen = [];
    frozenTo = 0;
    tail = undefined;
    shown = "";
  };
  const freeze = (source: string) => {
    const made = element("div", { class: "block" }, renderMarkdown(source, actions));
    if (tail) tail.element.replaceWith(made);
    else root.append(made);
    tail = undefined;
    frozen.push({ source, element: made });
    frozenTo += source.length;
  };
  const showTail = (source: string, { fence }: MarkdownBlock) => {
    if (fence && !fence.closed) {
      const code = codeOfFence(source);
      if (!tail?.code) {
        const block = createCodeBlock("", fence.language, actions);
        replaceTail({ element: element("div", { class: "block" }, block.root), code: block });
      }
      tail?.code?.grow(code);
      return;
    }
    if (!tail || tail.code) replaceTail({ element: element("div", { class: "block" }) });
    tail?.element.replaceChildren(renderMarkdown(withoutBegunFence(source), actions));
  };
  const replaceTail = (next: Tail) => {
    if (tail) tail.element.replaceWith(next.element);
    else root.append(next.element);
    tail = next;
  };

  return {
    root,
    stream(text) {
      root.classList.add("streaming");
      if (!text.startsWith(shown)) reset();
      shown = text;
      const rest = text.slice(frozenTo);
      const blocks = splitBlocks(rest);
      for (const block of blocks.slice(0, -1)) freeze(rest.slice(block.start, block.end));
      const last = blocks.at(-1);
      if (last) showTail(rest.slice(last.start, last.end), last);
    },
    finish(text, citations) {
      const kept = new Map(frozen.map(({ source, element: made }) => [source, made]));
      const blocks = splitBlocks(text).map((block): ShownBlock => {
        const source = text.slice(block.start, block.end);
        const marked = markCitations(text, block, citations);
        const cites = marked.inText.length + marked.afterBlock.length > 0;
        const old = cites ? undefined : kept.get(source);
        kept.delete(source);
        return {
          source,
          element: old ?? element("div", { class: "block" }, renderCited(source, marked, citations)),
        };
      });
      root.replaceChildren(...blocks.map((block) => block.element));
      root.classList.remove("streaming");
      frozen = blocks;
      frozenTo = text.length;
      tail = undefined;
      shown = text;
    },
  };

  function renderCited(
    source: string,
    marked: ReturnType<typeof markCitations>,
    citations: readonly SentenceCitation[],
  ): DocumentFragment {
    const mark = (index: number): Node => {
      const citation = citations[index];
      return citation ? makeMark(citation) : document.createTextNode("");
    };
    const { inText, afterBlock } = marked;
    let fragment = renderMarkdown(inText.length > 0 ? marked.source : source, actions);
    let trailing = afterBlock;
    if (inText.length > 0 && replaceMarks(fragment, mark) < inText.length) {
      fragment = renderMarkdown(source, actions);
      trailing = [...inText, ...afterBlock];
    }
    if (trailing.length > 0)
      fragment.append(element("p", { class: "block-citations" }, ...trailing.map(mark)));
    return fragment;
  }
}

/** One or two backticks alone on the last line are most likely a fence of which the rest is on its way. */
function withoutBegunFence(source: string): string {
  return source.replace(/(^|\n)[ \t]*[`~]{1,2}$/, "$1");
}

/** The code in an open fence: without the opening line, and without the backticks of a closing one that has begun. */
function codeOfFence(source: string): string {
  const firstLineEnd = source.indexOf("\n");
  return firstLineEnd === -1 ? "" : source.slice(firstLineEnd + 1).replace(/\n\s*[`~]{1,2}$/, "\n");
}
