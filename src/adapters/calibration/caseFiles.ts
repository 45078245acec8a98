import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { readCase, type Case } from "../../core/calibration/labelledCase";
import { readLabelNames } from "../../core/calibration/labelNames";
import { FailureError } from "../../core/failure";

/** The file in which the tutorials' tools name the labels. */
const labelNamesFile = "label_display_names.jsonl";

export interface CaseFile {
  /** The file's name without its ending: the group of cases that name none. */
  readonly name: string;
  readonly cases: readonly Case[];
  /** Lines that could not be read, from 1. */
  readonly malformed: readonly { readonly line: number; readonly why: string }[];
}

/** Reads a JSON Lines file of cases. Throws `not-found`. */
export async function readCaseFile(path: string, signal: AbortSignal): Promise<CaseFile> {
  const cases: Case[] = [];
  const malformed: { line: number; why: string }[] = [];
  let number = 0;
  try {
    const lines = createInterface({
      input: createReadStream(path, { encoding: "utf8", signal }),
      crlfDelay: Infinity,
    });
    for await (const line of lines) {
      number++;
      if (line.trim() === "") continue;
      const read = readCase(line.replace(/^\uFEFF/, ""));
      if (read.kind === "case") cases.push(read.value);
      else malformed.push({ line: number, why: read.why });
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && "code" in error) throw new FailureError({ kind: "not-found", path });
    throw error;
  }
  return { name: basename(path).replace(/\.jsonl?$/i, ""), cases, malformed };
}

/** The labels' names beside a file of cases; their numbers when there are none. */
export async function readLabelNamesBeside(
  path: string,
  signal: AbortSignal,
): Promise<readonly [string, string]> {
  const content = await readFile(join(dirname(path), labelNamesFile), { encoding: "utf8", signal }).catch(
    () => "",
  );
  signal.throwIfAborted();
  return readLabelNames(content);
}

export function namesLabels(path: string): boolean {
  return basename(path) === labelNamesFile;
}
