import type { IndexProgress, IndexReport } from "../../core/engine";
import type { ObtainProgress } from "../../core/obtain";
import { english, type Translate } from "../../core/translate";
import { counted, duration, gigabytes } from "../words";

const phases = {
  waiting: "Waiting for another window that indexes",
  reading: "Reading",
  embedding: "Embedding",
  storing: "Storing",
  checking: "Checking",
} as const satisfies Record<IndexProgress["phase"], string>;

/** One line for a progress notification. */
export function progressText(progress: IndexProgress, t: Translate = english): string {
  const { phase, documents, documentsTotal, passages, passagesTotal, perSecond, secondsLeft, label } =
    progress;
  const parts = [
    documentsTotal > 0 ? t("{0} of {1}", documents, counted(documentsTotal, "document", t)) : "",
    passagesTotal > 0 ? t("{0} of {1}", passages, counted(passagesTotal, "passage", t)) : "",
    perSecond === undefined ? "" : t("{0} per second", perSecond.toFixed(1)),
    secondsLeft === undefined ? "" : t("{0} left", duration(secondsLeft)),
    label ?? "",
  ];
  return [t(phases[phase]), parts.filter((part) => part !== "").join(", ")]
    .filter((part) => part !== "")
    .join(": ");
}

/** The same while documents come from elsewhere. */
export function obtainText(progress: ObtainProgress, t: Translate = english): string {
  if (progress.kind === "site") {
    const { pages, pagesTotal, address } = progress;
    return t(
      "Fetching from {0}: {1} of {2} known so far",
      new URL(address).host,
      pages,
      counted(pagesTotal, "page", t),
    );
  }
  const { url, bytes, bytesTotal } = progress;
  const total = bytesTotal === undefined ? "" : ` / ${gigabytes(bytesTotal)}`;
  return t("Downloading from {0}: {1}{2}", new URL(url).host, gigabytes(bytes), total);
}

/** Share that is done, by what takes longest. */
export function progressShare({ passages, passagesTotal }: IndexProgress): number | undefined {
  return passagesTotal > 0 ? passages / passagesTotal : undefined;
}

/** What became of it, said as it is: partial success names what is missing. */
export function reportText(
  report: IndexReport,
  t: Translate = english,
): { readonly text: string; readonly whole: boolean } {
  const { sets, read, unchanged, passedOver, check } = report;
  const names = sets.map(({ name, springBootVersion, passages }) =>
    springBootVersion === undefined
      ? `${name} (${counted(passages, "passage", t)})`
      : `${name} (Spring Boot ${springBootVersion}, ${counted(passages, "passage", t)})`,
  );
  const unready = sets.filter(({ state }) => state !== "ready");
  const sentences = [
    t("Indexed {0}: {1} read, {2} unchanged.", names.join(", "), counted(read, "document", t), unchanged),
    ...unready.map(({ name, state, reason }) =>
      t("{0} is {1}{2}.", name, t(state), reason === undefined ? "" : `: ${reason}`),
    ),
    passedOver.length > 0
      ? t("Passed over: {0}; the log has the names.", counted(passedOver.length, "file", t))
      : "",
    check.asked > 0
      ? t(
          "Of {0} asked for, {1} found by vectors and {2} by words.",
          counted(check.asked, "passage", t),
          check.byVectors,
          check.byWords,
        )
      : "",
  ];
  return { text: sentences.filter((sentence) => sentence !== "").join(" "), whole: unready.length === 0 };
}
