import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { FailureError } from "../core/failure";

/** The lines of a text file, one at a time, so that its size does not matter. Throws `not-found` for a file that cannot be read. */
export async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<string> {
  try {
    yield* createInterface({
      input: createReadStream(path, { encoding: "utf8", signal }),
      crlfDelay: Infinity,
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && "code" in error) throw new FailureError({ kind: "not-found", path });
    throw error;
  }
}
