/** Obtains and indexes at the terminal: one line of progress, and the report that the commands print. */
import type { DocumentWish } from "../core/document/documentWish";
import type { IndexProgress, IndexReport, IndexRequest, IndexSource } from "../core/engine";
import type { ObtainProgress } from "../core/obtain";
import type { CommandContext } from "./command";

/** What cannot be obtained is thrown; what of a site is passed over is said. */
export async function obtainAll(
  wishes: readonly DocumentWish[],
  { obtain, terminal }: CommandContext,
  signal: AbortSignal,
): Promise<readonly IndexSource[]> {
  const sources: IndexSource[] = [];
  for (const wish of wishes) {
    const { source, passedOver } = await obtain(
      wish,
      (progress) => terminal.progress(obtainLine(progress)),
      signal,
    );
    terminal.endProgress();
    for (const { path, why } of passedOver) terminal.say(`Passed over ${path}: ${why}`);
    sources.push(source);
  }
  return sources;
}

export async function indexSources(
  request: IndexRequest,
  { engine, terminal }: CommandContext,
  signal: AbortSignal,
): Promise<IndexReport> {
  const report = await engine.index(request, (progress) => terminal.progress(progressLine(progress)), signal);
  terminal.endProgress();
  for (const { path, why } of report.passedOver) terminal.say(`Passed over ${path}: ${why}`);
  return report;
}

function obtainLine(progress: ObtainProgress): string {
  if (progress.kind === "site") {
    return `Fetching pages: ${progress.pages} of ${progress.pagesTotal} known, ${progress.address}`;
  }
  const { url, bytes, bytesTotal } = progress;
  const total = bytesTotal === undefined ? "" : ` of ${(bytesTotal / 1e6).toFixed(1)}`;
  return `Downloading ${url}: ${(bytes / 1e6).toFixed(1)}${total} MB`;
}

const phases = {
  waiting: "Waiting for another Docwright",
  reading: "Reading",
  embedding: "Embedding",
  storing: "Storing",
  checking: "Checking",
} as const satisfies Record<IndexProgress["phase"], string>;

function progressLine(progress: IndexProgress): string {
  const { phase, documents, documentsTotal, passages, passagesTotal, perSecond, secondsLeft, label } =
    progress;
  const parts = [`${phases[phase]}: ${documents}/${documentsTotal} documents`];
  if (passagesTotal > 0) parts.push(`${passages}/${passagesTotal} passages`);
  if (perSecond !== undefined) parts.push(`${perSecond.toFixed(1)}/s`);
  if (secondsLeft !== undefined) parts.push(`${Math.ceil(secondsLeft)} s left`);
  if (label !== undefined) parts.push(label);
  return parts.join(", ");
}

export function reportText({
  sets,
  read,
  unchanged,
  embedded,
  reused,
  packaged,
  timings,
  check,
}: IndexReport): string {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  const lines = sets.map(
    ({ name, springBootVersion, documents, passages, state, reason }) =>
      `${name}${springBootVersion === undefined ? "" : ` (Spring Boot ${springBootVersion})`}: ` +
      `${documents} documents, ${passages} passages, ${state}${reason === undefined ? "" : `: ${reason}`}`,
  );
  return [
    ...lines,
    `Documents: ${read} read, ${unchanged} unchanged. Passages: ${embedded} embedded, ${reused} reused.`,
    ...(embedded + reused > 0
      ? [
          `Vectors in the package: for ${packaged} of ${embedded + reused} passages (${share(packaged, embedded + reused)}).`,
        ]
      : []),
    `Time: read ${seconds(timings.read)}, embed ${seconds(timings.embed)}, store ${seconds(timings.store)}, check ${seconds(timings.check)}.`,
    ...(check.asked > 0
      ? [
          `Check: of ${check.asked} passages asked for, ${check.byVectors} found by vectors alone, ${check.byWords} by words alone.`,
        ]
      : []),
    "",
  ].join("\n");
}

const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
