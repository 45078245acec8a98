import type { IndexProgress, IndexReport } from "../../core/engine";
import type { ObtainProgress } from "../../core/obtain";
import { counted, duration, gigabytes } from "../words";

const phases = {
  waiting: "Waiting for another window that indexes",
  reading: "Reading",
  embedding: "Embedding",
  storing: "Storing",
  checking: "Checking",
} as const satisfies Record<IndexProgress["phase"], string>;

/** One line for a progress notification. */
export function progressText(progress: IndexProgress): string {
  const { phase, documents, documentsTotal, passages, passagesTotal, perSecond, secondsLeft, label } =
    progress;
  const parts = [
    documentsTotal > 0 ? `${documents} of ${counted(documentsTotal, "document")}` : "",
    passagesTotal > 0 ? `${passages} of ${counted(passagesTotal, "passage")}` : "",
    perSecond === undefined ? "" : `${perSecond.toFixed(1)} per second`,
    secondsLeft === undefined ? "" : `${duration(secondsLeft)} left`,
    label ?? "",
  ];
  return [phases[phase], parts.filter((part) => part !== "").join(", ")]
    .filter((part) => part !== "")
    .join(": ");
}

/** The same while documents come from elsewhere. */
export function obtainText(progress: ObtainProgress): string {
  if (progress.kind === "site") {
    const { pages, pagesTotal, address } = progress;
    return `Fetching from ${new URL(address).host}: ${pages} of ${counted(pagesTotal, "page")} known so far`;
  }
  const { url, bytes, bytesTotal } = progress;
  const total = bytesTotal === undefined ? "" : ` / ${gigabytes(bytesTotal)}`;
  return `Downloading from ${new URL(url).host}: ${gigabytes(bytes)}${total}`;
}

/** Share that is done, by what takes longest. */
export function progressShare({ passages, passagesTotal }: IndexProgress): number | undefined {
  return passagesTotal > 0 ? passages / passagesTotal : undefined;
}

/** What became of it, said as it is: partial success names what is missing. */
export function reportText(report: IndexReport): { readonly text: string; readonly whole: boolean } {
  const { sets, read, unchanged, passedOver, check } = report;
  const names = sets.map(({ name, springBootVersion, passages }) =>
    springBootVersion === undefined
      ? `${name} (${counted(passages, "passage")})`
      : `${name} (Spring Boot ${springBootVersion}, ${counted(passages, "passage")})`,
  );
  const unready = sets.filter(({ state }) => state !== "ready");
  const sentences = [
    `Indexed ${names.join(", ")}: ${counted(read, "document")} read, ${unchanged} unchanged.`,
    ...unready.map(
      ({ name, state, reason }) => `${name} is ${state}${reason === undefined ? "" : `: ${reason}`}.`,
    ),
    passedOver.length > 0 ? `Passed over: ${counted(passedOver.length, "file")}; the log has the names.` : "",
    check.asked > 0
      ? `Of ${counted(check.asked, "passage")} asked for, ${check.byVectors} found by vectors and ${check.byWords} by words.`
      : "",
  ];
  return { text: sentences.filter((sentence) => sentence !== "").join(" "), whole: unready.length === 0 };
}
