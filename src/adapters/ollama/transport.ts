/**
 * The `fetch` under Ollama's client, over `node:http`: Node's own fetch gives up after five minutes without a header, and Ollama sends
 * none while it loads a model. It carries the caller's signal down to the socket, so that aborting ends the server's work too, uses one
 * socket a call, limits the silence between two pieces of an answer, and refuses a broken stream instead of passing over it.
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { ReadableStream } from "node:stream/web";
import { serverOrigin } from "../../core/models/serverAddress";
import type { SecretHeaders, SecretsOf } from "../../core/models/serverSecrets";

export interface TransportProps {
  /** Until the connection stands. */
  readonly connectMilliseconds: number;
  /** Between two pieces of the answer, once the first has come. */
  readonly silenceMilliseconds: number;
  /** Until the first piece of the answer; absent: no limit. */
  readonly firstByteMilliseconds?: number;
  /** Told before each connection. */
  readonly connecting?: (url: URL) => void;
  /** What goes with every request to an origin. A redirect is not followed, so nobody else gets it. */
  readonly secrets?: SecretsOf;
}

/** The server answered with a status that is no success; the message is the server's own. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  constructor(
    readonly status: number,
    message: string,
    /** Whether the request carried a person's token or header. */
    readonly carriedSecret = false,
  ) {
    super(message);
  }
}

/** Nothing answers at the address, or not in time. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}

/** The server's certificate is not one that this process trusts. */
export class CertificateError extends Error {
  override readonly name = "CertificateError";
}

/** The answer began and did not end as it should. */
export class BrokenStreamError extends Error {
  override readonly name = "BrokenStreamError";
}

/** The shape of `fetch` that Ollama's client calls. */
export type Fetch = typeof fetch;

export function createFetch(props: TransportProps, signal: AbortSignal): Fetch {
  return async (input, init) => {
    signal.throwIfAborted();
    const url = new URL(input instanceof Request ? input.url : input);
    const secrets = await secretsFor(url.href, props);
    props.connecting?.(url);
    const message = await send(url, init, secrets, props, signal);
    const status = message.statusCode ?? 0;
    if (status < 200 || status > 299) {
      const text = await errorText(message, status, { ...props, signal });
      throw new StatusError(status, text, Object.keys(secrets).length > 0);
    }
    return new Response(streamOf(guarded(message, props.silenceMilliseconds, signal)), {
      status,
      headers: { "content-type": message.headers["content-type"] ?? "application/json" },
    });
  };
}

/** What is kept for the server of an address. */
export async function secretsFor(
  address: string,
  { secrets }: Pick<TransportProps, "secrets">,
): Promise<SecretHeaders> {
  const origin = serverOrigin(address);
  return origin === undefined ? {} : ((await secrets?.(origin)) ?? {});
}

/** Keeps nothing in store: an error must not overtake what came before it. */
function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await pieces.next(); // a rejection here is the stream's error
        if (piece.done === true) controller.close();
        else controller.enqueue(piece.value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function send(
  url: URL,
  init: RequestInit | undefined,
  secrets: SecretHeaders,
  props: TransportProps,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === "https:" ? httpsRequest : httpRequest;
    const body = typeof init?.body === "string" ? init.body : undefined;
    const request = open(url, {
      method: init?.method ?? "GET",
      headers: {
        ...(init?.headers as Record<string, string> | undefined),
        ...(body !== undefined && { "Content-Length": Buffer.byteLength(body) }),
        ...secrets,
      },
      agent: false,
      signal,
    });
    const connecting = setTimeout(() => {
      request.destroy(new ConnectionError(`no connection within ${props.connectMilliseconds / 1000} s`));
    }, props.connectMilliseconds);
    const waiting =
      props.firstByteMilliseconds === undefined
        ? undefined
        : setTimeout(() => {
            request.destroy(
              new ConnectionError(`no reply within ${(props.firstByteMilliseconds ?? 0) / 1000} s`),
            );
          }, props.firstByteMilliseconds);
    const settled = () => {
      clearTimeout(connecting);
      clearTimeout(waiting);
    };
    request.once("socket", (socket) => {
      socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => clearTimeout(connecting));
    });
    request.once("response", (message) => {
      settled();
      resolve(message);
    });
    // Stays for the life of the request: an error without a listener would end the process.
    request.on("error", (error) => {
      settled();
      reject(signal.aborted || error instanceof ConnectionError ? error : connectionErrorOf(error));
    });
    request.end(body);
  });
}

function connectionErrorOf(error: Error): Error {
  const code = "code" in error ? String(error.code) : "";
  return certificateCodes.test(code)
    ? new CertificateError(error.message)
    : new ConnectionError(reasonOf(error));
}

/** Codes with which OpenSSL and Node refuse a certificate (Node's documentation, "X509 certificate error codes", and `ERR_TLS_…`). */
const certificateCodes = /CERT|_CRL_|SIGNATURE|ISSUER|^INVALID_CA$|^INVALID_PURPOSE$|^HOSTNAME_MISMATCH$/;

function reasonOf(error: Error): string {
  if (error instanceof AggregateError) {
    const inner: unknown = error.errors[0];
    if (inner instanceof Error) return inner.message;
  }
  return error.message;
}

/** Passes the bytes on, watches the silence, and looks at every line of a stream of JSON lines. */
async function* guarded(
  message: IncomingMessage,
  silenceMilliseconds: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const lines = (message.headers["content-type"] ?? "").includes("ndjson") ? createLineGuard() : undefined;
  const iterator = message[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    for (;;) {
      const silence = setTimeout(() => {
        message.destroy(new BrokenStreamError(`silent for ${silenceMilliseconds / 1000} s`));
      }, silenceMilliseconds);
      const piece = await iterator.next().finally(() => clearTimeout(silence));
      if (piece.done === true) break;
      if (lines) yield* lines.push(piece.value);
      else yield piece.value;
    }
  } catch (error) {
    if (signal.aborted || error instanceof BrokenStreamError) throw error;
    throw new BrokenStreamError(error instanceof Error ? error.message : String(error));
  } finally {
    message.destroy();
  }
  if (lines) yield* lines.end();
}

/** A line is one token, or the figures at the end; what goes on for longer than this (UTF-16 code units) is no answer, and would fill the memory. */
const longestLine = 8 * 1024 * 1024;

/** Lets whole lines of JSON pass; what stands before a broken one still does. */
function createLineGuard() {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = "";
  const check = (line: string): Uint8Array => {
    try {
      JSON.parse(line);
    } catch {
      throw new BrokenStreamError(`a line of its answer is not JSON: ${line.slice(0, 80)}`);
    }
    return encoder.encode(`${line}\n`);
  };
  return {
    *push(bytes: Uint8Array) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) if (line.trim() !== "") yield check(line);
      if (rest.length > longestLine) throw new BrokenStreamError("a line of its answer does not end");
    },
    *end() {
      if (rest.trim() !== "") yield check(rest);
    },
  };
}

/** Bytes of an error's text that are read, and how long it is waited for at most. */
const longestError = 64 * 1024;
const errorMilliseconds = 10_000;

/** What the server says of its error. One that goes on without end is left where it has been enough. */
async function errorText(
  message: IncomingMessage,
  status: number,
  { silenceMilliseconds, signal }: Pick<TransportProps, "silenceMilliseconds"> & { signal: AbortSignal },
): Promise<string> {
  const chunks: Buffer[] = [];
  const enough = setTimeout(() => message.destroy(), Math.min(silenceMilliseconds, errorMilliseconds));
  try {
    let bytes = 0;
    for await (const chunk of message) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes > longestError) break;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    // The status is known; what has come of the words must do.
  } finally {
    clearTimeout(enough);
    message.destroy();
  }
  const text = Buffer.concat(chunks).toString("utf8").trim();
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && "error" in parsed) return String(parsed.error);
  } catch {
    // Not Ollama's JSON (a proxy's page, say): its beginning must do.
  }
  return text.slice(0, 200) || `HTTP status ${status}`;
}
