/** Asks a model about each line of a file and writes the lines with their attributes, in order, resumably. */
import { linesOf } from "../fileLines";
import { FailureError } from "../../core/failure";
import { readBatchLine, writeBatchLine, type BatchLine } from "../../core/reask/batchLine";
import { inOrder } from "./inOrder";
import { openResumable, type ResumableFile } from "./resumable";

export interface ClassifyProgress {
  readonly documents: number;
  readonly documentsTotal: number;
  readonly tokensPerSecond: number;
  readonly secondsLeft: number;
}

export interface ClassifyReport {
  readonly written: number;
  readonly before: number;
  readonly malformed: number;
}

/** What was found for a line, the tokens that it took, or why it cannot be asked about. */
export type Classified =
  | { readonly kind: "found"; readonly found: Readonly<Record<string, unknown>>; readonly tokens: number }
  | { readonly kind: "refused"; readonly why: string };

export interface ClassifyRequest {
  readonly input: string;
  readonly output: string;
  readonly resume: boolean;
  readonly dropPrompt: boolean;
  readonly concurrency: number;
}

export interface ClassifyListener {
  onProgress(progress: ClassifyProgress): void;
  /** A line that was kept aside, from 1. */
  onAside(line: number, why: string): void;
}

/** Beside the output: lines that could not be asked about, with number and reason. */
export function asidePath(output: string): string {
  return output.replace(/(\.jsonl?)?$/i, ".aside.jsonl");
}

export async function classifyFile(
  request: ClassifyRequest,
  classify: (line: BatchLine, signal: AbortSignal) => Promise<Classified>,
  listener: ClassifyListener,
  signal: AbortSignal,
): Promise<ClassifyReport> {
  const total = await countLines(request.input, signal);
  const output = await openResumable(request.output, request.resume);
  let aside: ResumableFile | undefined;
  try {
    aside = await openResumable(asidePath(request.output), request.resume);
    return await run(request, { output, aside, total }, classify, listener, signal);
  } finally {
    await output.close();
    await aside?.close();
  }
}

async function run(
  { input, output: outputPath, dropPrompt, concurrency }: ClassifyRequest,
  {
    output,
    aside,
    total,
  }: { readonly output: ResumableFile; readonly aside: ResumableFile; readonly total: number },
  classify: (line: BatchLine, signal: AbortSignal) => Promise<Classified>,
  listener: ClassifyListener,
  signal: AbortSignal,
): Promise<ClassifyReport> {
  const asideBefore = new Set(aside.lines.map(lineNumberOf));
  const before = output.lines.map(idOf);
  const started = performance.now();
  let passed = 0; // lines of the input that the earlier run has written
  let written = 0;
  let malformed = 0;
  let tokens = 0;

  async function* todo() {
    let number = 0;
    for await (const text of linesOf(input, signal)) {
      number++;
      if (text.trim() === "") continue;
      if (asideBefore.has(number)) {
        malformed++;
        continue;
      }
      const read = readBatchLine(text);
      if (read.kind === "line" && passed < before.length) {
        if (before[passed] !== read.value.id)
          throw new FailureError({
            kind: "bad-argument",
            what: `${outputPath} was not made from ${input}: line ${passed + 1} is about ${String(before[passed])}, not ${read.value.id}.`,
          });
        passed++;
        continue;
      }
      yield { number, text, read };
    }
  }

  const answers = inOrder(
    todo(),
    async ({ number, text, read }) => ({
      number,
      text,
      read,
      classified:
        read.kind === "line"
          ? await classify(read.value, signal)
          : ({ kind: "refused", why: read.why } satisfies Classified),
    }),
    concurrency,
  );
  for await (const { number, text, read, classified } of answers) {
    if (classified.kind === "refused" || read.kind === "malformed") {
      const why = classified.kind === "refused" ? classified.why : "";
      await aside.append(JSON.stringify({ line: number, why, text }));
      listener.onAside(number, why);
      malformed++;
    } else {
      await output.append(writeBatchLine(read.value, classified.found, dropPrompt));
      written++;
      tokens += classified.tokens;
    }
    const done = passed + written + malformed;
    const seconds = (performance.now() - started) / 1000;
    listener.onProgress({
      documents: done,
      documentsTotal: total,
      tokensPerSecond: tokens / seconds,
      secondsLeft: (seconds / Math.max(1, done - passed)) * (total - done),
    });
  }
  return { written, before: passed, malformed };
}

async function countLines(path: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  for await (const line of linesOf(path, signal)) if (line.trim() !== "") count++;
  return count;
}

function idOf(line: string): unknown {
  const value: unknown = JSON.parse(line);
  return value !== null && typeof value === "object" && "id" in value ? value.id : undefined;
}

function lineNumberOf(line: string): unknown {
  const value: unknown = JSON.parse(line);
  return value !== null && typeof value === "object" && "line" in value ? value.line : undefined;
}
