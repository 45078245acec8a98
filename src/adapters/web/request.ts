/** One request to another machine: with our name, with patience that ends, and with causes that a person understands. */
import { version } from "../../../package.json";
import { FailureError, isAbort } from "../../core/failure";

/** The standard's `fetch`; whose it is decides about proxy and certificates. */
export type Fetch = (
  input: string,
  init: {
    readonly headers: Record<string, string>;
    readonly redirect: "follow" | "manual";
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

/** Names us and where we are to be found (RFC 9110, 10.1.5). */
export const userAgent = `Docwright/${version} (+https://github.com/docwright/docwright)`;
/** What robots.txt calls us. */
export const robotName = "Docwright";

/** Nothing heard for so long: the server or the network is gone. Milliseconds. */
export const defaultPatience = 60_000;

export interface Patience {
  /** Aborts when nothing was heard for too long, and with the person's signal. */
  readonly signal: AbortSignal;
  /** Something was heard. */
  heard(): void;
  end(): void;
}

/** @param milliseconds Between two signs of life. */
export function patience(milliseconds: number, signal: AbortSignal): Patience {
  const silent = new AbortController();
  const giveUp = () => silent.abort(new Error(`nothing came for ${Math.round(milliseconds / 1000)} seconds`));
  let timer = setTimeout(giveUp, milliseconds);
  return {
    signal: AbortSignal.any([signal, silent.signal]),
    heard() {
      clearTimeout(timer);
      timer = setTimeout(giveUp, milliseconds);
    },
    end: () => clearTimeout(timer),
  };
}

export function downloadFailed(url: string, cause: string): FailureError {
  return new FailureError({ kind: "download-failed", url, cause });
}

/** Throws the abort of the person's own signal, and `download-failed` for whatever else a request throws. */
export function failedRequest(error: unknown, url: string, signal: AbortSignal): never {
  signal.throwIfAborted();
  if (error instanceof FailureError) throw error;
  throw downloadFailed(url, causeOf(error));
}

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: "the host is not known",
  EAI_AGAIN: "the host's name could not be looked up",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection broke",
  EPIPE: "the connection broke",
  ETIMEDOUT: "the connection timed out",
  UND_ERR_CONNECT_TIMEOUT: "the connection timed out",
  UND_ERR_HEADERS_TIMEOUT: "the server did not answer in time",
  UND_ERR_BODY_TIMEOUT: "the server stopped sending",
  UND_ERR_SOCKET: "the connection broke",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate is signed by an authority that is not known here",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "the server's certificate is signed by an authority that is not known here",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "the server's certificate is signed by an authority that is not known here",
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another host",
};

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const chain: Error[] = [];
  for (let each: unknown = error; each instanceof Error && chain.length < 5; each = each.cause)
    chain.push(each);
  const known = chain.map(codeOf).find((code) => code !== undefined && Object.hasOwn(words, code));
  if (known !== undefined) return words[known] ?? known;
  if (isAbort(error)) return "the connection broke";
  return chain.at(-1)?.message ?? error.message;
}

function codeOf(error: Error): string | undefined {
  if ("code" in error && typeof error.code === "string") return error.code;
  // Several addresses of a host were tried, each in vain.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error ? codeOf(first) : undefined;
}
