import type { ReadDocument } from "./section";

export interface DocumentFile {
  /** Absolute path on disk; relative includes are resolved beside it and never outside `root`. */
  readonly path: string;
  /** The folder that was given to be indexed, or the file's own folder. */
  readonly root: string;
  readonly bytes: Uint8Array;
}

/** Turns the bytes of one file into sections. Throws `document-unreadable` with the defect; aborts on the signal. */
export interface DocumentReader {
  /** Lower-case file extensions with the dot. */
  readonly extensions: readonly string[];
  read(file: DocumentFile, signal: AbortSignal): Promise<ReadDocument>;
}
