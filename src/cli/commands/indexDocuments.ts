import { resolve } from "node:path";
import { download, type DownloadProgress } from "../../adapters/download";
import type { IndexProgress, IndexReport, IndexRequest, IndexSource } from "../../core/engine";
import type { Command, CommandContext } from "../command";
import { badArgument, isSet, jsonFlag, springBoot, springBootFlag, store, storeFlag, text } from "../flags";

export const indexDocuments: Command = {
  operands: "<path|url>…",
  summary: "Index reference documents: PDF, HTML, AsciiDoc, Markdown and text; files, folders or addresses.",
  flags: {
    store: storeFlag,
    name: { type: "string", value: "N", help: "name of the document set (default: its title)" },
    "spring-boot": { ...springBootFlag, help: "the version the documents are for (default: read from them)" },
    json: jsonFlag,
  },
  async run(parsed, context, signal) {
    const { engine, terminal } = context;
    if (parsed.positionals.length === 0) throw badArgument("docwright index needs a path or an address.");
    const name = text(parsed, "name");
    if (name?.trim() === "") throw badArgument("--name needs a name.");
    const options: Omit<IndexRequest, "sources"> = {
      ...store(parsed, context),
      ...springBoot(parsed),
      ...(name !== undefined && { name }),
    };
    const found = await locate(parsed.positionals, context, signal);
    const report = await engine.index(
      { ...options, sources: found },
      (progress) => terminal.progress(progressLine(progress)),
      signal,
    );
    terminal.endProgress();
    for (const { path, why } of report.passedOver) terminal.say(`Passed over ${path}: ${why}`);
    terminal.answer(isSet(parsed, "json") ? `${JSON.stringify(report)}\n` : reportText(report));
    return report.sets.length > 0 ? 0 : 1;
  },
};

/** Paths become absolute; what an address names is downloaded first. */
async function locate(
  words: readonly string[],
  { directory, downloads, terminal }: CommandContext,
  signal: AbortSignal,
): Promise<readonly IndexSource[]> {
  const found: IndexSource[] = [];
  for (const word of words) {
    if (/^https?:\/\//i.test(word)) {
      const show = ({ bytes, bytesTotal }: DownloadProgress) => {
        const total = bytesTotal === undefined ? "" : ` of ${(bytesTotal / 1e6).toFixed(1)}`;
        terminal.progress(`Downloading ${word}: ${(bytes / 1e6).toFixed(1)}${total} MB`);
      };
      found.push(await download(word, downloads, show, signal));
      terminal.endProgress();
    } else {
      const path = resolve(directory, word);
      found.push({ path, origin: path });
    }
  }
  return found;
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

function reportText({
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
