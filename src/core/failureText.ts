import type { Failure } from "./failure";
import { english, type Translate } from "./translate";

/** What a shell can offer beside the message; each shell decides how (a button, a command line). */
export type RemedyAction =
  | "start-ollama"
  | "install-ollama"
  | "set-token"
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
export function failureText(failure: Failure, t: Translate = english): FailureText {
  switch (failure.kind) {
    case "ollama-not-installed":
      return {
        message: t("Ollama is not installed, and no server answers at {0}.", failure.host),
        remedy: t("Install Ollama from ollama.com, or set the address of a server that runs elsewhere."),
        action: "install-ollama",
      };
    case "ollama-unreachable":
      return {
        message: t("No Ollama server answers at {0}{1}.", failure.host, because(failure.cause)),
        remedy: t("Start Ollama (`ollama serve`), or set the right address."),
        action: "start-ollama",
      };
    case "server-certificate":
      return {
        message: t("The certificate of the server at {0} is not trusted: {1}.", failure.host, failure.cause),
        remedy: t(
          "Start the editor (or the command) with `NODE_EXTRA_CA_CERTS` naming the file (PEM) of the authority that issued it.",
        ),
      };
    case "ollama-too-old":
      return {
        message: t(
          "The Ollama server at {0} is version {1}; {2} or newer is needed.",
          failure.host,
          failure.version,
          failure.needed,
        ),
        remedy: t("Update Ollama and try again."),
        action: "install-ollama",
      };
    case "ollama-error":
      return {
        message: t(
          "Ollama at {0} reported an error{1}: {2}",
          failure.host,
          failure.status ? ` (${failure.status})` : "",
          sentence(failure.cause),
        ),
        remedy: t("Try again; if it stays, look at Ollama's own log."),
        action: "retry",
      };
    case "server-unauthorised":
      return {
        message: failure.sent
          ? t(
              "The server at {0} does not accept the token that is kept for it (status {1}).",
              failure.host,
              failure.status,
            )
          : t(
              "The server at {0} asks for a token, and none is kept for it (status {1}).",
              failure.host,
              failure.status,
            ),
        remedy: t(
          'Run "Docwright: Set token of the Ollama server" (`DOCWRIGHT_OLLAMA_TOKEN` on the command line).',
        ),
        action: "set-token",
      };
    case "ollama-cut-off":
      return {
        message: t(
          "The connection to Ollama at {0} broke in the middle of the answer{1}.",
          failure.host,
          because(failure.cause),
        ),
        remedy: t("What had arrived is kept; try again when the server is back."),
        action: "retry",
      };
    case "model-missing":
      return {
        message: t('The Ollama server at {0} does not have the model "{1}".', failure.host, failure.model),
        remedy: t("Pull it (`ollama pull {0}`) or choose another model.", failure.model),
        action: "choose-model",
      };
    case "model-too-large":
      return {
        message: t(
          'The model "{0}" needs about {1} of memory; {2} are free.',
          failure.model,
          gigabytes(failure.neededBytes),
          gigabytes(failure.freeBytes),
        ),
        remedy: t("Choose a smaller model."),
        action: "choose-model",
      };
    case "no-model-chosen":
      return {
        message: t("The Ollama server at {0} has no model yet.", failure.host),
        remedy: t("Choose a model to pull."),
        action: "choose-model",
      };
    case "pull-failed":
      return {
        message: t('The model "{0}" could not be pulled: {1}', failure.model, sentence(failure.cause)),
        remedy: t("Check the network or the name of the model, then try again."),
        action: "retry",
      };
    case "window-too-small":
      return {
        message: t(
          'The request needs {0} tokens, but the window of "{1}" holds {2}.',
          failure.neededTokens,
          failure.model,
          failure.windowTokens,
        ),
        remedy: t("Select less code, shorten the instruction, or choose a model with a larger window."),
        action: "choose-model",
      };
    case "no-index":
      return {
        message: t("There is no index in {0}.", failure.store),
        remedy: t("Index a reference document first (`docwright index <path>`)."),
        action: "index-documents",
      };
    case "version-not-indexed":
      return {
        message: t(
          "The reference of Spring Boot {0} is not indexed{1}.",
          failure.version,
          failure.indexed.length > 0 ? ` (${t("indexed: {0}", failure.indexed.join(", "))})` : "",
        ),
        remedy: t("Index the documents of that version, or choose an indexed version for this project."),
        action: "choose-version",
      };
    case "version-unknown":
      return {
        message: t(
          "The Spring Boot version of {0} could not be read from its build files.",
          failure.directory,
        ),
        remedy: t("Choose the version (`--spring-boot` on the command line)."),
        action: "choose-version",
      };
    case "nothing-retrieved":
      return {
        message: t("The indexed documents have no passage for this request."),
        remedy: t("Say it in other words, index more documents, or ask without documents."),
        action: "index-documents",
      };
    case "document-unreadable":
      return {
        message: t(defects[failure.why], failure.path, because(failure.cause)),
        remedy:
          failure.why === "encrypted"
            ? t("Save a copy without a password and index that.")
            : t("Get the document again and index that."),
      };
    case "no-documents":
      return {
        message: t("{0} holds no document that can be indexed.", failure.path),
        remedy: t("Name a file or folder with PDF, HTML, AsciiDoc, Markdown or text."),
        action: "index-documents",
      };
    case "not-found":
      return { message: t("{0} does not exist.", failure.path), remedy: t("Check the path.") };
    case "download-failed":
      return {
        message: t("{0} could not be downloaded: {1}", failure.url, sentence(failure.cause)),
        remedy: t(
          "Check the address, the network and the proxy, or download it by other means and index the file.",
        ),
        action: "retry",
      };
    case "disk-full":
      return {
        message: t("The disk that holds {0} is full.", failure.path),
        remedy: t("Free some space and try again; what was indexed before is unchanged."),
        action: "retry",
      };
    case "not-writable":
      return {
        message: t("{0} cannot be written: {1}", failure.path, sentence(failure.cause)),
        remedy: t("Check its permissions."),
        action: "retry",
      };
    case "locked":
      return {
        message: t("Another Docwright ({0}) is writing to {1}.", failure.holder, failure.path),
        remedy: t("Wait until it is done, or end it."),
        action: "retry",
      };
    case "index-mismatch":
      return {
        message: t(
          "The index in {0} was made with {1} {2}; this Docwright uses {3}.",
          failure.path,
          failure.what,
          failure.found,
          failure.expected,
        ),
        remedy: t("Index the documents again."),
        action: "index-documents",
      };
    case "index-damaged":
      return {
        message: t("The index in {0} is damaged{1}.", failure.path, because(failure.cause)),
        remedy: t("Index the documents again."),
        action: "index-documents",
      };
    case "embedder-failed":
      return {
        message: t("The embedding model failed: {0}", sentence(failure.cause)),
        remedy: t("Try again; search by words works without it."),
        action: "show-log",
      };
    case "assets-missing":
      return {
        message: t("A part of the package is missing: {0}.", failure.path),
        remedy: t("Install Docwright again (from a clone: `npm run build`)."),
      };
    case "worker-died":
      return {
        message: t("Docwright's engine stopped: {0}", sentence(failure.cause)),
        remedy: t("Try again; it starts anew."),
        action: "retry",
      };
    case "bad-argument":
      return { message: failure.what, remedy: t("See `docwright --help`.") };
    case "unexpected":
      return { message: failure.cause, remedy: t("Try again; the log has the details."), action: "show-log" };
  }
}

const defects = {
  encrypted: "{0} is protected by a password{1}.",
  damaged: "{0} is damaged{1}.",
  empty: "{0} holds no text{1}.",
  "unknown-format": "{0} is in a format that Docwright does not read{1}.",
} as const;

/** A cause is another program's words: with a full stop it stands before the remedy as a sentence. */
const sentence = (cause: string) => (/[.!?]$/.test(cause.trim()) ? cause.trim() : `${cause.trim()}.`);

const because = (cause: string | undefined) => (cause ? ` (${cause})` : "");

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
