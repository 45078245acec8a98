/**
 * Everything that is expected to go wrong, as data. Core and adapters throw a {@link FailureError}; the shells look the kind up in
 * `failureText.ts` and tell the person what happened and which action mends it. Cancellation is no failure: it is the `AbortError`
 * that an `AbortSignal` throws, and nobody is told of it.
 */
export type Failure =
  | { readonly kind: "ollama-not-installed"; readonly host: string }
  | { readonly kind: "ollama-unreachable"; readonly host: string; readonly cause?: string }
  | {
      readonly kind: "ollama-too-old";
      readonly host: string;
      readonly version: string;
      readonly needed: string;
    }
  | { readonly kind: "ollama-error"; readonly host: string; readonly status?: number; readonly cause: string }
  | { readonly kind: "server-certificate"; readonly host: string; readonly cause: string }
  /** `sent`: whether the request carried the token or header that is kept for the server. */
  | {
      readonly kind: "server-unauthorised";
      readonly host: string;
      readonly status: number;
      readonly sent: boolean;
    }
  | { readonly kind: "ollama-cut-off"; readonly host: string; readonly cause: string }
  | { readonly kind: "model-missing"; readonly host: string; readonly model: string }
  | {
      readonly kind: "model-too-large";
      readonly model: string;
      readonly neededBytes: number;
      readonly freeBytes: number;
    }
  | { readonly kind: "no-model-chosen"; readonly host: string }
  | { readonly kind: "pull-failed"; readonly model: string; readonly cause: string }
  | {
      readonly kind: "window-too-small";
      readonly model: string;
      readonly neededTokens: number;
      readonly windowTokens: number;
    }
  | { readonly kind: "no-index"; readonly store: string }
  | { readonly kind: "version-not-indexed"; readonly version: string; readonly indexed: readonly string[] }
  | { readonly kind: "version-unknown"; readonly directory: string }
  | { readonly kind: "nothing-retrieved"; readonly question: string }
  | {
      readonly kind: "document-unreadable";
      readonly path: string;
      readonly why: DocumentDefect;
      readonly cause?: string;
    }
  | { readonly kind: "no-documents"; readonly path: string }
  | { readonly kind: "not-found"; readonly path: string }
  | { readonly kind: "download-failed"; readonly url: string; readonly cause: string }
  | { readonly kind: "disk-full"; readonly path: string }
  | { readonly kind: "not-writable"; readonly path: string; readonly cause: string }
  | { readonly kind: "locked"; readonly path: string; readonly holder: string }
  | {
      readonly kind: "index-mismatch";
      readonly path: string;
      readonly what: string;
      readonly found: string;
      readonly expected: string;
    }
  | { readonly kind: "index-damaged"; readonly path: string; readonly cause: string }
  | { readonly kind: "embedder-failed"; readonly cause: string }
  | { readonly kind: "assets-missing"; readonly path: string }
  | { readonly kind: "worker-died"; readonly cause: string }
  | { readonly kind: "bad-argument"; readonly what: string }
  | { readonly kind: "unexpected"; readonly cause: string };

export type DocumentDefect = "encrypted" | "damaged" | "empty" | "unknown-format";

export type FailureKind = Failure["kind"];

/** The one error class of the project; carries its failure across worker and webview borders as plain data. */
export class FailureError extends Error {
  override readonly name = "FailureError";

  /** One from a bundle that was loaded later is one as well, although its class is a copy of this. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "FailureError" && "failure" in value;
  }

  constructor(readonly failure: Failure) {
    super(`${failure.kind}: ${JSON.stringify(failure)}`);
  }
}

/** True for the error that aborting throws, whoever threw it (DOM exception, Node, a library's own). */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}

/** The failure inside an error, or an `unexpected` one that keeps its message. Never call it with an abort. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  return { kind: "unexpected", cause: error instanceof Error ? error.message : String(error) };
}
