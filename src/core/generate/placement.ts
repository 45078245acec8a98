import type { IndentUnit } from "./indentation";
import type { TextEdit } from "./textEdit";

/** What is known when code is placed. */
export interface PlaceRequest {
  readonly text: string;
  /** The selection, or a caret when both are equal. */
  readonly start: number;
  readonly end: number;
  /** The model's code, as far as it has come. */
  readonly code: string;
  readonly languageId: string;
  readonly path: string;
  readonly unit: IndentUnit;
}

export interface Placement {
  /** Edits that do not overlap. */
  readonly edits: readonly TextEdit[];
  /** What could not be done as the code has it, one sentence each. */
  readonly notes: readonly string[];
}
