/**
 * Where generated code goes in a file. Pure: from the text, the person's range and the code it makes the edits that a pending change
 * shows and Accept applies. Text has `\n` line ends here; the editor turns them into the file's own.
 */
import { instructionOf } from "./instruction";
import type { IndentUnit } from "./indentation";
import { placeLines } from "./linePlace";
import { placeJvm } from "./jvmPlace";
import type { TextEdit } from "./textEdit";

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

export type Placer = (request: PlaceRequest) => Placement;

export function place(request: PlaceRequest): Placement {
  const code = request.code.replaceAll("\r", "");
  if (code.trim() === "") return { edits: [], notes: [] };
  const placer = placerOf(request.languageId, request.path);
  return placer(afterInstruction({ ...request, code }));
}

function placerOf(languageId: string, path: string): Placer {
  if (/\.gradle(\.kts)?$/.test(path)) return placeLines;
  switch (languageId) {
    case "java":
    case "kotlin":
    case "groovy":
      return placeJvm;
    default:
      return placeLines;
  }
}

/** A selected comment was the instruction: it stays, and the code goes below it. A selection of blanks is a caret. */
function afterInstruction(request: PlaceRequest): PlaceRequest {
  const { text, start, end } = request;
  const selected = text.slice(start, end);
  if (start === end) return request;
  if (selected.trim() === "") return { ...request, end: start };
  if (instructionOf(selected) === undefined) return request;
  const caret = start + selected.trimEnd().length;
  return { ...request, start: caret, end: caret };
}
