import type { Passage } from "../../core/search/passage";
import { button, element } from "../dom";
import type { SourceNumbers } from "../markdown/citationMarks";
import { passagePlace, passageReason, passageTitle } from "./passageWords";
import { t } from "../words";

export interface SourcesProps {
  readonly passages: readonly Passage[];
  readonly numbers: SourceNumbers;
  /** Positions in `passages`. */
  readonly open: (position: number) => void;
  readonly openOfficialPage: (position: number) => void;
}

/** The list under an answer: what it rests on, numbered; and apart, folded, what was retrieved but not used. */
export function createSources({ passages, numbers, open, openOfficialPage }: SourcesProps): HTMLElement {
  const item = (position: number): HTMLElement | undefined => {
    const passage = passages[position];
    if (!passage) return undefined;
    const title = passageTitle(passage);
    const reason = passageReason(passage);
    return element(
      "li",
      { class: "source" },
      element(
        "div",
        { class: "source-line" },
        button({
          class: "source-title",
          text: title,
          title: t("Open the passage"),
          onClick: () => open(position),
        }),
        passage.officialUrl === undefined
          ? undefined
          : button({
              icon: "link-external",
              label: t("Official page of {0}", title),
              title: t("Open {0}", hostOf(passage.officialUrl)),
              onClick: () => openOfficialPage(position),
            }),
      ),
      element("div", { class: "source-place" }, passagePlace(passage)),
      reason === "" ? undefined : element("div", { class: "source-place source-reason" }, reason),
    );
  };
  return element(
    "div",
    { class: "sources" },
    numbers.cited.length === 0 ? undefined : element("div", { class: "sources-title" }, t("Sources")),
    numbers.cited.length === 0 ? undefined : element("ol", { class: "cited" }, ...numbers.cited.map(item)),
    numbers.uncited.length === 0
      ? undefined
      : element(
          "details",
          { class: "uncited" },
          element("summary", {}, t("Retrieved but not used ({0})", numbers.uncited.length)),
          element("ul", {}, ...numbers.uncited.map(item)),
        ),
  );
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
