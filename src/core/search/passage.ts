/** A found chunk with all that a citation needs. */
export interface Passage {
  /** Unique over all sets: `<set id>:<ordinal>`. */
  readonly id: string;
  readonly setId: string;
  /** Title of the document it stands in. */
  readonly document: string;
  readonly text: string;
  readonly headingPath: readonly string[];
  readonly anchor?: string;
  readonly page?: number;
  readonly version?: string;
  /** Address of the official page at the anchor, when the manifest of sources knows it. */
  readonly officialUrl?: string;
  /** Fused score; comparable within one reply only. */
  readonly score: number;
  /** Why it was found, best leg first. */
  readonly foundBy: readonly FoundBy[];
}

export interface FoundBy {
  readonly leg: "lexical" | "vector" | "name" | "question";
  /** Rank within the leg, from 1. */
  readonly rank: number;
  /** Part of the fused score that the leg gave, 0 to 1. */
  readonly share: number;
}
