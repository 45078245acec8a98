import type { ChatTurnRecord } from "../../protocol/chat";
import { button, element } from "../dom";
import { t } from "../words";

export interface FootActions {
  readonly retry: () => void;
  readonly retryWithModel: () => void;
}

/** What stands under an answer: how it came about, and ways to have another. */
export function answerFoot(turn: ChatTurnRecord, { retry, retryWithModel }: FootActions): HTMLElement {
  return element(
    "div",
    { class: "answer-foot" },
    element("p", { class: "answer-facts" }, answerFacts(turn)),
    button({ icon: "refresh", label: t("Answer again"), onClick: retry }),
    button({ icon: "arrow-swap", label: t("Answer again with another model…"), onClick: retryWithModel }),
  );
}

/** The small line under an answer: model, version, time, tokens. */
function answerFacts({ model, version, withDocuments, answer }: ChatTurnRecord): string {
  const seconds = answer.timings && `${(answer.timings.total / 1_000).toFixed(1)} s`;
  const tokens = answer.timings?.answerTokens;
  return [
    model,
    withDocuments ? version && `Spring Boot ${version.version}` : t("without documents"),
    seconds,
    tokens === undefined ? undefined : t("{0} tokens", tokens),
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}
