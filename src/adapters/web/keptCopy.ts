/** What is known of a copy on this machine: whole ones and ones that broke off, each with what the server said of it. */
import { readFile, rm, stat } from "node:fs/promises";
// The extension host loads this file: the small part of the library is enough.
import * as z from "zod/mini";
import { writeFileAtomically } from "../store/atomicFile";
import { hashOfFile } from "./receive";

const wholeSchema = z.object({
  url: z.string(),
  path: z.string(),
  etag: z.optional(z.string()),
  lastModified: z.optional(z.string()),
  bytes: z.int(),
  sha256: z.string(),
});

const partialSchema = z.object({
  url: z.string(),
  extension: z.string(),
  etag: z.optional(z.string()),
  lastModified: z.optional(z.string()),
  /** Bytes of the whole, when the server said it. */
  total: z.optional(z.int()),
});

export type WholeCopy = z.infer<typeof wholeSchema>;
export type PartialCopy = z.infer<typeof partialSchema>;

/** Undefined when there is none, or its file is gone or is not what was received. */
export async function readWholeCopy(note: string, signal: AbortSignal): Promise<WholeCopy | undefined> {
  const copy = await readNote(note, wholeSchema);
  if (!copy) return undefined;
  const size = await stat(copy.path).then(
    ({ size: bytes }) => bytes,
    () => undefined,
  );
  if (size !== copy.bytes) return undefined;
  const { hash } = await hashOfFile(copy.path, signal);
  return hash.digest("hex") === copy.sha256 ? copy : undefined;
}

export const readPartialCopy = (note: string) => readNote(note, partialSchema);

export async function writeNote(note: string, copy: WholeCopy | PartialCopy): Promise<void> {
  await writeFileAtomically(note, `${JSON.stringify(copy, undefined, 2)}\n`);
}

export async function removeFiles(...paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => rm(path, { force: true })));
}

async function readNote<T>(path: string, schema: z.ZodMiniType<T>): Promise<T | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A strong validator of a response: only with one may a broken download go on (RFC 9110, 13.1.5 and 8.8.2.2). */
export function strongValidator(copy: {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}): string | undefined {
  if (copy.etag !== undefined) return copy.etag.startsWith("W/") ? undefined : copy.etag;
  return copy.lastModified;
}

/** What a response says of the version that it carries. */
export function validatorsOf(headers: Headers): { etag?: string; lastModified?: string } {
  const etag = headers.get("etag");
  const lastModified = headers.get("last-modified");
  return { ...(etag && { etag }), ...(lastModified && { lastModified }) };
}

/** Asks only for what has changed (RFC 9110, 13.1). */
export function conditions(
  copy: { etag?: string | undefined; lastModified?: string | undefined } | undefined,
) {
  return {
    ...(copy?.etag !== undefined && { "if-none-match": copy.etag }),
    ...(copy?.lastModified !== undefined && { "if-modified-since": copy.lastModified }),
  };
}
