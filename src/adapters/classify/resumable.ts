/**
 * An output of JSON lines that grows in order and survives a kill: what is on disk is always a whole number of lines and perhaps a piece of
 * one more, which the next run cuts off.
 */
import { open, type FileHandle } from "node:fs/promises";
import { FailureError } from "../../core/failure";
import { codeOf, writeFailure } from "../store/atomicFile";

export interface ResumableFile {
  /** Whole lines that were there. */
  readonly lines: readonly string[];
  /** Adds a line; one call at a time. */
  append(line: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the file for more lines. Without `resume` it has to be absent or empty. */
export async function openResumable(path: string, resume: boolean): Promise<ResumableFile> {
  let file: FileHandle;
  try {
    file = await open(path, "a+");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "EISDIR")
      throw new FailureError({
        kind: "not-writable",
        path,
        cause: error instanceof Error ? error.message : "",
      });
    throw writeFailure(error, path);
  }
  try {
    const content = await file.readFile();
    const end = content.lastIndexOf(0x0a) + 1;
    if (content.length > 0 && !resume) {
      throw new FailureError({
        kind: "bad-argument",
        what: `${path} is there already; go on with it by --resume, or name another file.`,
      });
    }
    if (end < content.length) await file.truncate(end);
    const text = content.subarray(0, end).toString("utf8");
    return {
      lines: text === "" ? [] : text.slice(0, -1).split("\n"),
      append: async (line) => {
        try {
          await file.appendFile(`${line}\n`);
        } catch (error) {
          throw writeFailure(error, path);
        }
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
