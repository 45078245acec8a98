/**
 * Messages between the extension host and the chat's webview. The host owns the conversation; the webview shows it and asks for things
 * (`ChatMethods`, over the RPC helper). What happens to an answer goes the other way as notifications, because an answer outlives the
 * webview that asked for it: a hidden view is torn down and opened again from {@link ChatState}.
 */
import type {
  AnswerStatus,
  AnswerTimings,
  ContextItem,
  SentenceCitation,
  WindowUse,
} from "../core/answer/answer";
import type { RemedyAction } from "../core/failureText";
import type { AnswerConfidence } from "../core/reask/confidence";
import type { Passage } from "../core/search/passage";
import type { RpcMessage } from "./rpc";

/** Code that goes along with a question, as the person sees it: a chip with the file and the lines. */
export interface AttachedCode {
  /** `OrderService.java:12-20` */
  readonly label: string;
  readonly languageId: string;
  readonly text: string;
  readonly file?: string;
  readonly startLine?: number;
  readonly endLine?: number;
}

/** One question and its answer; what the history keeps and the webview shows. */
export interface ChatTurnRecord {
  readonly id: string;
  readonly kind: "chat" | "explain";
  readonly instruction: string;
  readonly attached?: AttachedCode;
  /** What else went along. */
  readonly context?: readonly ContextItem[];
  /** The document sets that were asked, when the person chose some. */
  readonly sets?: readonly ChosenSet[];
  /** What the model was told in the place of the oldest questions and answers; these stay in the chat. */
  readonly summary?: ChatSummaryText;
  readonly withDocuments: boolean;
  /** Absent while the answer is being prepared. */
  readonly model?: string;
  readonly version?: VersionLabel;
  /** ISO 8601. */
  readonly askedAt: string;
  readonly answer: ChatAnswer;
}

export interface ChatSummaryText {
  readonly text: string;
  /** Id of the last turn that it stands for. */
  readonly upTo: string;
  /** How many questions it stands for. */
  readonly questions: number;
}

export interface ChosenSet {
  readonly id: string;
  readonly name: string;
}

/** What goes along with the next questions until the person takes it away. */
export interface ContextChip {
  readonly id: string;
  readonly kind: "file" | "problems" | "terminal" | "docs";
  readonly label: string;
  readonly detail: string;
}

/** `interrupted`: the editor ended before the answer did. */
export type ChatAnswerState = "running" | "done" | "stopped" | "failed" | "interrupted";

export interface ChatAnswer {
  readonly state: ChatAnswerState;
  /** Markdown; while running what has arrived so far. */
  readonly text: string;
  readonly thinking: string;
  /** The passages that the prompt held, cited or not. */
  readonly passages: readonly Passage[];
  /** False when the documents were asked and do not answer: what is said comes from the model alone. */
  readonly answered?: boolean;
  /** Ranges in `text`; empty until the answer is done. */
  readonly citations: readonly SentenceCitation[];
  /** What the model claims to rest on a passage that does not hold it; shown as such. */
  readonly doubtful?: readonly SentenceCitation[];
  readonly leftOut: readonly string[];
  readonly truncated: boolean;
  readonly window?: WindowUse;
  readonly confidence?: AnswerConfidence;
  readonly timings?: AnswerTimings;
  /** What went wrong and what mends it, when `failed`. */
  readonly problem?: ChatProblem;
  /** What a running answer is busy with, and since when (milliseconds since 1970). */
  readonly progress?: { readonly status: AnswerStatus; readonly since: number };
}

/** A remedy with a button of its own; `index-official` brings the official documents of the project's version. */
export type ChatAction = RemedyAction | "index-official";

export interface ChatProblem {
  readonly message: string;
  readonly remedy: string;
  readonly actions: readonly ChatAction[];
}

/** Whose documents are asked. */
export interface VersionLabel {
  /** `3.2.1` */
  readonly version: string;
  /** Where the version comes from, for a person: `parent in pom.xml`. */
  readonly source?: string;
  /** Set when, by the person's explicit choice, documents of another version answer: words that say so. */
  readonly mark?: string;
}

/** One thing that must be there before the first answer, with what mends it. */
export interface SetupItem {
  readonly id: "ollama" | "model" | "documents";
  readonly state: "checking" | "ready" | "missing";
  /** One sentence. */
  readonly text: string;
  readonly action?: ChatAction;
}

/** What surrounds the conversation; changes with the editor, the settings and the server. */
export interface ChatEnvironment {
  readonly model?: string;
  readonly withDocuments: boolean;
  readonly version?: VersionLabel;
  /** The editor's selection, unless the person took it away. */
  readonly attached?: AttachedCode;
  readonly context: readonly ContextChip[];
  readonly setup: readonly SetupItem[];
}

export interface ChatState {
  /** What the person called the chat. */
  readonly name?: string;
  readonly turns: readonly ChatTurnRecord[];
  readonly environment: ChatEnvironment;
}

/** What the checks say of a code block; all of it plain text. */
export interface CodeCheck {
  readonly mark: "pass" | "error" | "warning" | "unknown";
  /** "compiles, 2 deprecated" */
  readonly text: string;
  readonly findings: readonly {
    /** In the block, from 1. */
    readonly line: number;
    readonly level: "error" | "warning" | "info";
    readonly message: string;
    /** What mends it, an imperative. */
    readonly fix?: string;
  }[];
  /** What could not be judged, and why. */
  readonly notes: readonly string[];
  /** The block with what needs no model mended. */
  readonly mended?: string;
}

interface Method<Params> {
  readonly params: Params;
  readonly event: never;
  readonly result: null;
}

/** What the webview asks of the host. Each call is answered; `null` says that it was taken up. */
export interface ChatMethods {
  /** The webview is there (again) and wants everything. */
  readonly open: {
    readonly params: Readonly<Record<string, never>>;
    readonly event: never;
    readonly result: ChatState;
  };
  readonly ask: Method<{ readonly text: string }>;
  readonly retry: Method<{ readonly turnId: string }>;
  /** The person chooses the model that answers a turn anew. */
  readonly retryWithModel: Method<{ readonly turnId: string }>;
  /** Asks a turn's question in other words. */
  readonly edit: Method<{ readonly turnId: string; readonly text: string }>;
  /** Lists the chats, to open, name or delete one. */
  readonly showChats: Method<Readonly<Record<string, never>>>;
  readonly exportChat: Method<Readonly<Record<string, never>>>;
  /** Opens a code block as a new, unsaved file. */
  readonly newFile: Method<{ readonly text: string; readonly languageId: string }>;
  /** Checks a code block against the project. */
  readonly checkCode: {
    readonly params: { readonly text: string; readonly languageId: string };
    readonly event: never;
    readonly result: CodeCheck;
  };
  readonly stop: Method<Readonly<Record<string, never>>>;
  readonly newChat: Method<Readonly<Record<string, never>>>;
  readonly setWithDocuments: Method<{ readonly value: boolean }>;
  readonly removeContext: Method<Readonly<Record<string, never>>>;
  /** The person chooses what goes along: anything, a file (`@`) or document sets (`#`). */
  readonly addContext: Method<{ readonly kind: "any" | "file" | "docs" }>;
  readonly removeContextItem: Method<{ readonly id: string }>;
  /** The person says whether an answer was right. */
  readonly judge: Method<{ readonly turnId: string; readonly right: boolean }>;
  readonly copy: Method<{ readonly text: string }>;
  readonly insert: Method<{ readonly text: string }>;
  /** Proposes a code block for the file that was last in sight, as a pending change. */
  readonly apply: Method<{ readonly turnId: string; readonly text: string; readonly languageId: string }>;
  /**
   * Opens a passage of an answer in its section; `passage` is a position in `answer.passages`. With `start` and `end`, a range in the
   * answer's text, the words that support that sentence are marked.
   */
  readonly openPassage: Method<{
    readonly turnId: string;
    readonly passage: number;
    readonly sentence?: { readonly start: number; readonly end: number };
  }>;
  readonly openOfficialPage: Method<{ readonly turnId: string; readonly passage: number }>;
  readonly openLink: Method<{ readonly href: string }>;
  readonly runAction: Method<{ readonly action: ChatAction }>;
}

/** What the host tells without being asked. */
export type ChatNotification =
  | { readonly type: "state"; readonly state: ChatState }
  | { readonly type: "environment"; readonly environment: ChatEnvironment }
  /** The conversation goes on from an earlier point: everything is to be asked for anew. */
  | { readonly type: "restarted" }
  /** A turn is new or has changed as a whole (begun, finished, failed). */
  | { readonly type: "turn"; readonly turn: ChatTurnRecord }
  /** `offset` is the length of the text before this piece, so that a piece that came twice or not at all is noticed. */
  | { readonly type: "token"; readonly turnId: string; readonly offset: number; readonly text: string }
  | { readonly type: "thinking"; readonly turnId: string; readonly offset: number; readonly text: string }
  | {
      readonly type: "progress";
      readonly turnId: string;
      readonly progress: NonNullable<ChatAnswer["progress"]>;
      readonly passages: number;
    }
  /** The view was brought forward for a new turn: the input takes the focus. */
  | { readonly type: "focus" };

/** All that arrives in the webview. */
export type HostMessage =
  RpcMessage | { readonly type: "notification"; readonly notification: ChatNotification };
