/** Part of a passage: Markdown that is understood by itself. */
export interface Piece {
  readonly text: string;
  readonly page?: number;
  /** What the rows of a long table have in common (`spring.datasource.hikari`), when they have. */
  readonly topic?: string;
}
