/** Reads single entries of a jar or zip through its directory, without unpacking it to disk and without believing what it says of itself. */
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { FailureError } from "../../core/failure";

export interface ArchiveEntry {
  /** With slashes; never absolute and never outside the archive. */
  readonly name: string;
  /** Unpacked size, as the archive's directory says; no more than this is ever unpacked. */
  readonly bytes: number;
}

export interface Archive {
  /** Files, in the archive's order; folders are left out. */
  readonly entries: readonly ArchiveEntry[];
  /** Throws when there is no such entry, when it is damaged, or when a limit is exceeded. */
  read(name: string, signal: AbortSignal): Promise<Uint8Array>;
}

/** Against archives that unpack to more than a machine has. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Unpacked bytes of one entry, and of all that are read while the archive is open. */
  readonly entryBytes: number;
  readonly totalBytes: number;
}

export const defaultLimits: ArchiveLimits = {
  entries: 200_000,
  entryBytes: 16_000_000,
  totalBytes: 512_000_000,
};

/**
 * Opens an archive for the time of an action. Throws `not-found`, and `document-unreadable` for what is no archive, is damaged, names an
 * entry outside itself or exceeds a limit; what the action throws is thrown as it is.
 * @param path Absolute.
 */
export async function withArchive<Result>(
  path: string,
  action: (archive: Archive) => Promise<Result>,
  signal: AbortSignal,
  limits: ArchiveLimits = defaultLimits,
): Promise<Result> {
  signal.throwIfAborted();
  const file = await openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw isMissing(error) ? new FailureError({ kind: "not-found", path }) : unreadable(path, error);
  });
  try {
    const directory = await readDirectory(file, path, limits, signal);
    return await action(archiveOf(file, path, directory, limits));
  } finally {
    file.close();
  }
}

async function readDirectory(
  file: ZipFile,
  path: string,
  limits: ArchiveLimits,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Entry>> {
  if (file.entryCount > limits.entries) throw unreadable(path, `it has ${file.entryCount} entries`);
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of file.eachEntry()) {
      signal.throwIfAborted();
      if (!entry.fileName.endsWith("/")) entries.set(entry.fileName, entry);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(path, error);
  }
  return entries;
}

function archiveOf(
  file: ZipFile,
  path: string,
  directory: ReadonlyMap<string, Entry>,
  limits: ArchiveLimits,
): Archive {
  let total = 0;
  return {
    entries: [...directory].map(([name, { uncompressedSize }]) => ({ name, bytes: uncompressedSize })),
    async read(name, signal) {
      signal.throwIfAborted();
      const entry = directory.get(name);
      if (!entry) throw new FailureError({ kind: "not-found", path: `${path}!/${name}` });
      total += entry.uncompressedSize;
      if (entry.uncompressedSize > limits.entryBytes || total > limits.totalBytes) {
        throw unreadable(path, `${name} unpacks to more than is read`);
      }
      try {
        // The stream fails when more or fewer bytes come than the directory says.
        const stream = await file.openReadStreamPromise(entry);
        const parts: Buffer[] = [];
        for await (const part of stream) parts.push(part as Buffer);
        return Buffer.concat(parts);
      } catch (error) {
        throw unreadable(path, error);
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function unreadable(path: string, cause: unknown): FailureError {
  return new FailureError({
    kind: "document-unreadable",
    path,
    why: "damaged",
    cause: cause instanceof Error ? cause.message : String(cause),
  });
}
