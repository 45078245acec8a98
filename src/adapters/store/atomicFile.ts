/**
 * Writes that are there whole or not at all, also after a kill or a power cut: temporary file, fsync, rename, fsync of the folder.
 * (`write-file-atomic` ignores a short write, which is how a full disk can show, syncs no folder and does not try a rename again.)
 */
import { createHash, randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { FailureError } from "../../core/failure";

/** What temporary files start with, so that the next writer can tell a killed run's leftovers. */
export const temporaryPrefix = ".tmp-";

/** What a file turned out to be as it was written. */
export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** Replaces the file at once. Throws `disk-full` and `not-writable`; the earlier file is then unchanged. */
export async function writeFileAtomically(path: string, content: Uint8Array | string): Promise<WrittenFile> {
  return writePiecesAtomically(path, [Buffer.from(content)]);
}

/**
 * As {@link writeFileAtomically} for what is too large to stand in memory as one.
 * @param scratch Folder on the same disk where the file stands until it is whole; absent: the target's.
 */
export async function writePiecesAtomically(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  scratch = dirname(path),
): Promise<WrittenFile> {
  const temporary = join(scratch, `${temporaryPrefix}${basename(path)}-${randomUUID()}`);
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    const file = await open(temporary, "wx");
    try {
      for await (const piece of pieces) {
        hash.update(piece);
        bytes += piece.byteLength;
        await file.writeFile(piece); // repeats short writes until all is written or an error says why not
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await renameWithPatience(temporary, path);
    await syncFolder(dirname(path));
    return { bytes, sha256: hash.digest("hex") };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFailure(error, path);
  }
}

/** Windows refuses a rename while a virus scanner or an indexer holds the target; it lets go within moments. */
export async function renameWithPatience(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const passing = ["EPERM", "EBUSY", "EACCES"].includes(codeOf(error) ?? "");
      if (!passing || attempt === 8) throw error;
      await pause(10 * 2 ** attempt);
    }
  }
}

/** Makes the names in a folder durable. Windows cannot open a folder and needs no such step. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The failure for an error of a write; what is no error of the file system is returned as it is. */
export function writeFailure(error: unknown, path: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG": // the most that this process may write to one file, or that this file system holds
      return new FailureError({ kind: "disk-full", path });
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "EBUSY":
    case "ENOTDIR":
    case "EEXIST":
      return new FailureError({ kind: "not-writable", path, cause: error.message });
    default:
      return error;
  }
}

/** Node's error code (`ENOENT`), when the error has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
