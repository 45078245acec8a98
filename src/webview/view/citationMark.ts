import type { Passage } from "../../core/search/passage";
import { button, element } from "../dom";
import type { PassagePopover } from "./passagePopover";

/** What a passage is called in one line: `Web › Graceful Shutdown`. */
export function passageTitle({ headingPath, document }: Passage): string {
  return headingPath.length > 0 ? headingPath.join(" › ") : document;
}

/** Its text without the heading path that stands before it in a prompt, since the title says it. */
export function passageBody({ text, headingPath }: Passage): string {
  const end = text.indexOf("\n");
  const last = headingPath.at(-1);
  return end !== -1 && last !== undefined && text.slice(0, end).trim().endsWith(last)
    ? text.slice(end + 1).trimStart()
    : text;
}

/** Where it stands: `Spring Boot Reference · 3.2.1 · page 245`. */
export function passagePlace({ document, version, page }: Passage): string {
  return [document, version, page === undefined ? undefined : `page ${page}`]
    .filter((part) => part !== undefined)
    .join(" · ");
}

export interface CitationMarkProps {
  readonly number: number;
  readonly passage: Passage;
  readonly popover: PassagePopover;
  readonly open: () => void;
}

/** The small number after a sentence: hover or focus shows the passage, a click opens it. */
export function createCitationMark({ number, passage, popover, open }: CitationMarkProps): HTMLElement {
  const mark = button({
    class: "citation",
    text: String(number),
    label: `Source ${number}: ${passageTitle(passage)}`,
    title: "",
    onClick: () => {
      popover.hide();
      open();
    },
  });
  mark.removeAttribute("title");
  popover.attach(mark, { number, passage });
  return element("span", { class: "citation-frame" }, mark);
}
