/** Writes a response's body to a file as it comes: never more than allowed, hashed, never in memory as a whole. */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { writeFailure } from "../store/atomicFile";
import type { Patience } from "./request";

export interface ReceiveProps {
  readonly body: ReadableStream<Uint8Array>;
  readonly path: string;
  /** Bytes that the file has already and keeps. */
  readonly from: number;
  /** Of the bytes that the file has; takes those that come. */
  readonly hash: Hash;
  readonly maxBytes?: number;
  readonly onBytes: (bytes: number) => void;
  readonly patience: Patience;
}

/** A body that is larger than was allowed. */
export class TooLarge extends Error {}

/** The bytes of the file afterwards. Throws `disk-full`, `not-writable`, {@link TooLarge} and what the connection throws. */
export async function receive(props: ReceiveProps): Promise<number> {
  const { body, path, from, hash, maxBytes = Infinity, onBytes, patience } = props;
  const file = await open(path, from > 0 ? "a" : "w").catch((error: unknown) => {
    throw writeFailure(error, path);
  });
  let bytes = from;
  try {
    // Each part is on its way to the disk before the next is asked for: what came before a connection breaks is not lost.
    for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
      patience.heard();
      bytes += part.length;
      if (bytes > maxBytes) throw new TooLarge(`it is larger than ${Math.round(maxBytes / 1e6)} MB`);
      hash.update(part);
      await file.writeFile(part).catch((error: unknown) => {
        throw writeFailure(error, path);
      });
      onBytes(bytes);
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** The hash of a file so far, to go on from; of a file that is not there: of nothing. */
export async function hashOfFile(
  path: string,
  signal: AbortSignal,
  algorithm = "sha256",
): Promise<{ hash: Hash; bytes: number }> {
  const hash = createHash(algorithm);
  let bytes = 0;
  try {
    for await (const part of createReadStream(path, { signal }) as AsyncIterable<Buffer>) {
      hash.update(part);
      bytes += part.length;
    }
  } catch {
    signal.throwIfAborted();
    return { hash: createHash(algorithm), bytes: 0 };
  }
  return { hash, bytes };
}
