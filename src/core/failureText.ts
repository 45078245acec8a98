import type { Failure } from "./failure";

/** What a shell can offer beside the message; each shell decides how (a button, a command line). */
export type RemedyAction =
  | "start-ollama"
  | "install-ollama"
  | "open-settings"
  | "choose-model"
  | "pull-model"
  | "index-documents"
  | "choose-version"
  | "retry"
  | "show-log";

export interface FailureText {
  /** What happened, one sentence. */
  readonly message: string;
  /** What mends it, one sentence. */
  readonly remedy: string;
  readonly action?: RemedyAction;
}

/** The one table from a failure to words. Sentences are complete, name the thing concerned, and never blame. */
export function failureText(failure: Failure): FailureText {
  switch (failure.kind) {
    case "ollama-not-installed":
      return {
        message: `Ollama is not installed, and no server answers at ${failure.host}.`,
        remedy: "Install Ollama from ollama.com, or set the address of a server that runs elsewhere.",
        action: "install-ollama",
      };
    case "ollama-unreachable":
      return {
        message: `No Ollama server answers at ${failure.host}${because(failure.cause)}.`,
        remedy: "Start Ollama (`ollama serve`), or set the right address.",
        action: "start-ollama",
      };
    case "ollama-too-old":
      return {
        message: `The Ollama server at ${failure.host} is version ${failure.version}; ${failure.needed} or newer is needed.`,
        remedy: "Update Ollama and try again.",
        action: "install-ollama",
      };
    case "ollama-error":
      return {
        message: `Ollama at ${failure.host} reported an error${failure.status ? ` (${failure.status})` : ""}: ${sentence(failure.cause)}`,
        remedy: "Try again; if it stays, look at Ollama's own log.",
        action: "retry",
      };
    case "ollama-cut-off":
      return {
        message: `The connection to Ollama at ${failure.host} broke in the middle of the answer${because(failure.cause)}.`,
        remedy: "What had arrived is kept; try again when the server is back.",
        action: "retry",
      };
    case "model-missing":
      return {
        message: `The Ollama server at ${failure.host} does not have the model "${failure.model}".`,
        remedy: `Pull it (\`ollama pull ${failure.model}\`) or choose another model.`,
        action: "choose-model",
      };
    case "model-too-large":
      return {
        message: `The model "${failure.model}" needs about ${gigabytes(failure.neededBytes)} of memory; ${gigabytes(failure.freeBytes)} are free.`,
        remedy: "Choose a smaller model.",
        action: "choose-model",
      };
    case "no-model-chosen":
      return {
        message: `The Ollama server at ${failure.host} has no model yet.`,
        remedy: "Choose a model to pull.",
        action: "choose-model",
      };
    case "pull-failed":
      return {
        message: `The model "${failure.model}" could not be pulled: ${sentence(failure.cause)}`,
        remedy: "Check the network or the name of the model, then try again.",
        action: "retry",
      };
    case "window-too-small":
      return {
        message: `The request needs ${failure.neededTokens} tokens, but the window of "${failure.model}" holds ${failure.windowTokens}.`,
        remedy: "Select less code, shorten the instruction, or choose a model with a larger window.",
        action: "choose-model",
      };
    case "no-index":
      return {
        message: `There is no index in ${failure.store}.`,
        remedy: "Index a reference document first (`docwright index <path>`).",
        action: "index-documents",
      };
    case "version-not-indexed":
      return {
        message: `The reference of Spring Boot ${failure.version} is not indexed${
          failure.indexed.length > 0 ? ` (indexed: ${failure.indexed.join(", ")})` : ""
        }.`,
        remedy: "Index the documents of that version, or choose an indexed version for this project.",
        action: "choose-version",
      };
    case "version-unknown":
      return {
        message: `The Spring Boot version of ${failure.directory} could not be read from its build files.`,
        remedy: "Choose the version (`--spring-boot` on the command line).",
        action: "choose-version",
      };
    case "nothing-retrieved":
      return {
        message: "The indexed documents have no passage for this request.",
        remedy: "Say it in other words, index more documents, or ask without documents.",
        action: "index-documents",
      };
    case "document-unreadable":
      return {
        message: `${failure.path} ${defects[failure.why]}${because(failure.cause)}.`,
        remedy:
          failure.why === "encrypted"
            ? "Save a copy without a password and index that."
            : "Get the document again and index that.",
      };
    case "no-documents":
      return {
        message: `${failure.path} holds no document that can be indexed.`,
        remedy: "Name a file or folder with PDF, HTML, AsciiDoc, Markdown or text.",
        action: "index-documents",
      };
    case "not-found":
      return { message: `${failure.path} does not exist.`, remedy: "Check the path." };
    case "download-failed":
      return {
        message: `${failure.url} could not be downloaded: ${sentence(failure.cause)}`,
        remedy:
          "Check the address, the network and the proxy, or download it by other means and index the file.",
        action: "retry",
      };
    case "disk-full":
      return {
        message: `The disk that holds ${failure.path} is full.`,
        remedy: "Free some space and try again; what was indexed before is unchanged.",
        action: "retry",
      };
    case "not-writable":
      return {
        message: `${failure.path} cannot be written: ${sentence(failure.cause)}`,
        remedy: "Check its permissions.",
        action: "retry",
      };
    case "locked":
      return {
        message: `Another Docwright (${failure.holder}) is writing to ${failure.path}.`,
        remedy: "Wait until it is done, or end it.",
        action: "retry",
      };
    case "index-mismatch":
      return {
        message: `The index in ${failure.path} was made with ${failure.what} ${failure.found}; this Docwright uses ${failure.expected}.`,
        remedy: "Index the documents again.",
        action: "index-documents",
      };
    case "index-damaged":
      return {
        message: `The index in ${failure.path} is damaged${because(failure.cause)}.`,
        remedy: "Index the documents again.",
        action: "index-documents",
      };
    case "embedder-failed":
      return {
        message: `The embedding model failed: ${sentence(failure.cause)}`,
        remedy: "Try again; search by words works without it.",
        action: "show-log",
      };
    case "assets-missing":
      return {
        message: `A part of the package is missing: ${failure.path}.`,
        remedy: "Install Docwright again (from a clone: `npm run build`).",
      };
    case "worker-died":
      return {
        message: `Docwright's engine stopped: ${sentence(failure.cause)}`,
        remedy: "Try again; it starts anew.",
        action: "retry",
      };
    case "bad-argument":
      return { message: failure.what, remedy: "See `docwright --help`." };
    case "unexpected":
      return { message: failure.cause, remedy: "Try again; the log has the details.", action: "show-log" };
  }
}

const defects = {
  encrypted: "is protected by a password",
  damaged: "is damaged",
  empty: "holds no text",
  "unknown-format": "is in a format that Docwright does not read",
} as const;

/** A cause is another program's words: with a full stop it stands before the remedy as a sentence. */
const sentence = (cause: string) => (/[.!?]$/.test(cause.trim()) ? cause.trim() : `${cause.trim()}.`);

const because = (cause: string | undefined) => (cause ? ` (${cause})` : "");

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
