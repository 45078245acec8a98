/** Where in a document code is wanted, and the request for it. */
import type * as vscode from "vscode";
import type { AnswerRequest, ChatTurn } from "../../core/answer/answer";
import type { IndentUnit } from "../../core/generate/indentation";
import type { VersionChoice } from "../projectVersion";
import { rangeContext } from "../selection";
import { modelChoice, type Settings } from "../settings";

export interface EditorPlace {
  readonly uri: string;
  readonly languageId: string;
  /** Offsets in the document's text with `\n` line ends. */
  readonly start: number;
  readonly end: number;
  readonly unit: IndentUnit;
}

export function placeIn(document: vscode.TextDocument, range: vscode.Range, unit: IndentUnit): EditorPlace {
  const { before, text } = rangeContext(document, range);
  const start = before.replaceAll("\r\n", "\n").length;
  const end = start + text.replaceAll("\r\n", "\n").length;
  return { uri: document.uri.toString(), languageId: document.languageId, start, end, unit };
}

/** How the editor indents this document. */
export function unitOf({ options }: vscode.TextEditor): IndentUnit {
  if (options.insertSpaces === false) return "\t";
  return typeof options.indentSize === "number" ? options.indentSize : Number(options.tabSize) || 4;
}

export interface GenerateRequestParts {
  readonly instruction: string;
  /** Absent: code for no place of its own. */
  readonly place?: { readonly document: vscode.TextDocument; readonly range: vscode.Range };
  readonly turns: readonly ChatTurn[];
  readonly choice: VersionChoice;
  readonly withDocuments: boolean;
  readonly settings: Settings;
  /** Set where another answer than the usual one is wanted. */
  readonly seed?: number;
}

export function generateRequest(parts: GenerateRequestParts): AnswerRequest {
  const { instruction, place, turns, choice, withDocuments, settings, seed } = parts;
  return {
    kind: "generate",
    instruction,
    history: turns,
    withDocuments,
    model: modelChoice(settings, seed),
    ...(place && { selection: rangeContext(place.document, place.range) }),
    ...(choice.project && { project: choice.project }),
    ...(choice.springBootVersion !== undefined && { springBootVersion: choice.springBootVersion }),
  };
}
