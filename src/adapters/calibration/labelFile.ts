/** The file of labels of this machine: JSON lines below the default store, written anew as a whole at each change. */
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  corrected,
  readLabel,
  trimmedLabel,
  withLabel,
  type AnswerLabel,
} from "../../core/reask/answerLabel";
import { writeFileAtomically } from "../store/atomicFile";

export interface LabelFile {
  readonly path: string;
  read(signal: AbortSignal): Promise<readonly AnswerLabel[]>;
  /** Throws `disk-full` and `not-writable`. */
  add(label: AnswerLabel, signal: AbortSignal): Promise<void>;
  /** Another label for an answer, or none. */
  correct(id: string, label: 0 | 1 | undefined, signal: AbortSignal): Promise<void>;
}

/** More than a person judges; the oldest give way. */
const mostLabels = 20_000;

export function openLabelFile(defaultStore: string): LabelFile {
  const path = join(defaultStore, "labels", "labels.jsonl");
  /** One change after the other: each reads what the one before wrote. */
  let last: Promise<unknown> = Promise.resolve();

  const read = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    const text = await readFile(path, { encoding: "utf8", signal }).catch(() => "");
    signal.throwIfAborted();
    return text.split("\n").flatMap((line) => readLabel(line) ?? []);
  };
  const change = (
    by: (labels: readonly AnswerLabel[]) => readonly AnswerLabel[],
    signal: AbortSignal,
  ): Promise<void> => {
    const done = last.then(async () => {
      const before = await read(signal);
      const after = by(before);
      if (after === before) return;
      await mkdir(dirname(path), { recursive: true });
      const lines = after.slice(-mostLabels).map((label) => `${JSON.stringify(label)}\n`);
      await writeFileAtomically(path, lines.join(""));
    });
    last = done.catch(() => undefined);
    return done;
  };

  return {
    path,
    read,
    add: (label, signal) => change((labels) => withLabel(labels, trimmedLabel(label)), signal),
    correct: (id, label, signal) => change((labels) => corrected(labels, id, label), signal),
  };
}
