/** Fetches a document that a person named by its address. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FailureError, isAbort } from "../core/failure";

export interface DownloadedDocument {
  /** Absolute path of the file, inside the folder that was given. */
  readonly path: string;
  /** The address as it was named. */
  readonly origin: string;
}

export interface DownloadProgress {
  readonly bytes: number;
  /** Absent when the server does not say it. */
  readonly bytesTotal?: number;
}

/** What the server said about the copy that is kept, so that it is asked for again only when it has changed. */
interface Remembered {
  readonly url: string;
  readonly path: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

const extensions: Readonly<Record<string, string>> = {
  "application/pdf": ".pdf",
  "application/x-pdf": ".pdf",
  "text/html": ".html",
  "application/xhtml+xml": ".html",
  "text/markdown": ".md",
  "text/x-markdown": ".md",
  "text/asciidoc": ".adoc",
  "text/plain": ".txt",
};

/**
 * Downloads one http(s) address into the folder, which is made. The file appears only when it is whole. Throws `download-failed` (also for
 * other schemes and for content that is no document) and `not-writable`.
 */
export async function download(
  url: string,
  folder: string,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<DownloadedDocument> {
  const failed = (cause: string) => new FailureError({ kind: "download-failed", url, cause });
  signal.throwIfAborted();
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address) throw failed("this is no address");
  if (address.protocol !== "https:" && address.protocol !== "http:") {
    throw failed(`only http and https are fetched, not "${address.protocol.replace(":", "")}"`);
  }
  address.hash = "";
  const name = createHash("sha256").update(address.href).digest("hex").slice(0, 24);
  await mkdir(folder, { recursive: true });
  const notePath = join(folder, `${name}.json`);
  const remembered = await readNote(notePath);

  let response: Response;
  try {
    response = await fetch(address, { signal, redirect: "follow", headers: conditions(remembered) });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw failed(causeOf(error));
  }
  if (response.status === 304 && remembered) return { path: remembered.path, origin: url };
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw failed(`the server answered ${`${response.status} ${response.statusText}`.trim()}`);
  }
  const extension = extensionOf(response, address);
  if (!extension) {
    await response.body.cancel();
    throw failed(`it is no document (${response.headers.get("content-type") ?? "no content type"})`);
  }

  const path = join(folder, name + extension);
  const partial = `${path}.${process.pid}.part`;
  const length = Number(response.headers.get("content-length"));
  const encoded = response.headers.has("content-encoding");
  let bytes = 0;
  const count = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const part of source) {
      bytes += part.length;
      onProgress({ bytes, ...(length > 0 && !encoded && { bytesTotal: length }) });
      yield part;
    }
  };
  try {
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(partial), { signal });
    if (length > 0 && !encoded && bytes < length)
      throw failed(`it broke off after ${bytes} of ${length} bytes`);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    if (isAbort(error) || error instanceof FailureError) throw error;
    if (isFileError(error)) throw new FailureError({ kind: "not-writable", path, cause: error.message });
    throw failed(causeOf(error));
  }
  const etag = response.headers.get("etag");
  const lastModified = response.headers.get("last-modified");
  const note: Remembered = { url, path, ...(etag && { etag }), ...(lastModified && { lastModified }) };
  await writeFile(notePath, JSON.stringify(note, undefined, 2));
  return { path, origin: url };
}

/** The content type decides; where it says nothing useful, the end of the address does. */
function extensionOf(response: Response, address: URL): string | undefined {
  const type = (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const ending = /\.(pdf|html?|xhtml|adoc|asciidoc|md|markdown|txt)$/i
    .exec(address.pathname)?.[0]
    .toLowerCase();
  if (
    type === "text/plain" ||
    type === "" ||
    type === "application/octet-stream" ||
    type === "binary/octet-stream"
  ) {
    return ending ?? extensions[type];
  }
  return extensions[type];
}

function conditions(remembered: Remembered | undefined): Record<string, string> {
  return {
    ...(remembered?.etag && { "if-none-match": remembered.etag }),
    ...(remembered?.lastModified && { "if-modified-since": remembered.lastModified }),
  };
}

/** Absent when there is no copy yet, or the copy or its note is gone or unreadable: then it is fetched anew. */
async function readNote(path: string): Promise<Remembered | undefined> {
  try {
    const note = JSON.parse(await readFile(path, "utf8")) as Remembered;
    await access(note.path);
    return note;
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const words: Readonly<Record<string, string>> = {
    ENOTFOUND: "the host is not known",
    EAI_AGAIN: "the host's name could not be looked up",
    ECONNREFUSED: "the connection was refused",
    ECONNRESET: "the connection broke",
    ETIMEDOUT: "the connection timed out",
    UND_ERR_CONNECT_TIMEOUT: "the connection timed out",
    UND_ERR_SOCKET: "the connection broke",
  };
  return (code && words[code]) ?? cause.message;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "path" in error;
}
