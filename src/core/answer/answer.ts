import type { AnswerConfidence, ReaskChoice } from "../reask/confidence";
import type { ProjectFacts } from "../project/projectFacts";
import type { Passage } from "../search/passage";

export type AnswerKind = "generate" | "explain" | "chat";

/** The code that the answer is about, with what surrounds it. */
export interface SelectionContext {
  readonly text: string;
  /** VS Code's language id: java, kotlin, properties, yaml, xml, groovy, … */
  readonly languageId: string;
  /** Path relative to the project, for the prompt. */
  readonly file?: string;
  /** First line of the selection, from 1. */
  readonly startLine?: number;
  readonly endLine?: number;
  /** Text of the file before and after the selection; the prompt takes from it what fits. */
  readonly before: string;
  readonly after: string;
}

/** What the person put beside a question: a file, the problems of the editor, what a command printed. */
export interface ContextItem {
  /** For the person and the model: `application.yml`, `Problems`, `mvn test`. */
  readonly label: string;
  readonly languageId: string;
  readonly text: string;
}

export interface ChatTurn {
  readonly role: "user" | "assistant";
  readonly text: string;
}

export interface ModelChoice {
  /** Address of the Ollama server, `http://127.0.0.1:11434`. */
  readonly host: string;
  readonly model: string;
  /** Wanted window in tokens; the model's own maximum bounds it. Absent: chosen from what the prompt needs. */
  readonly contextTokens?: number;
  /** Options passed to Ollama as they are (temperature, seed, num_thread, …). */
  readonly options?: Readonly<Record<string, number>>;
}

export interface AnswerRequest {
  readonly kind: AnswerKind;
  readonly instruction: string;
  /** What the documents are asked, where that is not the instruction. */
  readonly question?: string;
  readonly selection?: SelectionContext;
  readonly history: readonly ChatTurn[];
  /** What stands in the place of messages before `history`. */
  readonly summary?: string;
  /** Each goes into the prompt whole, or is left out and said so. */
  readonly context?: readonly ContextItem[];
  /** Ids of the document sets to ask; absent: all that fit the version. */
  readonly sets?: readonly string[];
  readonly project?: ProjectFacts;
  /** The version whose documents are asked; differs from the project's own only by the person's explicit choice. */
  readonly springBootVersion?: string;
  readonly withDocuments: boolean;
  readonly model: ModelChoice;
  /** Has the model write a short draft before the documents are asked; see `search/draft.ts`. */
  readonly draftFirst?: boolean;
  /** Set to ask the model again whether its answer is right. */
  readonly reask?: ReaskChoice;
  /** Taken for what the model answered, which is then not asked to write: to learn what it says of an answer that is not its own. */
  readonly given?: string;
  /** Folder of the store; absent: default store and embedded guide. */
  readonly store?: string;
}

/** What an answer does while it is made, in order of appearance. */
export type AnswerEvent =
  | { readonly type: "status"; readonly status: AnswerStatus }
  /** The first messages of the request's history were more than there is room for: this text stands in their place. */
  | { readonly type: "summary"; readonly text: string; readonly messages: number }
  /** `answered` is false when the documents were asked and do not answer; then there are no passages. */
  | { readonly type: "passages"; readonly passages: readonly Passage[]; readonly answered: boolean }
  /** What did not fit into the window, each in words for a person. */
  | { readonly type: "left-out"; readonly what: readonly string[] }
  | { readonly type: "thinking"; readonly text: string }
  | { readonly type: "token"; readonly text: string };

export type AnswerStatus = "summarising" | "retrieving" | "loading-model" | "reading-prompt" | "writing";

/** A sentence of the answer and the passages that support it. */
export interface SentenceCitation {
  /** Range in {@link AnswerResult.text}, in UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Positions in {@link AnswerResult.passages}, from 0. */
  readonly passages: readonly number[];
}

/** How a model's window is shared out, in tokens as estimated before the request. */
export interface WindowUse {
  /** Ollama's `num_ctx`. */
  readonly total: number;
  /** The rules, and what is told of the project and of its types. */
  readonly rules: number;
  readonly passages: number;
  readonly history: number;
  /** The selection with what stands around it, and what the person put beside the question. */
  readonly code: number;
  readonly question: number;
  /** Kept free for the answer. */
  readonly answer: number;
}

export interface AnswerResult {
  /** The whole answer without thinking, and without the model's own citation marks. */
  readonly text: string;
  /** The passages that the prompt held, in the order of their numbers (position 0 is [1]). */
  readonly passages: readonly Passage[];
  /** Whether the documents answer, as the event said; absent when they were not asked. */
  readonly answered?: boolean;
  readonly citations: readonly SentenceCitation[];
  /** Sentences whose passage, by the model's own word, does not hold them; absent when there are none. */
  readonly doubtful?: readonly SentenceCitation[];
  /** True when the model stopped because the room for its answer ended. */
  readonly truncated: boolean;
  readonly leftOut: readonly string[];
  readonly window?: WindowUse;
  /** How sure it is, when that was asked for and could be. */
  readonly confidence?: AnswerConfidence;
  readonly timings: AnswerTimings;
}

/** Milliseconds and tokens; token counts are Ollama's own. */
export interface AnswerTimings {
  /** Of the draft, when one was written. */
  readonly draft?: number;
  readonly retrieval: number;
  /** From the request to the server until the first token of the answer. */
  readonly firstToken: number;
  /** From there to the last one; absent when there was none. */
  readonly writing?: number;
  readonly total: number;
  readonly promptTokens?: number;
  readonly answerTokens?: number;
}
