/** One indexed source (a file, a folder or a URL) of one version, as the person sees it. */
export interface DocumentSet {
  readonly id: string;
  readonly name: string;
  /** Where it came from: an absolute path, a URL, or `embedded` for the field guide in the package. */
  readonly origin: string;
  /** A full version ("3.2.1") or, for the field guide, a line ("3.2"); absent for documents that are not about Spring Boot. */
  readonly springBootVersion?: string;
  readonly documents: number;
  readonly passages: number;
  /** Passages that have a vector; fewer than `passages` means that the set is `lexical` or `partial`. */
  readonly embedded: number;
  readonly bytes: number;
  /** ISO 8601. */
  readonly indexedAt: string;
  readonly state: "ready" | "lexical" | "partial" | "damaged";
  /** Why the state is not `ready`, in a sentence. */
  readonly reason?: string;
}
