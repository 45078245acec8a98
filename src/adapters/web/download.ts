/**
 * Fetches a document that a person named by its address. What has not changed is not sent again; what broke off goes on where it was, when
 * the server can say that it is still the same.
 */
import { createHash } from "node:crypto";
import { rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { FailureError } from "../../core/failure";
import { pageAddress } from "../../core/site/siteAddress";
import { writeFailure } from "../store/atomicFile";
import { statedHashes, type StatedHash } from "./contentHash";
import { documentExtension } from "./documentKind";
import { withFolderLock } from "./folderLock";
import {
  conditions,
  readPartialCopy,
  readWholeCopy,
  removeFiles,
  strongValidator,
  validatorsOf,
  writeNote,
  type PartialCopy,
} from "./keptCopy";
import { hashOfFile, receive } from "./receive";
import {
  defaultPatience,
  downloadFailed,
  failedRequest,
  patience,
  userAgent,
  type Fetch,
  type Patience,
} from "./request";

export interface DownloadedDocument {
  /** Absolute path of the file, inside the folder that was given. */
  readonly path: string;
  /** The address as it was named. */
  readonly origin: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly sha256: string;
  /** False when the copy on this machine was still the newest. */
  readonly changed: boolean;
}

export interface DownloadProgress {
  readonly bytes: number;
  /** Absent when the server does not say it. */
  readonly bytesTotal?: number;
}

export interface DownloadProps {
  readonly fetch: Fetch;
  readonly folder: string;
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Milliseconds between two signs of life; a minute when absent. */
  readonly patience?: number;
}

/** Requests for one document, at most: each goes on where the one before broke off. */
const tries = 4;

/**
 * Downloads one http(s) address into the folder, which is made. The file appears only when it is whole and has the size and the hash that
 * the server stated. Throws `download-failed` (also for other schemes and for content that is no document), `disk-full` and `not-writable`.
 * After a failure or an abort the part that came is kept if it can be gone on with.
 */
export async function download(
  url: string,
  props: DownloadProps,
  signal: AbortSignal,
): Promise<DownloadedDocument> {
  signal.throwIfAborted();
  const address = pageAddress(url);
  if (address === undefined) {
    const scheme = URL.canParse(url) ? new URL(url).protocol.replace(":", "") : undefined;
    const isPlain = scheme === undefined || scheme === "http" || scheme === "https";
    throw downloadFailed(
      url,
      isPlain ? "this is no address" : `only http and https are fetched, not "${scheme}"`,
    );
  }
  const { folder } = props;
  const base = join(folder, createHash("sha256").update(address).digest("hex").slice(0, 24));
  return withFolderLock(base, () => fetchInto({ ...props, url, address, base }, signal), signal);
}

interface Target extends DownloadProps {
  readonly url: string;
  readonly address: string;
  /** Path of the files without their extensions. */
  readonly base: string;
}

async function fetchInto(target: Target, signal: AbortSignal): Promise<DownloadedDocument> {
  const { url, base } = target;
  const whole = await readWholeCopy(`${base}.json`, signal);
  for (let attempt = 1; ; attempt++) {
    const before = await sizeOf(`${base}.part`);
    try {
      const received = await receiveOnce(target, whole, signal);
      if (received === "again") continue;
      return { ...received, origin: url };
    } catch (error) {
      if (!(await canGoOn(base))) await removeFiles(`${base}.part`, `${base}.part.json`);
      signal.throwIfAborted();
      const grew = (await sizeOf(`${base}.part`)) > before;
      // A kept connection may have been closed by the other side just before it was used: that is worth one more try.
      if (attempt >= tries || !isConnection(error) || (!grew && attempt > 1)) throw error;
      await pause(250 * 2 ** attempt, undefined, { signal });
    }
  }
}

type Received = Omit<DownloadedDocument, "origin"> | "again";

async function receiveOnce(
  target: Target,
  whole: Awaited<ReturnType<typeof readWholeCopy>>,
  signal: AbortSignal,
): Promise<Received> {
  const { url, address, base, fetch } = target;
  const part = `${base}.part`;
  const started = await readPartialCopy(`${part}.json`);
  const validator = started && strongValidator(started);
  const sofar = validator === undefined ? undefined : await hashOfFile(part, signal);
  const goOn = sofar !== undefined && sofar.bytes > 0 ? { ...sofar, validator: validator ?? "" } : undefined;
  const waiting = patience(target.patience ?? defaultPatience, signal);
  try {
    const headers = {
      "user-agent": userAgent,
      ...(goOn
        ? { range: `bytes=${goOn.bytes}-`, "if-range": goOn.validator, "accept-encoding": "identity" }
        : conditions(whole)),
    };
    const response = await fetch(address, { headers, redirect: "follow", signal: waiting.signal });
    waiting.heard();
    if (response.status === 304 && whole) {
      const { path, etag, lastModified, sha256 } = whole;
      return { path, sha256, ...(etag && { etag }), ...(lastModified && { lastModified }), changed: false };
    }
    if (goOn && started) {
      const same = isContinuation(response, goOn.bytes, started);
      if (same === "complete") return await finish(target, started, goOn.bytes, goOn.hash.digest("hex"));
      if (same === "no") {
        await response.body?.cancel();
        await removeFiles(part, `${part}.json`);
        return "again";
      }
      if (same === "yes") return await store(target, response, { ...started }, goOn, waiting);
    }
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw downloadFailed(url, `the server answered ${`${response.status} ${response.statusText}`.trim()}`);
    }
    const extension = documentExtension(response.headers.get("content-type"), response.url || address);
    if (extension === undefined) {
      await response.body.cancel();
      throw downloadFailed(
        url,
        `it is no document (${response.headers.get("content-type") ?? "no content type"})`,
      );
    }
    const copy: PartialCopy = { url, extension, ...validatorsOf(response.headers), ...totalOf(response) };
    return await store(target, response, copy, { bytes: 0, hash: createHash("sha256") }, waiting);
  } catch (error) {
    return failedRequest(error, url, signal);
  } finally {
    waiting.end();
  }
}

/** What a 206 or 416 says about the part that is there; undefined when the server sent the whole (200), which replaces the part. */
function isContinuation(
  response: Response,
  bytes: number,
  started: PartialCopy,
): "yes" | "no" | "complete" | undefined {
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "");
  if (response.status === 416)
    return range?.[2] === String(bytes) && started.total === bytes ? "complete" : "no";
  if (response.status !== 206) return undefined;
  const etag = response.headers.get("etag");
  const isSame =
    range?.[1] === String(bytes) &&
    (started.total === undefined || range[2] === "*" || range[2] === String(started.total)) &&
    (started.etag === undefined || etag === null || etag === started.etag) &&
    !isEncoded(response);
  return isSame ? "yes" : "no";
}

async function store(
  target: Target,
  response: Response,
  copy: PartialCopy,
  sofar: { readonly bytes: number; readonly hash: ReturnType<typeof createHash> },
  waiting: Patience,
): Promise<Received> {
  const { url, base, onProgress } = target;
  const part = `${base}.part`;
  if (!response.body) throw downloadFailed(url, "the server sent nothing");
  const stated = isEncoded(response) ? [] : statedHashes(response.headers);
  // A part of an encoded body cannot be gone on with: its bytes are not the file's.
  if (strongValidator(copy) !== undefined && !isEncoded(response)) await writeNote(`${part}.json`, copy);
  else await removeFiles(`${part}.json`);
  const { total } = copy;
  const bytes = await receive({
    body: response.body,
    path: part,
    from: sofar.bytes,
    hash: sofar.hash,
    onBytes: (count) => onProgress({ bytes: count, ...(total !== undefined && { bytesTotal: total }) }),
    patience: waiting,
  });
  if (total !== undefined && bytes < total)
    throw downloadFailed(url, `it broke off after ${bytes} of ${total} bytes`);
  if (total !== undefined && bytes > total) {
    await removeFiles(`${part}.json`);
    throw downloadFailed(url, `the server announced ${total} bytes and sent ${bytes}`);
  }
  await compare(target, stated);
  return finish(target, copy, bytes, sofar.hash.digest("hex"));
}

async function compare({ url, base }: Target, stated: readonly StatedHash[]): Promise<void> {
  for (const { algorithm, value } of stated) {
    const { hash } = await hashOfFile(`${base}.part`, new AbortController().signal, algorithm);
    if (hash.digest("base64") === value) continue;
    await removeFiles(`${base}.part.json`);
    throw downloadFailed(url, `its content does not have the hash (${algorithm}) that the server states`);
  }
}

async function finish(
  { url, base }: Target,
  { extension, etag, lastModified }: PartialCopy,
  bytes: number,
  sha256: string,
): Promise<Received> {
  const path = base + extension;
  try {
    await rename(`${base}.part`, path);
  } catch (error) {
    throw writeFailure(error, path);
  }
  const said = { ...(etag && { etag }), ...(lastModified && { lastModified }) };
  await writeNote(`${base}.json`, { url, path, bytes, sha256, ...said });
  await removeFiles(`${base}.part.json`);
  return { path, sha256, ...said, changed: true };
}

function totalOf(response: Response): { total?: number } {
  const length = Number(response.headers.get("content-length"));
  return length > 0 && !isEncoded(response) ? { total: length } : {};
}

const isEncoded = ({ headers }: Response) =>
  !["", "identity"].includes(headers.get("content-encoding") ?? "");

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

async function canGoOn(base: string): Promise<boolean> {
  return (await readPartialCopy(`${base}.part.json`)) !== undefined && (await sizeOf(`${base}.part`)) > 0;
}

/** Another request may help: the disk and the server's answer stay as they are. */
function isConnection(error: unknown): boolean {
  return (
    error instanceof FailureError &&
    error.failure.kind === "download-failed" &&
    /broke|timed out|nothing came|stopped|in time/.test(error.failure.cause)
  );
}
