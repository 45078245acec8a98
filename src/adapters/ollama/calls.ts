/** One call to the server: a client of its own, the addresses in turn, and every error as one of our failures. */
import { Ollama } from "ollama";
import { FailureError, type Failure } from "../../core/failure";
import { isLoopback, serverAddresses } from "../../core/models/serverAddress";
import { isOllamaInstalled } from "./installation";
import { withoutSecrets } from "../../core/models/serverSecrets";
import {
  BrokenStreamError,
  CertificateError,
  ConnectionError,
  createFetch,
  secretsFor,
  StatusError,
  type TransportProps,
} from "./transport";

export interface CallProps {
  readonly host: string;
  /** The model that the call is about, to tell when it is missing. */
  readonly model?: string;
  readonly transport: TransportProps;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/**
 * Runs `use` with a client whose every request carries the signal. An address that refuses the connection makes way for the next one;
 * any other error ends the call.
 */
export async function callOllama<T>(
  props: CallProps,
  use: (client: Ollama) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const addresses = serverAddresses(props.host);
  if (addresses.length === 0) {
    throw new FailureError({
      kind: "bad-argument",
      what: `"${props.host}" is no address of a server; write it like http://127.0.0.1:11434.`,
    });
  }
  let error: unknown;
  for (const address of addresses) {
    try {
      return await use(new Ollama({ host: address, fetch: createFetch(props.transport, signal) }));
    } catch (caught) {
      error = caught;
      if (signal.aborted || !(caught instanceof ConnectionError)) break;
    }
  }
  throw await ollamaError(error, props, signal);
}

/** What to throw for an error of a call: the abort itself, or a {@link FailureError}. */
export async function ollamaError(error: unknown, props: CallProps, signal: AbortSignal): Promise<Error> {
  if (signal.aborted) return abortReason(signal);
  if (error instanceof FailureError) return error;
  if (error instanceof ConnectionError) {
    const missing =
      isLoopback(props.host) && !(await isOllamaInstalled(props.environment, props.platform, signal));
    return new FailureError(
      missing
        ? { kind: "ollama-not-installed", host: props.host }
        : { kind: "ollama-unreachable", host: props.host, cause: error.message },
    );
  }
  const failure = failureIn(error, props);
  if (!("cause" in failure)) return new FailureError(failure);
  // A proxy's page may repeat the headers of the request that it refused.
  const cause = withoutSecrets(failure.cause, await secretsFor(props.host, props.transport));
  return new FailureError({ ...failure, cause });
}

function failureIn(error: unknown, { host, model }: CallProps): Failure {
  const cause = error instanceof Error ? error.message : String(error);
  if (error instanceof StatusError) {
    if (error.status === 401 || error.status === 403)
      return { kind: "server-unauthorised", host, status: error.status, sent: error.carriedSecret };
    if (error.status === 404 && model !== undefined && /not found/i.test(cause)) {
      return { kind: "model-missing", host, model };
    }
    return { kind: "ollama-error", host, status: error.status, cause };
  }
  if (error instanceof BrokenStreamError || /did not receive done/i.test(cause)) {
    return {
      kind: "ollama-cut-off",
      host,
      cause: error instanceof BrokenStreamError ? cause : "it ended too early",
    };
  }
  if (error instanceof CertificateError) return { kind: "server-certificate", host, cause };
  return { kind: "ollama-error", host, cause };
}

function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  if (reason instanceof Error && reason.name === "AbortError") return reason;
  return new DOMException("cancelled", "AbortError");
}
