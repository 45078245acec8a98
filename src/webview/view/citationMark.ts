import type { Passage } from "../../core/search/passage";
import { button, element } from "../dom";
import type { PassagePopover } from "./passagePopover";
import { passageTitle } from "./passageWords";
import { t } from "../words";

export interface CitationMarkProps {
  readonly number: number;
  readonly passage: Passage;
  readonly popover: PassagePopover;
  readonly open: () => void;
}

/** The mark after a sentence whose passage, by the model's own word, does not hold it: hover shows the passage, so that one can see. */
export function createDoubtfulMark({
  passage,
  popover,
  open,
}: Omit<CitationMarkProps, "number">): HTMLElement {
  const mark = button({
    class: "citation doubtful",
    text: "?",
    label: t("The model names a source that does not hold this sentence: {0}", passageTitle(passage)),
    title: "",
    onClick: () => {
      popover.hide();
      open();
    },
  });
  mark.removeAttribute("title");
  popover.attach(mark, {
    passage,
    note: t("The model names this passage, but it does not hold the sentence."),
  });
  return element("span", { class: "citation-frame" }, mark);
}

/** The small number after a sentence: hover or focus shows the passage, a click opens it. */
export function createCitationMark({ number, passage, popover, open }: CitationMarkProps): HTMLElement {
  const mark = button({
    class: "citation",
    text: String(number),
    label: t("Source {0}: {1}", number, passageTitle(passage)),
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
