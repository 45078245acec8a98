import type { AnswerConfidence, ConfidenceMark } from "../../core/reask/confidence";
import { button, element, icon } from "../dom";
import { t } from "../words";

const marks: Readonly<Record<ConfidenceMark, { readonly icon: string; readonly text: string }>> = {
  "likely right": { icon: "pass", text: t("Likely right") },
  "likely wrong": { icon: "error", text: t("Likely wrong") },
  unsure: { icon: "question", text: t("Unsure") },
  "cannot judge": { icon: "circle-slash", text: t("Cannot judge: unlike all cases with a known answer") },
  uncalibrated: { icon: "circle-outline", text: t("Uncalibrated for this model") },
};

export interface VerdictActions {
  readonly copy: (text: string) => void;
  /** The person says whether the answer was right. */
  readonly judge: (right: boolean) => void;
}

/** How sure an answer is: a mark, and behind it (open in the mode Re-ask) what it rests on. */
export function verdictView(confidence: AnswerConfidence, { copy, judge }: VerdictActions): HTMLElement {
  const { mark, provisional, probability, interval, moved, exemplars, attributes, rawYes } = confidence;
  const shown = marks[mark];
  const percent = (share: number) => Math.round(share * 100);
  const lines = [
    probability === undefined || interval === undefined
      ? t(
          "Asked again, the model says yes with {0} %. What that is worth is not known for this model.",
          percent(rawYes),
        )
      : t(
          "Of a hundred answers like this about {0} are right (between {1} and {2}).",
          percent(probability),
          percent(interval[0]),
          percent(interval[1]),
        ),
    ...(provisional === undefined ? [] : [t("Provisional: {0}.", provisional)]),
  ];
  const reasons = (title: string, found: typeof moved) =>
    found.length === 0
      ? []
      : [
          element(
            "p",
            {},
            title,
            ": ",
            found.map(({ attribute, change }) => `${attribute} (${change.toFixed(2)})`).join(", "),
          ),
        ];
  const details = element(
    "details",
    { class: `verdict verdict-${mark.replace(" ", "-")}` },
    element(
      "summary",
      {},
      icon(shown.icon),
      ` ${shown.text}`,
      probability === undefined || mark === "cannot judge" ? undefined : ` (${percent(probability)} %)`,
    ),
    ...lines.map((line) => element("p", {}, line)),
    ...reasons(
      t("Speaks for it"),
      moved.filter(({ change }) => change > 0),
    ),
    ...reasons(
      t("Speaks against it"),
      moved.filter(({ change }) => change < 0),
    ),
    ...(exemplars.length === 0
      ? []
      : [
          element("p", {}, t("Nearest cases with a known answer:")),
          element(
            "ul",
            {},
            ...exemplars.map(({ label, document }) => element("li", {}, `${label}: ${document}`)),
          ),
        ]),
    judgement(judge),
    button({
      icon: "copy",
      text: t("Copy the attributes as a JSON line"),
      onClick: () => copy(JSON.stringify({ attributes })),
    }),
  );
  details.open = confidence.open === true;
  return details;
}

/** Two thumbs, of which the one that was pressed stays so. */
function judgement(judge: VerdictActions["judge"]): HTMLElement {
  const thumbs = [
    { right: true, icon: "thumbsup", label: t("The answer is right") },
    { right: false, icon: "thumbsdown", label: t("The answer is wrong") },
  ].map(({ right, icon: name, label }) =>
    button({
      icon: name,
      label,
      onClick: () => {
        judge(right);
        thumbs.forEach((thumb, index) => thumb.setAttribute("aria-pressed", String((index === 0) === right)));
      },
    }),
  );
  return element("span", { class: "verdict-thumbs" }, ...thumbs);
}
