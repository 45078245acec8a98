import type { DocumentSource } from "./documentSource";

/** One indexed source (a file, a folder or a URL) of one version, as the person sees it. */
export interface DocumentSet {
  readonly id: string;
  readonly name: string;
  /** Where it came from: an absolute path, a URL, or `embedded` for the field guide in the package. */
  readonly origin: string;
  /** With what asking for it again needs; absent where its maker kept none. */
  readonly source?: DocumentSource;
  /** What the person said when it was added; an update says it again. */
  readonly asked?: SetWords;
  /** A full version ("3.2.1") or, for the field guide, a line ("3.2"); absent for documents that are not about Spring Boot. */
  readonly springBootVersion?: string;
  readonly documents: number;
  readonly passages: number;
  /** Passages that have a vector; fewer than `passages` means that the set is `lexical` or `partial`. */
  readonly embedded: number;
  readonly bytes: number;
  /** ISO 8601. */
  readonly indexedAt: string;
  readonly state: SetState;
  /** Why the state is not `ready`, in a sentence. */
  readonly reason?: string;
  /** Of what its documents are: `pdf`, `html`; each once. */
  readonly formats?: readonly string[];
  /** Id of the set that holds the same document of the same version in another format: the two are searched as one. */
  readonly sameAs?: string;
  /** The search leaves it out until it is indexed again. */
  readonly unusable?: true;
}

/**
 * `lexical`: no passage has a vector; `partial`: some have one; `stale`: the documents, or what makes passages and vectors of them, have
 * changed since; `damaged`: not as it was written.
 */
export type SetState = "ready" | "lexical" | "partial" | "stale" | "damaged";

/** Name and version as a person gave them; absent where the documents say it. */
export interface SetWords {
  readonly name?: string;
  readonly springBootVersion?: string;
}
