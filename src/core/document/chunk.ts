/** The largest passage, in UTF-16 code units, as it enters a prompt or a result. */
export const maximumPassageLength = 2_000;

/** A piece of a section that is embedded and found as one. */
export interface Chunk {
  /** Position in the document, from 0; stable while the document is unchanged. */
  readonly ordinal: number;
  /** Heading path as a first line, then the blocks as Markdown; at most {@link maximumPassageLength}. */
  readonly text: string;
  readonly headingPath: readonly string[];
  readonly anchor?: string;
  readonly page?: number;
}
