import type { Passage } from "../../core/search/passage";
import { element, icon } from "../dom";
import { passageBody, passagePlace, passageTitle } from "./passageWords";

interface Shown {
  /** Absent for a passage that is not among the numbered ones. */
  readonly number?: number;
  readonly passage: Passage;
  /** What is to be known before it is read. */
  readonly note?: string;
}

export interface PassagePopover {
  /** Shows the passage while `anchor` is hovered or focused. */
  attach(anchor: HTMLElement, shown: Shown): void;
  hide(): void;
}

export interface PassagePopoverProps {
  readonly parent: HTMLElement;
  readonly render: (markdown: string) => DocumentFragment;
}

/** Milliseconds that the pointer has to get from the number to the passage. */
const grace = 250;

/** The one box that shows a passage beside its number. It can be hovered and scrolled, and Escape closes it. */
export function createPassagePopover({ parent, render }: PassagePopoverProps): PassagePopover {
  const box = element("div", { class: "passage-popover", role: "tooltip", hidden: true });
  parent.append(box);
  let closing: ReturnType<typeof setTimeout> | undefined;

  const keep = () => clearTimeout(closing);
  const hide = () => {
    keep();
    box.hidden = true;
  };
  const hideSoon = () => {
    keep();
    closing = setTimeout(hide, grace);
  };
  const show = (anchor: HTMLElement, { number, passage, note }: Shown) => {
    keep();
    const title = passageTitle(passage);
    box.replaceChildren(
      ...(note === undefined ? [] : [element("div", { class: "passage-note" }, icon("warning"), note)]),
      element("div", { class: "passage-title" }, number === undefined ? title : `${number}. ${title}`),
      element("div", { class: "passage-place" }, passagePlace(passage)),
      element("div", { class: "passage-text markdown" }, render(passageBody(passage))),
    );
    box.hidden = false;
    place(box, anchor);
  };

  box.addEventListener("mouseenter", keep);
  box.addEventListener("mouseleave", hideSoon);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener(
    "scroll",
    (event) => {
      if (event.target !== box) hide();
    },
    true,
  );

  return {
    attach(anchor, shown) {
      anchor.addEventListener("mouseenter", () => show(anchor, shown));
      anchor.addEventListener("mouseleave", hideSoon);
      anchor.addEventListener("focus", () => show(anchor, shown));
      anchor.addEventListener("blur", hideSoon);
    },
    hide,
  };
}

/** Below the anchor where there is room, else above; always within the view. */
function place(box: HTMLElement, anchor: HTMLElement): void {
  const margin = 8;
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.min(Math.max(margin, at.left - 24), Math.max(margin, window.innerWidth - width - margin));
  const below = at.bottom + 4;
  const top = below + height <= window.innerHeight - margin ? below : Math.max(margin, at.top - height - 4);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}
