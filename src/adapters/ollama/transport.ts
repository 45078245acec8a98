/**
 * The `fetch` under Ollama's client, over `node:http`: Node's own fetch gives up after five minutes without a header, and Ollama sends
 * none while it loads a model. It carries the caller's signal down to the socket, so that aborting ends the server's work too, uses one
 * socket a call, limits the silence between two pieces of an answer, and refuses a broken stream instead of passing over it.
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { Readable } from "node:stream";

export interface TransportProps {
  /** Until the connection stands. */
  readonly connectMilliseconds: number;
  /** Between two pieces of the answer, once the first has come. */
  readonly silenceMilliseconds: number;
  /** Until the first piece of the answer; absent: no limit. */
  readonly firstByteMilliseconds?: number;
}

/** The server answered with a status that is no success; the message is the server's own. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Nothing answers at the address, or not in time. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
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
    const message = await send(url, init, props, signal);
    const status = message.statusCode ?? 0;
    if (status < 200 || status > 299) throw new StatusError(status, await errorText(message, status));
    const body = Readable.from(guarded(message, props.silenceMilliseconds, signal));
    return new Response(Readable.toWeb(body), {
      status,
      headers: { "content-type": message.headers["content-type"] ?? "application/json" },
    });
  };
}

function send(
  url: URL,
  init: RequestInit | undefined,
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
      reject(
        signal.aborted || error instanceof ConnectionError ? error : new ConnectionError(reasonOf(error)),
      );
    });
    request.end(body);
  });
}

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
      lines?.push(piece.value);
      yield piece.value;
    }
  } catch (error) {
    if (signal.aborted || error instanceof BrokenStreamError) throw error;
    throw new BrokenStreamError(error instanceof Error ? error.message : String(error));
  } finally {
    message.destroy();
  }
  lines?.end();
}

function createLineGuard() {
  const decoder = new TextDecoder();
  let rest = "";
  const check = (line: string) => {
    if (line.trim().length === 0) return;
    try {
      JSON.parse(line);
    } catch {
      throw new BrokenStreamError(`a line of its answer is not JSON: ${line.slice(0, 80)}`);
    }
  };
  return {
    push(bytes: Uint8Array) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = parts.pop() ?? "";
      parts.forEach(check);
    },
    end() {
      check(rest);
    },
  };
}

async function errorText(message: IncomingMessage, status: number): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8").trim();
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && "error" in parsed) return String(parsed.error);
  } catch {
    // Not Ollama's JSON (a proxy's page, say): its beginning must do.
  }
  return text.slice(0, 200) || `HTTP status ${status}`;
}
